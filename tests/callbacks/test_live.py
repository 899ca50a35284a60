"""What the listener received becomes rows: one for every capture at least, read again from the store."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS
from vibes_desktop.callbacks.live import (
    MAX_UNPACKED_BYTES,
    CaptureFollower,
    CaptureSource,
    body_of,
    index_captures,
)
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.query import parse
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.model.capture import Delivery
from vibes_desktop.storage.captures import CaptureStore

WAIT_SECONDS = 20.0
RECEIVED_US = 1_772_000_000_123_456
HEAD = b"Content-Type: application/json\r\n"


def body(event: str = "E1", number: str = "+13125550143") -> bytes:
    """Make a callback."""
    person = {"external_person_id": "CRM-1", "mobile_phone": {"mdn": number}}
    return json.dumps(
        {
            "event_id": event,
            "callback_type": "person_updated",
            "event_date": "2026-02-25T10:00:00Z",
            "person": person,
        }
    ).encode()


def delivery(content: bytes, head: bytes = HEAD, at: int = 0) -> Delivery:
    """Make what came in."""
    return Delivery(RECEIVED_US + at, "127.0.0.1", 50_000, "POST", "/c/token", head, content)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaptureStore]:
    opened = CaptureStore.open(tmp_path / "captures.sqlite3")
    yield opened
    opened.close()


def received(store: CaptureStore, *deliveries: Delivery) -> None:
    """Store what came in."""
    store.append(deliveries).result(WAIT_SECONDS)


def opened(store: CaptureStore) -> tuple[Collection, CaptureFollower]:
    """Make a collection of a store, with what it holds."""
    source = CaptureSource("Live", store)
    collection = Collection(sources=[source])
    follower = CaptureFollower(source, 0)
    part = follower.look().part
    if part is not None:
        collection.grow(part)
    return collection, follower


def test_a_capture_is_a_row_with_when_and_how_it_was_received(store: CaptureStore) -> None:
    received(store, delivery(body()))
    collection, _ = opened(store)
    columns = collection.columns
    assert len(collection) == 1
    assert (columns.at("received", 0), columns.at("answered", 0)) == (RECEIVED_US // 1000, 200)
    assert columns.word("type", 0) == "person_updated"
    payload = collection.payload(0)
    assert (payload.kind, payload.text, payload.position) == (Kind.CALLBACK, body(), 1)
    assert payload.wrapping.received_ms == RECEIVED_US // 1000
    assert collection.text(0) == body()


@pytest.mark.parametrize(
    "content", [b"", b"no json", b"\xff\xfe", b"<mtMessageResponse/>", b'{"callback:id","DEF123"}', b"[1]"]
)
def test_whatever_came_is_a_row(store: CaptureStore, content: bytes) -> None:
    received(store, delivery(content), delivery(body()))
    collection, _ = opened(store)
    assert len(collection) >= 2
    assert collection.text(0) == content or collection.payload(0).kind is not Kind.UNREADABLE
    assert collection.payload(len(collection) - 1).text == body()


def test_order_is_that_of_the_store_whatever_is_odd(store: CaptureStore) -> None:
    contents = [body("A"), b"odd", body("B"), b"", body("C"), body("D"), b"{}"]
    received(store, *(delivery(content) for content in contents))
    collection, _ = opened(store)
    assert [collection.columns.at("offset", row) for row in range(7)] == list(range(1, 8))
    assert [collection.text(row) for row in range(7)] == contents


def test_several_payloads_in_one_body_are_rows_of_their_own(store: CaptureStore) -> None:
    received(store, delivery(b"[" + body("A") + b"," + body("B") + b"]"))
    collection, _ = opened(store)
    assert [collection.payload(row).facts.event_id for row in range(len(collection))] == ["A", "B"]


@pytest.mark.parametrize(
    ("encoding", "content"),
    [(b"gzip", gzip.compress(body())), (b"deflate", zlib.compress(body())), (b"identity", body())],
)
def test_packed_bodies_are_unpacked_for_reading(store: CaptureStore, encoding: bytes, content: bytes) -> None:
    received(store, delivery(content, HEAD + b"Content-Encoding: " + encoding + b"\r\n"))
    collection, _ = opened(store)
    assert collection.payload(0).facts.event_id == "E1"
    assert bool(collection.payload(0).wrapping.notes) is (encoding != b"identity")


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        (b"gzip", b"not packed"),
        (b"gzip", gzip.compress(body())[:-9]),
        (b"br", body()),
        (b"gzip", gzip.compress(bytes(MAX_UNPACKED_BYTES + 1), 1)),
    ],
)
def test_what_cannot_be_unpacked_stays_as_it_came(encoding: bytes, content: bytes) -> None:
    came = delivery(content, b"Content-Encoding: " + encoding + b"\r\n")
    text, wrapping = body_of(came)
    assert text == content
    assert "not the" in wrapping.notes[0]


def test_what_arrives_later_is_taken_once(store: CaptureStore) -> None:
    received(store, delivery(body("A")))
    collection, follower = opened(store)
    assert follower.look().part is None
    received(store, delivery(body("B")), delivery(b"x"))
    part = follower.look().part
    assert part is not None
    assert list(collection.grow(part)) == [1, 2]
    assert collection.payload(1).facts.event_id == "B"


def test_what_was_cleared_says_so_and_nothing_breaks(store: CaptureStore) -> None:
    received(store, delivery(body()))
    collection, _ = opened(store)
    store.clear().result(WAIT_SECONDS)
    assert collection.payload(0).kind is Kind.UNREADABLE
    assert collection.text(0) == b""


def test_questions_are_answered_by_columns_and_by_text(store: CaptureStore) -> None:
    received(store, delivery(body("A")), delivery(body("B", "+12065550150")), delivery(b"other words"))
    collection, _ = opened(store)
    for text, rows in (("mdn:+1206*", [1]), ("CRM-1", [0, 1]), ("has:received", [0, 1, 2]), ("words", [2])):
        assert select(parse(text), collection).tolist() == rows, text


def test_no_captures_are_no_rows() -> None:
    part = index_captures([], 0, "Live")
    assert len(part.columns) == 0
    assert ABSENT_MS < 0
