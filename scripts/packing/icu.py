"""Keeps of ICU's data what Qt reads here: 32 MB of it are names of cities, units and scripts.

The library holds one symbol, ICU's data file: a table of contents and the items, sorted by name
(ICU's `ucmndata.h`). It is written anew with fewer items; ICU takes a missing item for a missing
translation. Qt's own names and formats do not come from here.
"""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

MAGIC = b"\xda\x27"
FORMAT = b"CmnD"
FORMAT_OFFSET = 12  # from the header's start
ALIGNMENT = 16
LINK = ("ld", "-shared", "-z", "noexecstack", "--hash-style=gnu", "--build-id=none")
# Collation, normalisation, properties of characters, domain names, time zones' rules.
KEPT = (
    "coll/*",
    "*.cfu",
    "*.icu",
    "*.nrm",
    "*.spp",
    *(
        f"{name}.res"
        for name in (
            "icuver",
            "keyTypeData",
            "likelySubtags",
            "metadata",
            "numberingSystems",
            "pool",
            "res_index",
            "root",
            "supplementalData",
            "timezoneTypes",
            "zoneinfo64",
        )
    ),
)
ASSEMBLY = """
.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, %object
{symbol}:
.incbin "{data}"
.size {symbol}, . - {symbol}
.section .note.GNU-stack,"",%progbits
"""


class Item(NamedTuple):
    """One file inside the data; its name begins with the data's own, as in `icudt73l/root.res`."""

    name: str
    content: bytes


def slim_icu(library: Path) -> None:
    """Write a `libicudata.so` anew with what is kept; raises ValueError for one of another form."""
    content = library.read_bytes()
    header, items = read_data(content)
    kept = [item for item in items if is_kept(item.name)]
    version = re.fullmatch(r"libicudata\.so\.(\d+)", library.name)
    if version is None:
        raise ValueError(f"{library.name} has no version in its name")
    with TemporaryDirectory() as folder:
        data, source, made = (Path(folder) / name for name in ("data", "data.s", "data.o"))
        data.write_bytes(written_data(header, kept))
        source.write_text(ASSEMBLY.format(symbol=f"icudt{version[1]}_dat", data=data.name))
        subprocess.run(("as", "-o", made.name, source.name), cwd=folder, check=True)
        subprocess.run((*LINK, f"-soname={library.name}", "-o", library, made.name), cwd=folder, check=True)


def is_kept(name: str) -> bool:
    """Tell whether an item stays."""
    place = name.partition("/")[2]
    return any(fnmatchcase(place, pattern) and ("/" in place) == ("/" in pattern) for pattern in KEPT)


def read_data(library: bytes) -> tuple[bytes, list[Item]]:
    """Find ICU's data in a library; returns its header and its items. Raises ValueError."""
    start = library.find(FORMAT) - FORMAT_OFFSET
    (size,) = struct.unpack_from("<H", library, start) if start >= 0 else (0,)
    if library[start + 2 : start + 4] != MAGIC:
        raise ValueError("there is no ICU data of the known form")
    return library[start : start + size], list(_items(library, start + size))


def written_data(header: bytes, items: list[Item]) -> bytes:
    """Write a data file of these items."""
    names = b"".join(item.name.encode() + b"\0" for item in items)
    name_offset = 4 + 8 * len(items)
    data_offset = _aligned(name_offset + len(names))
    table, data = bytearray(struct.pack("<I", len(items))), bytearray()
    for item in items:
        table += struct.pack("<II", name_offset, data_offset + len(data))
        name_offset += len(item.name.encode()) + 1
        data += item.content.ljust(_aligned(len(item.content)), b"\0")
    return header + (bytes(table) + names).ljust(data_offset, b"\0") + bytes(data)


def _items(library: bytes, table: int) -> Iterator[Item]:
    (count,) = struct.unpack_from("<I", library, table)
    offsets = [struct.unpack_from("<II", library, table + 4 + 8 * index) for index in range(count)]
    ends = [data for _, data in offsets[1:]]
    # How long the last one is the table does not say; the rest of the section belongs to it.
    for (name, data), end in zip(offsets, [*ends, len(library) - table], strict=True):
        text = library[table + name : library.index(b"\0", table + name)].decode()
        yield Item(text, library[table + data : table + end])


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
