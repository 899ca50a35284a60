"""Rows are delivered again as they came; a capture once, however many payloads it holds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.delivering import Request, all_again, deliver, deliverable
from vibes_desktop.callbacks.live import CaptureFollower, CaptureSource
from vibes_desktop.listener.redelivering import Answered, NotConfirmed
from vibes_desktop.listener.server import Listener
from vibes_desktop.model.capture import Delivery
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.storage.captures import CaptureStore

LINE = b'{"callback_type": "person_added",  "event_id": "E%d"}'
SECOND = b'{"callback_type":"person_added","event_id":"L2"}'
BATCH = b"[" + SECOND + b"," + SECOND + b"]"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaptureStore]:
    made = CaptureStore.open(tmp_path / "captures.sqlite3")
    bodies = (b"{}", BATCH)
    made.append(
        [Delivery(1, "127.0.0.1", 1, "PUT", "/", b"X-Event: a\r\n", body) for body in bodies]
    ).result()
    yield made
    made.close()


@pytest.fixture
def collection(store: CaptureStore, tmp_path: Path) -> Iterator[Collection]:
    """Two rows of a file, then three of two captures."""
    (tmp_path / "events.ndjson").write_bytes(LINE % 1 + b"\n" + LINE % 2 + b"\n")
    with Collection.open([str(tmp_path / "events.ndjson")]) as made:
        source = CaptureSource("live", store)
        made.sources.append(source)
        part = CaptureFollower(source, 1).look().part
        assert part is not None
        made.grow(part)
        assert len(made) == 5
        yield made


def rows(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def test_a_capture_goes_once(collection: Collection) -> None:
    assert deliverable(collection, rows(4, 1, 3, 0, 2)).tolist() == [4, 1, 0, 2]
    assert deliverable(collection, rows()).tolist() == []


def test_each_goes_as_it_came(collection: Collection) -> None:
    missed: list[int] = []
    found = list(all_again(collection, rows(0, 2, 3), missed.append))
    assert [(each.number, each.method, each.body) for each in found] == [
        (0, "POST", LINE % 1),
        (2, "PUT", b"{}"),
        (3, "PUT", BATCH),
    ]
    assert found[1].headers == ((b"X-Event", b"a"),)
    assert not missed


def test_what_was_cleared_is_missed(collection: Collection, store: CaptureStore) -> None:
    store.clear().result()
    missed: list[int] = []
    assert [each.number for each in all_again(collection, rows(0, 2, 3), missed.append)] == [0]
    assert missed == [2, 3]


def test_every_answer_is_reported(collection: Collection, tmp_path: Path) -> None:
    answers: list[Answered] = []

    async def exchange() -> list[bytes]:
        sink = CaptureStore.open(tmp_path / "sink.sqlite3")
        listener = Listener(sink, Endpoint(first_port=0, last_port=0))
        request = Request(rows(0, 3, 4), await listener.start(), 500)
        assert await deliver(collection, request, answers.append) == 0
        await listener.stop()
        bodies = [capture.body for block in sink.blocks() for capture in block]
        sink.close()
        return bodies

    bodies = asyncio.run(exchange())
    assert sorted((each.number, each.status) for each in answers) == [(0, 200), (3, 200)]
    assert sorted(bodies) == sorted([LINE % 1, BATCH])


def test_other_computers_are_asked_about(collection: Collection) -> None:
    with pytest.raises(NotConfirmed):
        asyncio.run(deliver(collection, Request(rows(0), "http://203.0.113.7/x", 5), lambda _: None))
