"""What this program is, in which version, and whose work is in it."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from vibes_desktop import __version__
from vibes_desktop.ui.settings.section import Section, explanation
from vibes_desktop.ui.widgets.buttons import CopyButton
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.form import FormGrid, value_row
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

OWN_LICENCE = "Vibes Desktop is free software under the MIT licence. It comes without any warranty."
UNKNOWN_VERSION = "version unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody else's work that is part of the program. `package` is its name as installed."""

    package: str
    licence: str
    purpose: str


PARTS = (
    Part("PySide6-Essentials", "LGPL 3", "Qt, the window"),
    Part("httpx", "BSD 3-Clause", "calls to the platform"),
    Part("h11", "MIT", "HTTP"),
    Part("truststore", "MIT", "the system's certificates"),
    Part("keyring", "MIT", "the system's keyring"),
    Part("phonenumbers", "Apache 2.0", "mobile numbers"),
    Part("msgspec", "BSD 3-Clause", "reading JSON quickly"),
    Part("platformdirs", "MIT", "where files belong"),
    Part("QtAwesome", "MIT", "the Phosphor icons (MIT)"),
)


class AboutSection(Section):
    """Read when it comes into view first: looking up versions takes a moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("About", parent)
        self._is_filled = False

    def activate(self) -> None:
        if self._is_filled:
            return
        self._is_filled = True
        self.add(self._program())
        self.add(self._parts())

    def _program(self) -> Card:
        card = Card("This program", ruled=True)
        rows = FormGrid()
        version, system = f"Vibes Desktop {__version__}", _system()
        label = plain_label(version, selectable=True)
        rows.add_row(value_row("Version", label, CopyButton("version", f"{version}\n{system}")))
        rows.add_row(value_row("Runs on", plain_label(system, selectable=True)))
        rows.add_row(value_row("Licence", plain_label("MIT")))
        card.add(rows)
        words = explanation(OWN_LICENCE)
        words.setContentsMargins(15, 0, 15, 12)
        card.add(words)
        return card

    def _parts(self) -> Card:
        card = Card("Work of others in it", ruled=True)
        rows = FormGrid()
        for part in PARTS:
            words = plain_label(f"· {_version(part.package)} · {part.purpose}", TextRole.SMALL_MUTED)
            rows.add_row(value_row(part.package, plain_label(part.licence), words))
        card.add(rows)
        return card


def _system() -> str:
    return f"{platform.system()} {platform.release()} · Python {platform.python_version()} · Qt {qVersion()}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a packaged program need not carry it
        return UNKNOWN_VERSION
