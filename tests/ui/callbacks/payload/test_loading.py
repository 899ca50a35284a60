"""Reading a row for the pane."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.live import CaptureFollower, CaptureSource
from vibes_desktop.callbacks.outline import LARGE_BYTES, NOT_EXAMINED
from vibes_desktop.callbacks.payload import Kind, Payload
from vibes_desktop.model import capture
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.identifier import IdentifierKind
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.ui.callbacks.payload.loading import load, read_payload, tree_of

Event = Callable[..., dict[str, object]]


def collection_of(folder: Path, *lines: bytes) -> Collection:
    place = folder / "events.ndjson"
    place.write_bytes(b"\n".join(lines) + b"\n")
    return Collection.open([str(place)])


def test_a_row_is_read_with_all_that_is_shown_of_it(tmp_path: Path, removal: Event) -> None:
    with collection_of(tmp_path, json.dumps(removal()).encode()) as collection:
        loaded = load(collection, 0)
    assert loaded.payload.kind is Kind.CALLBACK
    assert loaded.document is not None
    assert loaded.delivery.position == 1
    assert [each.kind for each in loaded.identifiers] == [
        IdentifierKind.EXTERNAL_ID,
        IdentifierKind.PERSON_ID,
        IdentifierKind.MDN,
    ]


def test_what_was_received_tells_of_its_request(tmp_path: Path, removal: Event) -> None:
    store = CaptureStore.open(tmp_path / "captures.sqlite3")
    body, head = json.dumps(removal()).encode(), b"Host: 127.0.0.1:8765\r\n"
    store.append([capture.Delivery(1_000_000, "127.0.0.1", 5, "POST", "/s3cret", head, body)]).result()
    source = CaptureSource("Callbacks", store)
    part = CaptureFollower(source, 0).look().part
    assert part is not None
    with Collection() as collection:
        collection.sources.append(source)
        collection.grow(part)
        delivery = load(collection, 0).delivery
        assert (delivery.method, delivery.path, delivery.headers) == (
            "POST",
            "/…",
            (("Host", "127.0.0.1:8765"),),
        )
        store.clear().result()
        assert load(collection, 0).delivery.method is None
    store.close()


def test_a_redelivery_is_among_the_findings(tmp_path: Path, removal: Event) -> None:
    lines = (json.dumps(removal(attempt)).encode() for attempt in (1, 2))
    with collection_of(tmp_path, *lines) as collection:
        first, second = load(collection, 0), load(collection, 1)
    assert "redelivery" not in [each.code for each in first.findings]
    assert second.findings[0].code == "redelivery"


def test_repairs_have_their_places(tmp_path: Path) -> None:
    line = b'{"event_id": "E1", "event_date": "2017-01-01T00:00:00Z", "x": NULL}'
    with collection_of(tmp_path, line) as collection:
        loaded = load(collection, 0)
    assert loaded.repaired == ("x",)
    assert loaded.document is not None
    assert loaded.document.at_path("x")[0].text == b"null"


def test_of_a_large_payload_what_is_small_is_judged(tmp_path: Path, removal: Event) -> None:
    text = json.dumps(removal(event_data=["x" * 100] * 30_000)).encode()
    assert len(text) > LARGE_BYTES
    with collection_of(tmp_path, text) as collection:
        loaded = load(collection, 0)
        assert read_payload(collection, 0).facts == loaded.payload.facts
    assert loaded.payload.text == text
    assert loaded.payload.callback_type == "subscription_removed"
    assert loaded.payload.facts.person.external_person_id == "ex1234"
    assert [each.path for each in loaded.findings if each.code == NOT_EXAMINED] == ["event_data"]
    assert loaded.document is not None
    assert loaded.document.at_path("event_data.29999")[0].text == b'"' + b"x" * 100 + b'"'


def test_a_large_list_is_not_examined(tmp_path: Path) -> None:
    text = json.dumps({"values": [{"n": number} for number in range(200_000)]}).encode()
    with collection_of(tmp_path, text) as collection:
        loaded = load(collection, 0)
    assert loaded.document is not None
    assert loaded.document.at_path("values.199999.n")[0].text == b"199999"


def test_a_large_text_that_is_no_json_is_read_as_usual(tmp_path: Path) -> None:
    with collection_of(tmp_path, b'{"a": ' + b"?" * LARGE_BYTES) as collection:
        assert load(collection, 0).payload.cut_off_at is not None


def test_what_fails_is_told_in_words(tmp_path: Path, removal: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_offset: int, _length: int) -> bytes:
        raise OSError(5, "Input/output error")

    lines = json.dumps(removal()).encode()
    with collection_of(tmp_path, lines) as collection:
        monkeypatch.setattr(collection.sources[0], "read_all", failing)
        with pytest.raises(StorageError) as raised:
            load(collection, 0)
    assert "Input/output error" in raised.value.done


@pytest.mark.parametrize("text", [b"<mtMessageResponse/>", b"\x00\x01\x02", b"not json"])
def test_what_is_no_json_has_no_tree(make: Callable[..., Payload], text: bytes) -> None:
    assert tree_of(make(text)) is None


@pytest.mark.parametrize(
    "text", [b'{"a": NaN}', b'{"a": "\\ud800"}', b'{"a": 1', b'{"a": "\xff"}', b"null", b"7"]
)
def test_whatever_could_be_read_has_a_tree(make: Callable[..., Payload], text: bytes) -> None:
    assert tree_of(make(text)) is not None
