"""The second pass finds what reading every payload finds, however it is divided."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vibes_desktop.callbacks import judging
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.drift import drift
from vibes_desktop.callbacks.export import Form, Order, export
from vibes_desktop.callbacks.judged import BITS, Judged, bits_of_findings
from vibes_desktop.callbacks.judging import Judging, put
from vibes_desktop.callbacks.links import find_link, link_to
from vibes_desktop.callbacks.live import CaptureFollower, CaptureSource
from vibes_desktop.callbacks.matching import matcher
from vibes_desktop.callbacks.query import parse
from vibes_desktop.callbacks.repeats import with_repeat
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.callbacks.texts import texts_of
from vibes_desktop.callbacks.workers import Workers
from vibes_desktop.model.capture import Delivery
from vibes_desktop.storage.captures import CaptureStore

ROOT = Path(__file__).parent.parent.parent


def judged(collection: Collection, **how: Any) -> Judged:
    """Run the pass to its end."""
    found = Judged()
    for step in Judging(collection, **how).steps():
        put(found, step)
    return found


def expected(collection: Collection) -> list[int]:
    """Read every payload."""
    repeats = collection.repeats().findings
    payloads = (with_repeat(collection.payload(row), repeats.get(row)) for row in range(len(collection)))
    return [bits_of_findings(payload.findings) for payload in payloads]


def bits(found: Judged, rows: int) -> list[int]:
    """Give the bits of all rows; that they are done is seen to elsewhere."""
    assert found.done_rows == rows
    assert all(map(found.is_done, range(rows)))
    return [int(each) & ~(1 << 31) for each in found.bits(np.arange(rows))]


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    """Write some events, and the same in wrappers and packed."""
    folder = tmp_path / "files"
    folder.mkdir()
    file = folder / "events.ndjson"
    subprocess.run([sys.executable, ROOT / "scripts" / "bench-events", file, "400", "3"], check=True)
    lines = file.read_bytes().splitlines()[:60]
    (folder / "packed.ndjson.gz").write_bytes(gzip.compress(b"\n".join(lines)))
    wrapped = [json.dumps({"time": 1, "body": line.decode(), "status": 404}) for line in lines]
    (folder / "wrapped.log").write_text("\n".join(wrapped))
    return folder


@pytest.mark.parametrize(("rows_at_once", "bytes_at_once"), [(16_384, 1 << 24), (50, 1 << 24), (1000, 5000)])
def test_the_same_findings(
    rows_at_once: int, bytes_at_once: int, generated: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "ROWS_AT_ONCE", rows_at_once)
    monkeypatch.setattr(judging, "BYTES_AT_ONCE", bytes_at_once)
    with Collection.open([str(samples), str(generated)]) as collection:
        found = judged(collection)
        assert bits(found, len(collection)) == expected(collection)
        assert found.drift.report() == drift(collection.payload(row) for row in range(len(collection)))


def test_on_several_cores(generated: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "ROWS_AT_ONCE", 100)
    monkeypatch.setattr(judging, "WORKERS_FROM_BYTES", 1)
    with Collection.open([str(generated), str(samples)]) as collection:
        found = judged(collection, workers=2)
        assert bits(found, len(collection)) == expected(collection)


def test_what_is_large_is_judged_in_a_process_of_its_own_though_it_is_alone(
    generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Noted(Workers[Any]):
        def __init__(self, function: Callable[..., Any], count: int) -> None:
            super().__init__(function, count)
            started.append(count)

    monkeypatch.setattr(judging, "WORKERS_FROM_BYTES", 1)
    monkeypatch.setattr(judging, "Workers", Noted)
    with Collection.open([str(generated)]) as collection:
        found = judged(collection)
        assert started == [1]
        assert bits(found, len(collection)) == expected(collection)


def test_rows_that_were_added_later(generated: Path) -> None:
    with Collection.open([str(generated)]) as collection:
        found = judged(collection, begin=300)
        assert found.done_rows == len(collection) - 300
        assert not found.is_done(299)
        assert found.is_done(300)


def test_it_can_be_given_up(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "ROWS_AT_ONCE", 50)
    with Collection.open([str(generated)]) as collection:
        work = Judging(collection)
        found = Judged()
        for step in work.steps():
            put(found, step)
            assert (step.done_rows, step.of_rows) == (50, len(collection))
            work.stop()
        assert found.done_rows == 50


def test_an_empty_collection() -> None:
    with Collection() as collection:
        assert [step.of_rows for step in Judging(collection).steps()] == [0]


def test_a_file_that_was_cut(tmp_path: Path, removed: dict[str, Any]) -> None:
    file = tmp_path / "a.ndjson"
    line = json.dumps(removed) + "\n"
    file.write_text(line * 3)
    with Collection.open([str(file)]) as collection:
        file.write_text(line + line[:20])
        (step, *_) = Judging(collection).steps()
    assert [each & BITS["unreadable"] for each in step.bits.tolist()] == [
        0,
        BITS["unreadable"],
        BITS["unreadable"],
    ]


def test_too_long_a_line(read_file: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    with file.open("wb") as stream:
        stream.write(b'{"callback_type":"person_added"}\n{"a":"')
        stream.truncate(80 << 20)
    with Collection.open([str(file)]) as collection:
        found = judged(collection)
        assert bits(found, len(collection)) == expected(collection)


@pytest.mark.parametrize("again", [False, True])
def test_a_file_that_was_deleted_or_replaced_is_judged_as_it_was(again: bool, generated: Path) -> None:
    file = generated / "events.ndjson"
    with Collection.open([str(file)]) as collection:
        before = judged(collection)
        file.unlink()
        if again:
            file.write_text("something else\n" * 1000)
        assert bits(judged(collection), len(collection)) == bits(before, len(collection))


def test_what_the_listener_received(removed: dict[str, Any], tmp_path: Path) -> None:
    store = CaptureStore.open(tmp_path / "captures.sqlite3")
    content = json.dumps(removed).encode()
    bodies = [
        (b"", content),
        (b"Content-Encoding: gzip\r\n", gzip.compress(content)),
        (b"", b"[" + content + b"," + content + b"]"),
        (b"", b"nothing"),
        (b"", b""),
        (b"", json.dumps({**removed, "colour": "gold", "event_id": "X"}).encode()),
    ]
    head = b"Content-Type: application/json\r\n"
    deliveries = [
        Delivery(1_772_000_000_000_000 + place, "127.0.0.1", 1, "POST", "/c", head + more, body)
        for place, (more, body) in enumerate(bodies)
    ]
    store.append(deliveries).result(20.0)
    source = CaptureSource("Live", store)
    with Collection(sources=[source]) as collection:
        part = CaptureFollower(source, 0).look().part
        assert part is not None
        collection.grow(part)
        rows = np.arange(len(collection))
        assert bits(judged(collection), len(collection)) == expected(collection)
        assert list(texts_of(collection, rows)) == [collection.text(row) for row in rows.tolist()]
        for query in ("gold", "path:colour=gold", "is:redelivered", "has:findings"):
            matches = matcher(parse(query))
            repeats = collection.repeats().findings
            payloads = [with_repeat(collection.payload(row), repeats.get(row)) for row in rows.tolist()]
            assert select(parse(query), collection).tolist() == [
                row for row, payload in enumerate(payloads) if matches(payload)
            ]
        assert [find_link(collection, link_to(collection, row)) for row in rows.tolist()] == rows.tolist()
        export(collection, rows, tmp_path / "out", Order(Form.LINES))
        assert (tmp_path / "out").read_bytes().count(b"SMPL0002") >= 4
    store.close()
