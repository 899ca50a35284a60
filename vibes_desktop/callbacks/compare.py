"""What differs between two payloads, and what a collection's payloads hold, path by path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from vibes_desktop.callbacks.findings import type_of
from vibes_desktop.callbacks.payload import Json, Payload

MAX_EXAMPLE = 80
MAX_PATHS = 5000  # per type: customers' own members may be without number
TYPE_NAMES = {
    str: "text",
    bool: "true or false",
    int: "number",
    float: "number",
    dict: "object",
    list: "list",
}


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


@dataclass(frozen=True, slots=True)
class Drift:
    """How one path of one type occurs. `holds` counts the types of its values; indexes are `*`."""

    callback_type: str | None
    path: str
    present: int
    of: int
    holds: tuple[tuple[str, int], ...]
    example: str = field(repr=False)
    is_documented: bool


def drift(payloads: Iterable[Payload]) -> tuple[Drift, ...]:
    """Report every path of every type, types and paths in order."""
    totals: Counter[str | None] = Counter()
    seen: dict[str | None, dict[str, _Seen]] = {}
    for payload in payloads:
        totals[payload.callback_type] += 1
        paths = seen.setdefault(payload.callback_type, {})
        for path in _note(payload.value, "", paths):
            paths[path].present += 1
    return tuple(
        Drift(
            name,
            path,
            found.present,
            totals[name],
            tuple(found.holds.most_common()),
            found.example,
            _documented(name, path),
        )
        for name, paths in sorted(seen.items(), key=lambda pair: pair[0] or "")
        for path, found in sorted(paths.items())
    )


@dataclass(slots=True)
class _Seen:
    """What was seen at one path so far."""

    example: str
    present: int = 0
    holds: Counter[str] = field(default_factory=Counter)


def _note(value: Json, path: str, paths: dict[str, _Seen]) -> set[str]:
    """Count the types of all values below; returns the paths that occur in this payload."""
    found: set[str] = set()
    if isinstance(value, dict):
        below = [(f"{path}.{name}" if path else name, inner) for name, inner in value.items()]
    elif isinstance(value, list):
        below = [(f"{path}.*" if path else "*", inner) for inner in value]
    else:
        below = []
    for name, inner in below:
        if name not in paths:
            if len(paths) >= MAX_PATHS:
                continue
            paths[name] = _Seen(_example(inner))
        paths[name].holds[TYPE_NAMES.get(type(inner), "null")] += 1
        found.add(name)
        found |= _note(inner, name, paths)
    return found


def _example(value: Json) -> str:
    return "" if isinstance(value, (dict, list)) else str(value)[:MAX_EXAMPLE]


def _documented(name: str | None, path: str) -> bool:
    known = type_of(name)
    if known is None:
        return False
    parents = [path[:place] + ".*" for place, letter in enumerate(path) if letter == "."]
    paths = {each.path for each in known.fields}
    return path in paths or any(parent in paths for parent in parents) or "custom_fields." in path
