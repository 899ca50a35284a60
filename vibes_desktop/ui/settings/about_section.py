"""What this program is, in which version, and whose work is in it."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from vibes_desktop import __version__
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.ui.settings.components import Component, licences_dir, read_components
from vibes_desktop.ui.settings.licence_sheet import LicenceSheet
from vibes_desktop.ui.settings.section import Section, explanation
from vibes_desktop.ui.widgets.buttons import CopyButton, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import line_edit
from vibes_desktop.ui.widgets.form import FormGrid, value_row
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.vibes.news import checked_address

OWN_LICENCE = "Vibes Desktop is free software under the MIT licence. It comes without any warranty."
UNKNOWN_VERSION = "version unknown"
NEWS = (
    "Left empty, the program asks nowhere. With an address, it asks there once at each start which version is"
    " the newest, says so at the bottom of the window, and installs nothing. The address should answer with"
    ' JSON such as {"version": "1.2.3"}.'
)


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
    Part("json_repair", "MIT", "reading broken JSON"),
    Part("numpy", "BSD 3-Clause", "columns of callbacks"),
    Part("platformdirs", "MIT", "where files belong"),
    Part("QtAwesome", "MIT", "the Phosphor icons (MIT)"),
)


class AboutSection(Section):
    """Read when it comes into view first: looking up versions takes a moment.

    `on_news_address` is told which address shall be asked for new versions; empty for none.
    """

    def __init__(
        self,
        news_address: str = "",
        on_news_address: Callable[[str], object] | None = None,
        *,
        licences: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("About", parent)
        self._is_filled = False
        self._licences = licences or licences_dir()
        self._on_news_address = on_news_address
        self._told_address = news_address
        self.news_address = line_edit("Address for new versions", placeholder="https://… (optional)")
        self.news_address.setText(news_address)
        self.news_address.editingFinished.connect(self._take_news_address)

    def activate(self) -> None:
        if self._is_filled:
            return
        self._is_filled = True
        self.add(self._program())
        self.add(self._news())
        self.add(self._work_of_others(read_components(self._licences)))

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

    def _news(self) -> Card:
        card = Card("New versions")
        card.add(self.news_address)
        card.add(explanation(NEWS))
        return card

    def _take_news_address(self) -> None:
        try:
            text = self.news_address.text().strip()
            address = checked_address(text) if text else ""
        except InvalidInput as error:
            self.notice.show_problem(error)
            return
        self.notice.hide()
        if self._on_news_address is not None and address != self._told_address:
            self._told_address = address
            self._on_news_address(address)

    def _work_of_others(self, components: tuple[Component, ...]) -> Card:
        card = Card("Work of others in it", ruled=True)
        card.add(self._packaged(components) if components else self._asked_for())
        return card

    def _packaged(self, components: tuple[Component, ...]) -> FormGrid:
        """Everything that is in the packaged program, with its licence's words."""
        rows = FormGrid()
        for component in components:
            show = link_button("Licence", on_click=partial(self._show_licence, component))
            show.setAccessibleName(f"Licence of {component.name}")
            words = plain_label(f"· {component.version}", TextRole.SMALL_MUTED)
            rows.add_row(value_row(component.name, plain_label(component.licence), words, show))
        return rows

    def _show_licence(self, component: Component) -> None:
        LicenceSheet(component, self.window()).open()

    def _asked_for(self) -> FormGrid:
        """What a checkout asks for by itself."""
        rows = FormGrid()
        for part in PARTS:
            words = plain_label(f"· {_version(part.package)} · {part.purpose}", TextRole.SMALL_MUTED)
            rows.add_row(value_row(part.package, plain_label(part.licence), words))
        return rows


def _system() -> str:
    return f"{platform.system()} {platform.release()} · Python {platform.python_version()} · Qt {qVersion()}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a packaged program need not carry it
        return UNKNOWN_VERSION
