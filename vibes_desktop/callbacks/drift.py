"""What a collection's payloads hold, type by type and path by path: how far the platform drifted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Drift:
    """How one path of one type occurs. `holds` counts the types of its values; indexes are `*`."""

    callback_type: str | None
    path: str
    present: int
    of: int
    holds: tuple[tuple[str, int], ...]
    example: str = field(repr=False)
    first_row: int
    is_documented: bool


@dataclass(slots=True)
class Seen:
    """What was seen at one path so far."""

    example: str = field(repr=False)
    first_row: int
    present: int = 0
    holds: Counter[str] = field(default_factory=Counter)


class DriftCounts:
    """Counts payloads and what they hold; counts of parts of a collection can be put together."""

    def __init__(self) -> None:
        self.totals: Counter[str | None] = Counter()
        self.paths: dict[str | None, dict[str, Seen]] = {}

    def add(self, name: str | None, value: Json, row: int, times: int = 1) -> None:
        """Count a payload, or as many as look like it."""
        self.totals[name] += times
        paths = self.paths.setdefault(name, {})
        for path, holds, example in _shape(value):
            seen = paths.get(path)
            if seen is None:
                if len(paths) >= MAX_PATHS:
                    continue
                seen = paths[path] = Seen(example, row)
            elif row < seen.first_row:
                seen.example, seen.first_row = example, row
            seen.present += times
            for each, count in holds.items():
                seen.holds[each] += count * times

    def merge(self, other: DriftCounts) -> None:
        """Take over what was counted elsewhere."""
        self.totals += other.totals
        for name, theirs in other.paths.items():
            ours = self.paths.setdefault(name, {})
            for path, seen in theirs.items():
                known = ours.get(path)
                if known is None:
                    if len(ours) < MAX_PATHS:
                        ours[path] = Seen(seen.example, seen.first_row, seen.present, Counter(seen.holds))
                    continue
                if seen.first_row < known.first_row:
                    known.example, known.first_row = seen.example, seen.first_row
                known.present += seen.present
                known.holds += seen.holds

    def report(self) -> tuple[Drift, ...]:
        """Give every path of every type, types and paths in order."""
        return tuple(
            Drift(
                name,
                path,
                seen.present,
                self.totals[name],
                tuple(sorted(seen.holds.items(), key=lambda pair: (-pair[1], pair[0]))),
                seen.example,
                seen.first_row,
                is_documented(name, path),
            )
            for name, paths in sorted(self.paths.items(), key=lambda pair: pair[0] or "")
            for path, seen in sorted(paths.items())
        )


def drift(payloads: Iterable[Payload]) -> tuple[Drift, ...]:
    """Report every path of every type, types and paths in order."""
    counts = DriftCounts()
    for row, payload in enumerate(payloads):
        counts.add(payload.callback_type, payload.value, row)
    return counts.report()


@lru_cache(maxsize=20_000)
def is_documented(name: str | None, path: str) -> bool:
    """Tell whether the platform's own documents name a path of a type."""
    known = type_of(name)
    if known is None:
        return False
    parents = [path[:place] + ".*" for place, letter in enumerate(path) if letter == "."]
    paths = {each.path for each in known.fields}
    return path in paths or any(parent in paths for parent in parents) or "custom_fields." in path


def _shape(value: Json) -> Iterator[tuple[str, Counter[str], str]]:
    """Give each path of a value, the types of what it holds, and an example."""
    holds: dict[str, Counter[str]] = {}
    examples: dict[str, str] = {}
    _note(value, "", holds, examples)
    return ((path, found, examples[path]) for path, found in holds.items())


def _note(value: Json, path: str, holds: dict[str, Counter[str]], examples: dict[str, str]) -> None:
    below: Iterable[tuple[str, Json]] = ()
    if isinstance(value, dict):
        below = ((f"{path}.{name}" if path else name, inner) for name, inner in value.items())
    elif isinstance(value, list):
        below = ((f"{path}.*" if path else "*", inner) for inner in value)
    for name, inner in below:
        if name not in holds:
            if len(holds) >= MAX_PATHS:
                continue
            holds[name] = Counter()
            examples[name] = "" if isinstance(inner, (dict, list)) else str(inner)[:MAX_EXAMPLE]
        holds[name][TYPE_NAMES.get(type(inner), "null")] += 1
        _note(inner, name, holds, examples)
