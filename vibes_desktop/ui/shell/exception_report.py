"""Reports of exceptions that may be passed on: where in the program, never with what data."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import TracebackType

PACKAGE = "vibes_desktop"
LIBRARIES = "site-packages"
MOST_CAUSES = 8
MOST_FRAMES = 40


def report_of(error: BaseException, versions: Mapping[str, str]) -> str:
    """Describe an exception by its types, the places it passed, and the versions of what ran.

    Messages, values and paths outside the program are left out: they may hold what a person typed,
    or that person's name.
    """
    lines = [f"{name} {version}" for name, version in versions.items()]
    for cause in _chain(error):
        lines += ["", _type_name(cause), *_frames(cause.__traceback__)]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, then what caused it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(seen) < MOST_CAUSES:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _type_name(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, BaseExceptionGroup):
        return f"{name} of {', '.join(_type_name(one) for one in error.exceptions)}"
    return name


def _frames(trace: TracebackType | None) -> list[str]:
    places = [
        f"  {_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
    if len(places) <= MOST_FRAMES:
        return places
    half = MOST_FRAMES // 2
    return [*places[:half], f"  … {len(places) - MOST_FRAMES} more …", *places[-half:]]


def _short(file: str) -> str:
    """Return a file's path from the package or library on; the name alone for any other."""
    parts = PurePath(file).parts
    for root, skip in ((PACKAGE, 0), (LIBRARIES, 1)):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at + skip :])
    return parts[-1] if parts else "?"
