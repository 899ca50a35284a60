"""Where in a text the members of its tree stand; exact enough to lead from a repair to the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vibes_desktop.callbacks.payload import Json, Repair

NAME = re.compile(
    r"[\"“”„'‘’]([^\"“”„'‘’\n]{1,80})[\"“”„'‘’]\s*[:,]"  # in quotes, as a key is
    r"|[\"“”„'‘’]?([A-Za-z_@$][\w@$.-]*)\s*:"  # with a quote missing, or without any
)
LOOKED_AHEAD = 40  # members that a damaged text may have lost between two names
TEXT_AT_MOST = 1_000_000


def repaired_paths(text: str, value: Json, repairs: Sequence[Repair]) -> tuple[str | None, ...]:
    """Give for each repair the dotted path of the member it stands in or before; None for the whole."""
    if len(text) > TEXT_AT_MOST:
        return tuple(None for _ in repairs)
    offsets = list(_offsets(text, value))
    return tuple(_last_before(offsets, each.position) for each in repairs)


def path_spans(text: str, value: Json) -> dict[str, tuple[int, int]]:
    """Give for each dotted path where its name stands in a text of the same tree."""
    return {path: (start, stop) for start, stop, path in _offsets(text, value)}


def _last_before(offsets: Sequence[tuple[int, int, str]], position: int) -> str | None:
    """Choose the member whose name begins last before a position, or right at it."""
    before = [path for start, _, path in offsets if start <= position]
    return before[-1] if before else None


def _offsets(text: str, value: Json) -> Iterator[tuple[int, int, str]]:
    """Match the names in the text with those of the tree, both in their order."""
    expected = list(_names(value, ""))
    place = 0
    for found in NAME.finditer(text):
        ahead = expected[place : place + LOOKED_AHEAD]
        name = found[1] or found[2]
        index = next((i for i, (key, _) in enumerate(ahead) if key in (name, name.replace(":", "_"))), None)
        if index is not None:
            place += index + 1
            yield found.start(), found.end(), ahead[index][1]


def _names(value: Json, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, f"{path}{name}"
            yield from _names(inner, f"{path}{name}.")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _names(inner, f"{path}{index}.")
