"""ICU's data is written anew with fewer items, in the form that ICU reads."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

import PySide6
import pytest

from scripts.packing.icu import FORMAT, MAGIC, Item, is_kept, read_data, slim_icu, written_data

HEADER = struct.pack("<H", 32) + MAGIC + bytes(8) + FORMAT + bytes(16)


def test_what_was_written_is_read() -> None:
    items = [Item("icudt73l/a.res", b"A" * 5), Item("icudt73l/root.res", b"B" * 40)]
    header, found = read_data(b"\x7fELF..." + written_data(HEADER, items))
    assert header == HEADER
    assert [item.name for item in found] == [item.name for item in items]
    assert [item.content.rstrip(b"\0") for item in found] == [item.content for item in items]


def test_names_of_things_go_and_rules_stay() -> None:
    assert all(
        is_kept(f"icudt73l/{place}") for place in ("root.res", "coll/de.res", "nfkc.nrm", "ulayout.icu")
    )
    gone = ("de.res", "curr/de.res", "curr/root.res", "zone/root.res", "brkitr/thaidict.dict", "ibm-1.cnv")
    assert not any(is_kept(f"icudt73l/{place}") for place in gone)


def test_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no ICU data"):
        read_data(b"something else")


def test_qts_own_library_becomes_a_small_one_with_the_same_symbol(tmp_path: Path) -> None:
    [original] = (Path(PySide6.__path__[0]) / "Qt" / "lib").glob("libicudata.so.*")
    library = tmp_path / original.name
    library.write_bytes(original.read_bytes())
    slim_icu(library)
    assert 1_000_000 < library.stat().st_size < original.stat().st_size / 4
    symbols = [
        subprocess.run(("nm", "--dynamic", file), capture_output=True, text=True, check=True).stdout.split()[
            -1
        ]
        for file in (original, library)
    ]
    assert symbols[0] == symbols[1]
    kept = {item.name.partition("/")[2]: item.content for item in read_data(original.read_bytes())[1]}
    for item in read_data(library.read_bytes())[1]:
        content = item.content.rstrip(b"\0")
        assert kept[item.name.partition("/")[2]].startswith(content) or item.name.endswith(last_of(library))


def symbol_of(library: Path) -> str:
    """Name the one symbol that a library has."""
    done = subprocess.run(("nm", "--dynamic", library), capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


def last_of(library: Path) -> str:
    """Name the last item: how long it is the table does not say."""
    return read_data(library.read_bytes())[1][-1].name
