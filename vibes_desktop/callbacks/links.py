"""Links to one payload, to be passed on: the file, and the place in it."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import numpy as np

from vibes_desktop.callbacks.collection import Collection

SCHEME = "vibes-desktop"
WHAT = "callback"


def link_to(collection: Collection, row: int) -> str:
    """Write the link to a row."""
    columns = collection.columns
    told = {
        "file": collection.sources[int(columns["file"][row])].name,
        "line": str(int(columns["position"][row])),
    }
    same = _at(collection, int(columns["file"][row]), int(columns["position"][row]))
    if len(same) > 1:
        told["part"] = str(int(np.searchsorted(same, row)) + 1)
    return f"{SCHEME}:{WHAT}?{urlencode(told, quote_via=quote, safe='/')}"


def is_link(text: str) -> bool:
    """Tell whether a text is the link to a payload, whichever it is."""
    return text.strip().startswith(f"{SCHEME}:{WHAT}?")


def find_link(collection: Collection, link: str) -> int | None:
    """Find the row of a link; None where its file isn't open, or has no such line.

    A file of the same name elsewhere counts where only one is open: links go from one computer to another.
    """
    parts = urlsplit(link.strip())
    if parts.scheme != SCHEME or parts.path != WHAT:
        return None
    told = {name: values[0] for name, values in parse_qs(parts.query).items()}
    file, line, part = (
        _file(collection, told.get("file", "")),
        _number(told.get("line")),
        _number(told.get("part", "1")),
    )
    if file is None or line is None or not part:
        return None
    rows = _at(collection, file, line)
    return int(rows[part - 1]) if part <= len(rows) else None


def _at(collection: Collection, file: int, position: int) -> np.typing.NDArray[np.int64]:
    columns = collection.columns
    return np.flatnonzero((columns["file"] == file) & (columns["position"] == position)).astype(np.int64)


def _file(collection: Collection, name: str) -> int | None:
    names = [source.name for source in collection.sources]
    if name in names:
        return names.index(name)
    alike = [number for number, each in enumerate(names) if _last(each) == _last(name)]
    return alike[0] if len(alike) == 1 else None


def _last(name: str) -> str:
    return PurePath(name.replace("\\", "/")).name


def _number(text: str | None) -> int | None:
    small = 12
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < small else None
