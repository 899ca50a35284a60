"""Kept indexes: the same columns again, private, bounded, and never for another file."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks import columns, opening
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import DTYPES, merged
from vibes_desktop.callbacks.identities import Identified
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.source import FileSource
from vibes_desktop.callbacks.unfolding import open_path

GENERATOR = Path(__file__).parent.parent.parent / "scripts" / "bench-events"


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """Generate a file."""
    subprocess.run([sys.executable, GENERATOR, tmp_path / "events.ndjson", "400", "9"], check=True)
    return tmp_path / "events.ndjson"


def test_the_same_columns_again(events: Path, tmp_path: Path) -> None:
    kept = KeptIndexes(tmp_path / "kept", from_bytes=0)
    (tmp_path / "first.json").write_text('{"a": 1}')
    with (
        Collection.open([str(events)], kept=kept) as first,
        Collection.open([str(tmp_path / "first.json"), str(events)], kept=kept) as again,
    ):
        for name in DTYPES:
            if name not in {"file", *first.columns.words}:
                assert np.array_equal(first.columns[name], again.columns[name][1:]), name
        assert again.columns["file"].tolist() == [0] + [1] * len(first)
        assert [first.payload(row).text for row in range(50)] == [
            again.payload(row + 1).text for row in range(50)
        ]
        assert first.skipped == again.skipped
    for file in (tmp_path / "kept").iterdir():
        assert file.stat().st_mode & 0o077 == 0


def test_it_is_taken_from_there(events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptIndexes(tmp_path / "kept", from_bytes=0)
    Collection.open([str(events)], kept=kept).close()
    monkeypatch.setattr("vibes_desktop.callbacks.opening.parts_of", None)
    with Collection.open([str(events)], kept=kept) as collection:
        assert len(collection) == 400


@pytest.mark.parametrize("spoil", [b"", b"{}\n", b'{"format": 1}\n', None])
def test_a_broken_one_is_made_anew(spoil: bytes | None, events: Path, tmp_path: Path) -> None:
    kept = KeptIndexes(tmp_path / "kept", from_bytes=0)
    Collection.open([str(events)], kept=kept).close()
    (place,) = (tmp_path / "kept").iterdir()
    place.write_bytes(place.read_bytes()[:-100] if spoil is None else spoil)
    with Collection.open([str(events)], kept=kept) as collection:
        assert len(collection) == 400


def test_a_file_that_grew_is_another(events: Path, tmp_path: Path) -> None:
    kept = KeptIndexes(tmp_path / "kept", from_bytes=0)
    Collection.open([str(events)], kept=kept).close()
    with events.open("ab") as file:
        file.write(b'{"callback_type": "person_added"}\n')
    with Collection.open([str(events)], kept=kept) as collection:
        assert len(collection) == 401
    assert len(list((tmp_path / "kept").iterdir())) == 2
    kept.clear()
    assert list((tmp_path / "kept").iterdir()) == []


def test_room_is_bounded_and_small_files_are_not_kept(events: Path, tmp_path: Path) -> None:
    Collection.open([str(events)], kept=KeptIndexes(tmp_path / "a", max_bytes=10, from_bytes=0)).close()
    assert list((tmp_path / "a").iterdir()) == []
    Collection.open([str(events)], kept=KeptIndexes(tmp_path / "b")).close()
    assert not (tmp_path / "b").exists()


def test_identifiers_held_by_their_combinations_are_kept_as_such(
    events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Collection.open([str(events)])
    monkeypatch.setattr(opening, "MANY_ROWS", 0)
    kept = KeptIndexes(tmp_path / "kept", from_bytes=0)
    other = events.with_name("other.ndjson")
    other.write_bytes(events.read_bytes().replace(b"CUST-", b"CUST+"))
    Collection.open([str(other), str(events)], kept=kept).close()
    assert 0 < kept.size() < events.stat().st_size
    with Collection.open([str(events)], kept=kept) as again:
        assert isinstance(again.columns.chunks[0]["key"], Identified)
        for name in DTYPES:
            assert np.array_equal(plain.columns[name], again.columns[name]), name
    kept.clear()
    assert kept.size() == 0
    plain.close()


def test_large_indexes_come_chunk_by_chunk(
    events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "ROWS_PER_CHUNK", 100)
    monkeypatch.setattr(columns, "SMALL_ROWS", 0)
    kept = KeptIndexes(tmp_path / "kept", from_bytes=0)
    Collection.open([str(events)], kept=kept).close()
    (source,) = open_path(str(events))
    assert isinstance(source, FileSource)
    parts = list(kept.load(source, 3) or ())
    source.close()
    assert len(parts) >= 4
    assert [len(part.columns.chunks) for part in parts] == [1] * len(parts)
    assert (parts[-1].end, parts[-1].lines) == (source.size, 400)
    assert merged(part.columns for part in parts)["file"].tolist() == [3] * 400


def test_a_disk_that_refuses_is_a_note_and_no_failure(events: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way")
    with Collection.open([str(events)], kept=KeptIndexes(tmp_path / "kept", from_bytes=0)) as collection:
        assert len(collection) == 400
        assert "its index is not kept" in collection.notes[0]
