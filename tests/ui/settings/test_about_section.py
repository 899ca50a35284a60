"""What the program says of itself."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop import __version__
from vibes_desktop.ui.settings.about_section import PARTS, AboutSection
from vibes_desktop.ui.widgets.buttons import CopyButton


def _texts(section: AboutSection) -> str:
    return "\n".join(label.text() for label in section.findChildren(QLabel))


def test_the_versions_are_read_when_it_comes_into_view(qtbot: QtBot) -> None:
    section = AboutSection()
    qtbot.addWidget(section)
    assert __version__ not in _texts(section)
    section.activate()
    section.activate()
    assert _texts(section).count(f"Vibes Desktop {__version__}") == 1
    for part in PARTS:
        assert metadata.version(part.package) in _texts(section)


def test_version_and_system_can_be_copied(qtbot: QtBot) -> None:
    section = AboutSection()
    qtbot.addWidget(section)
    section.activate()
    [copy] = section.findChildren(CopyButton)
    copy.click()
    assert QGuiApplication.clipboard().text().startswith(f"Vibes Desktop {__version__}\n")
