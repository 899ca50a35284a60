"""Finding a text in a JSON document, closed branches included; knows no Qt, made for the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vibes_desktop.ui.callbacks.payload.json_tree import (
    CONTAINERS,
    Key,
    Raw,
    Step,
    leaf_text,
    members_of,
    shape_of,
)

FOUND_AT_MOST = 20_000
CHUNK = 1 << 20  # one long call would hold the interpreter, and the window with it
Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The ways to all places found, in order; `is_all` is False where there are more than are kept."""

    steps: tuple[Steps, ...] = ()
    is_all: bool = True


def find_all(
    text: bytes, needle: str, *, most: int = FOUND_AT_MOST, is_stopped: Callable[[], bool] = lambda: False
) -> Matches:
    """Find every member whose name or value holds a text, upper and lower case alike."""
    wanted = _Wanted(needle)
    found: list[Steps] = []
    if not needle:
        return Matches()
    if text[:1] not in b"{[":
        return Matches(((),)) if wanted.is_in_leaf(text) else Matches()
    for steps in _found(text, wanted, is_stopped):
        if len(found) == most:
            return Matches(tuple(found), is_all=False)
        found.append(steps)
    return Matches(tuple(found))


class _Wanted:
    """What is looked for, in the forms that are quick to compare."""

    def __init__(self, needle: str) -> None:
        self._folded = needle.casefold()
        self._bytes = needle.lower().encode() if needle.isascii() and '"' not in needle else None

    def is_in_key(self, key: Key) -> bool:
        """Tell for a member's name; an item's index is no name."""
        return isinstance(key, str) and self._folded in key.casefold()

    def is_in_leaf(self, text: bytes) -> bool:
        """Tell for a value that is no container."""
        return self._folded in leaf_text(text).casefold()

    def may_be_in(self, raw: Raw) -> bool:
        """Tell whether it is worth while to look inside; True where only decoding could tell."""
        if self._bytes is None:
            return True
        text, overlap = memoryview(raw), len(self._bytes) - 1
        for start in range(0, len(text), CHUNK):
            chunk = bytes(text[start : start + CHUNK + overlap])
            if b"\\" in chunk or self._bytes in chunk.lower():
                return True
        return False


def _found(text: Raw, wanted: _Wanted, is_stopped: Callable[[], bool]) -> Iterator[Steps]:
    waiting = [_level(text, (), wanted)]
    while waiting:
        if is_stopped():
            return
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            continue
        steps, is_hit, inner = step
        if is_hit:
            yield steps
        if inner is not None and wanted.may_be_in(inner):
            waiting.append(_level(inner, steps, wanted))


def _level(text: Raw, above: Steps, wanted: _Wanted) -> Iterator[tuple[Steps, bool, Raw | None]]:
    """Yield each member: the way there, whether it is a hit itself, and its text where it is a container."""
    for step, (key, raw) in enumerate(members_of(text, is_patient=True)):
        is_container = shape_of(raw) in CONTAINERS
        is_hit = wanted.is_in_key(key) or (not is_container and wanted.is_in_leaf(bytes(raw)))
        yield (*above, step), is_hit, raw if is_container else None
