"""What differs between two payloads, path by path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from vibes_desktop.callbacks.payload import Json


class Change(Enum):
    """How one path differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One path that differs, with the value on either side."""

    path: str
    change: Change
    before: Json = field(default=None, repr=False)
    after: Json = field(default=None, repr=False)


def leaves(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every path with its value; what is empty is a leaf as well."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{index}" if path else str(index))
    else:
        yield path, value


def differences(before: Json, after: Json) -> tuple[Difference, ...]:
    """Compare two values by path, in the order of the first and then the second."""
    old, new = dict(leaves(before)), dict(leaves(after))
    found = []
    for path, value in old.items():
        if path not in new:
            found.append(Difference(path, Change.REMOVED, value))
        elif not _same(new[path], value):
            found.append(Difference(path, Change.CHANGED, value, new[path]))
    found += [Difference(path, Change.ADDED, None, value) for path, value in new.items() if path not in old]
    return tuple(found)


def _same(one: Json, other: Json) -> bool:
    """Compare two leaves; 1 and true are not the same, 1 and 1.0 are."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
