"""Bytes at any place of a file, whatever becomes of it, and of what was unpacked."""

import io
import os
from pathlib import Path

import pytest

from vibes_desktop.callbacks import source as module
from vibes_desktop.callbacks.source import FileSource, Source, Spool
from vibes_desktop.callbacks.unfolding import open_path
from vibes_desktop.callbacks.unpacking import Filling

TEXT = b'{"a": 1}\n' * 1000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file."""
    (tmp_path / "a.json").write_bytes(TEXT)
    return tmp_path / "a.json"


def opened(file: Path) -> FileSource:
    """Open it."""
    (found,) = open_path(str(file))
    assert isinstance(found, FileSource)
    return found


def test_a_file_that_shrinks_gives_less_and_nothing_breaks(file: Path) -> None:
    found = opened(file)
    os.truncate(file, 10)
    assert found.read_all(0, found.size) == TEXT[:10]
    found.close()


def test_a_system_without_pread_reads_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PREAD", None)
    found = opened(file)
    assert (found.read_at(9, 9), found.head()) == (TEXT[9:18], TEXT)
    found.close()


def test_a_file_that_was_let_go_is_read_again_but_no_other_in_its_place(file: Path) -> None:
    found = opened(file)
    found.let_go()
    assert found.read_at(0, 9) == TEXT[:9]
    file.with_name("new").write_bytes(b"another")
    file.with_name("new").replace(file)
    assert found.read_at(0, 9) == b""
    file.unlink()
    assert found.read_at(0, 9) == b""
    found.close()


def test_parts_of_a_spool_end_where_they_end() -> None:
    spool = Spool()
    parts = []
    for text in (b"first", b"second"):
        part = FileSource("a", None, spool=spool, filling=Filling(io.BytesIO(text), None, None))
        assert isinstance(part, Source)
        part.fill_all()
        parts.append(part)
    assert [part.read_all(0, 100) for part in parts] == [b"first", b"second"]
    assert parts[0].read_at(3, 100) == b"st"
    assert parts[0].read_at(5, 1) == b""
    parts[0].close()
    assert parts[1].head() == b"second"
    parts[1].close()
    assert parts[1].read_at(0, 1) == b""
