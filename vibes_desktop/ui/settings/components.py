"""Whose work is in the packaged program: read from the list that was packaged with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vibes_desktop.ui.resources import resources_dir

LIST_NAME = "components.cdx.json"
TEXT_PROPERTY = "vibes-desktop:licence-text"
RULE = "\n\n" + "─" * 80 + "\n\n"


@dataclass(frozen=True, slots=True)
class Component:
    """Somebody's work. `licence` is an SPDX expression; `texts` are files with the licence's words."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]

    def read_texts(self) -> str:
        """Read all texts, one after the other."""
        return RULE.join(text.read_text(encoding="utf-8", errors="replace").strip() for text in self.texts)


def licences_dir() -> Path:
    """Return the folder that the packaged program has its licences in."""
    return resources_dir().resolve().parent / "licences"


def read_components(folder: Path) -> tuple[Component, ...]:
    """Read the list of components; none where the program is not packaged."""
    try:
        listed = json.loads((folder / LIST_NAME).read_bytes())
    except FileNotFoundError:
        return ()
    return tuple(_component(entry, folder) for entry in listed["components"])


def _component(entry: dict[str, Any], folder: Path) -> Component:
    texts = [each["value"] for each in entry["properties"] if each["name"] == TEXT_PROPERTY]
    licence = entry["licenses"][0]["expression"].removeprefix("LicenseRef-")
    return Component(entry["name"], entry["version"], licence, tuple(folder / text for text in texts))
