"""Opening step by step: first rows first, everything in the end, and given up at any point."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks import indexing
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import DTYPES
from vibes_desktop.callbacks.identities import Identified
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.opening import Opening, Step
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.pile import EMPTY_FILE

LINE = b'{"callback_type":"person_added","event_id":"E%d","person":{"person_id":"%d"}}\n'


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Write a file of more than one part."""
    file = tmp_path / "lines.ndjson"
    file.write_bytes(b"".join(LINE % (number, number) for number in range(5000)))
    return file


def grown(steps: Iterator[Step]) -> Collection:
    """Take every step."""
    collection = Collection()
    for step in steps:
        collection.add(step)
    return collection


def test_the_first_rows_come_first_and_all_come(lines: Path) -> None:
    steps = list(Opening([str(lines)]).steps())
    with grown(iter(steps)) as collection:
        counts = [len(step.part.columns) for step in steps if step.part]
        assert 200 <= counts[0] < 5000
        assert sum(counts) == len(collection) == 5000
        last = steps[-1].progress
        assert (last.bytes_done, last.bytes_total, last.rows) == (
            lines.stat().st_size,
            lines.stat().st_size,
            5000,
        )
        assert last.bytes_per_second > 0
        assert collection.payload(4999).facts.event_id == "E4999"
        assert collection.columns["position"].tolist() == list(range(1, 5001))


def test_whoever_has_columns_keeps_them_while_the_collection_grows(lines: Path) -> None:
    collection = Collection()
    seen = []
    for step in Opening([str(lines)]).steps():
        rows = collection.add(step)
        seen.append((collection.columns, rows))
    for columns, rows in seen:
        assert len(columns) == rows.stop
        assert np.array_equal(columns["event"], collection.columns["event"][: rows.stop])
    collection.close()


def test_more_files_go_into_the_same_collection(lines: Path, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"callback_type": "person_updated", "event_id": "other"}')
    with grown(Opening([str(lines)]).steps()) as collection:
        for step in Opening([str(tmp_path / "other.json")], first_file=len(collection.sources)).steps():
            collection.add(step)
        assert collection.payload(5000).facts.event_id == "other"
        assert collection.columns.word("type", 5000) == "person_updated"
        assert collection.columns.of("file", np.array([5000, 0])).tolist() == [1, 0]


def test_several_processes_give_the_same(lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "WORKERS_FROM_BYTES", 0)
    monkeypatch.setattr(indexing, "PIECE_BYTES", 1 << 16)
    with grown(Opening([str(lines)], workers=2).steps()) as several:
        monkeypatch.undo()
        with grown(Opening([str(lines)], workers=1).steps()) as one:
            for name in DTYPES:
                assert np.array_equal(one.columns[name], several.columns[name]), name


def test_a_large_collection_holds_people_apart_and_gives_memory_back(
    lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with grown(Opening([str(lines)]).steps()) as plain:
        monkeypatch.setattr("vibes_desktop.callbacks.opening.MANY_ROWS", 1000)
        with grown(Opening([str(lines)]).steps()) as large:
            assert isinstance(large.columns.chunks[-1]["person"], Identified)
            for name in DTYPES:
                assert np.array_equal(plain.columns[name], large.columns[name]), name


def test_cancelling_keeps_what_is_read(lines: Path) -> None:
    opening = Opening([str(lines), "/never/reached"])
    collection = Collection()
    for step in opening.steps():
        collection.add(step)
        if len(collection):
            opening.cancel()
    assert opening.is_cancelled
    assert 0 < len(collection) < 5000
    assert collection.troubles == []
    assert collection.payload(0).facts.event_id == "E0"
    collection.close()


def test_what_is_empty_or_missing_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    with grown(Opening([str(tmp_path), str(tmp_path / "missing")]).steps()) as collection:
        assert len(collection) == 0
        assert collection.skipped == {EMPTY_FILE: 1}
        assert len(collection.troubles) == 1


def test_progress_of_packed_and_other_files_ends_at_the_whole(lines: Path, tmp_path: Path) -> None:
    (tmp_path / "packed.gz").write_bytes(gzip.compress(lines.read_bytes()))
    paths = [str(tmp_path), str(tmp_path / "missing")]
    steps = list(Opening(paths).steps())
    assert steps[-1].progress.bytes_done == steps[-1].progress.bytes_total
    grown(iter(steps)).close()


def test_it_is_kept_and_taken_from_there(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptIndexes(tmp_path / "kept", from_bytes=0)
    grown(Opening([str(lines)], kept=kept).steps()).close()
    monkeypatch.setattr("vibes_desktop.callbacks.opening.parts_of", None)
    with grown(Opening([str(lines)], kept=kept).steps()) as collection:
        assert len(collection) == 5000


def test_a_file_cut_while_it_is_indexed_gives_what_there_was(lines: Path) -> None:
    steps = Opening([str(lines)]).steps()
    collection = Collection()
    while not len(collection):
        collection.add(next(steps))
    os.truncate(lines, 100)
    for step in steps:
        collection.add(step)
    assert 0 < len(collection) < 5000
    collection.close()


def test_a_file_taken_away_or_replaced_while_it_is_indexed_is_told(lines: Path) -> None:
    for act in (Path.unlink, put_another):
        lines.write_bytes(b"".join(LINE % (number, number) for number in range(5000)))
        steps = Opening([str(lines)]).steps()
        collection = Collection()
        while not len(collection):
            collection.add(next(steps))
        act(lines)
        for step in steps:
            collection.add(step)
        assert len(collection) == 5000
        assert len(collection.troubles) == 1
        assert collection.troubles[0].startswith(f"{lines}: ")
        collection.close()


def put_another(file: Path) -> None:
    """Put another file in the place of one."""
    file.with_name("new").write_bytes(b"{}")
    file.with_name("new").replace(file)


def test_what_is_appended_while_a_file_is_indexed_is_for_its_follower(lines: Path) -> None:
    steps = Opening([str(lines)]).steps()
    collection = Collection()
    while not len(collection):
        collection.add(next(steps))
    with lines.open("ab") as file:
        file.write(LINE % (5000, 5000))
    for step in steps:
        collection.add(step)
    assert (len(collection), collection.troubles) == (5000, [])
    (follower,) = collection.followers()
    look = follower.look()
    assert look.part is not None
    collection.grow(look.part)
    assert collection.payload(5000).facts.event_id == "E5000"
    assert collection.columns.at("position", 5000) == 5001
    collection.close()


@pytest.mark.parametrize("before", [b"", LINE % (0, 0), b"["])
def test_a_line_too_long_for_any_payload_is_a_row(before: bytes, tmp_path: Path) -> None:
    file = tmp_path / "long.ndjson"
    with file.open("wb") as opened:
        opened.write(before)
        for _ in range(70):
            opened.write(b"x" * (1 << 20))
        opened.write(b"\n" + LINE % (1, 1))
    with grown(Opening([str(file)]).steps()) as collection:
        rows = [collection.payload(row) for row in range(len(collection))]
        assert "64 MB" in next(row for row in rows if row.kind is Kind.UNREADABLE).findings[0].message
        assert max(len(row.text) for row in rows) < 1000


def test_unpacking_is_given_up_as_well(tmp_path: Path) -> None:
    (tmp_path / "zeros.gz").write_bytes(gzip.compress(bytes(40 << 20)))
    opening = Opening([str(tmp_path / "zeros.gz")])
    with Collection() as collection:
        for count, step in enumerate(opening.steps()):
            collection.add(step)
            opening.cancel()
            assert count < 3
        assert len(collection) == 0


def test_many_files_are_not_all_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vibes_desktop.callbacks.opening.MAX_OPEN_FILES", 3)
    for number in range(20):
        (tmp_path / f"{number:02}.json").write_bytes(LINE % (number, number))
    with grown(Opening([str(tmp_path)]).steps()) as collection:
        assert [collection.payload(row).facts.event_id for row in range(20)] == [
            f"E{number}" for number in range(20)
        ]
        (tmp_path / "18.json").unlink()
        assert collection.payload(18).kind is Kind.UNREADABLE
