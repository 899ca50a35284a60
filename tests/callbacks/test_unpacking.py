"""Streams are unpacked block by block, transcoded, and stopped where no end is in sight."""

import gzip
import io
import shutil
from typing import NamedTuple

import pytest

from vibes_desktop.callbacks import unpacking
from vibes_desktop.callbacks.unpacking import Counting, Filling, Gunzip, encoding_of


class Usage(NamedTuple):
    """What shutil tells of a disk."""

    total: int
    used: int
    free: int


def test_a_few_blocks_at_a_time() -> None:
    filling = Filling(io.BytesIO(bytes(5 << 20)), None, None)
    assert sum(map(len, filling.blocks(2 << 20))) == 2 << 20
    assert (filling.is_done, filling.taken) == (False, 2 << 20)
    assert sum(map(len, filling.blocks(100 << 20))) == 3 << 20
    assert (filling.is_done, filling.taken) == (True, 5 << 20)
    assert filling.notes == []


def test_a_character_across_two_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "BLOCK_BYTES", 3)
    filling = Filling(io.BytesIO("añ😀b".encode("utf-16")), "utf-16", None)
    assert b"".join(filling.blocks(100)).decode() == "añ😀b"
    assert "UTF-16" in filling.notes[0]


def test_nothing_good_at_all_is_an_error_and_something_good_a_note() -> None:
    text = gzip.compress(bytes(1000))
    with pytest.raises(EOFError):
        list(Filling(Gunzip(Counting(io.BytesIO(text[:9]))), None, None).blocks(100))
    filling = Filling(Gunzip(Counting(io.BytesIO(text[:-4]))), None, None)
    assert sum(map(len, filling.blocks(2000))) == 1000
    assert list(filling.blocks(1)) == []
    assert "end early" in filling.notes[0]


def test_a_full_disk_is_foreseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LOOK_EVERY_BYTES", 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(1, 1, 1))
    filling = Filling(io.BytesIO(bytes(9 << 20)), None, None)
    assert sum(map(len, filling.blocks(9 << 20))) == 1 << 20
    assert unpacking.NO_ROOM in filling.notes[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised(encoding: str) -> None:
    assert encoding_of('{"a": "bcdefgh"}'.encode(encoding)) == encoding
    assert encoding_of(b'{"a": "bcdefgh"}') is None
