"""Pasted payloads, in a file of their own for as long as it takes to open it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

PASTED = "pasted.json"
FILE_MODE = 0o600


def written_down(text: str) -> Path:
    """Put text into a file for this user alone; raises OSError."""
    place = Path(tempfile.mkdtemp(prefix="vibes-desktop-")) / PASTED
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8", "surrogatepass"))
    return place


def throw_away(place: Path) -> None:
    """Delete it; where the system keeps files that are open, its own cleaning has to."""
    with contextlib.suppress(OSError):
        place.unlink()
        place.parent.rmdir()
