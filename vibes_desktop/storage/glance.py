"""What the first paint needs of the settings, read at a glance.

Checking the whole file takes 15 ms of start-up, most of it for modules; that is done after the paint.
"""

import json
from binascii import a2b_base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

GEOMETRY = "geometry"  # the window's place, among its remembered pieces


class Glance(NamedTuple):
    """How the window is to look at first. Nothing here was checked."""

    theme: str = ""
    geometry: bytes = b""


def glance(settings_file: Path) -> Glance:
    """Read what can be read; what is missing or damaged is empty."""
    try:
        document = json.loads(settings_file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return Glance()
    theme = _text(document, "theme")
    try:
        return Glance(theme, a2b_base64(_text(_value(document, "window"), GEOMETRY), strict_mode=True))
    except ValueError:
        return Glance(theme)


def _text(holder: object, name: str) -> str:
    value = _value(holder, name)
    return value if isinstance(value, str) else ""


def _value(holder: object, name: str) -> Any:
    return holder.get(name) if isinstance(holder, Mapping) else None
