"""What the program says of itself."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from scripts.packing.components import Component
from scripts.packing.folder import add_licences
from vibes_desktop import __version__
from vibes_desktop.ui.settings.about_section import PARTS, AboutSection
from vibes_desktop.ui.settings.licence_sheet import LicenceSheet
from vibes_desktop.ui.widgets.buttons import Button, CopyButton

ADDRESS = "https://it.example.com/newest.json"


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


def test_a_packaged_program_shows_every_component_and_its_licence(qtbot: QtBot, tmp_path: Path) -> None:
    text = tmp_path / "made-1.dist-info" / "LICENSE"
    text.parent.mkdir()
    text.write_text("Do as you like.")
    add_licences(tmp_path, [Component("made", "1.0", "MIT", (text,))], version="0.1.0", time=0)
    section = AboutSection(licences=tmp_path)
    qtbot.addWidget(section)
    section.activate()
    assert "made" in _texts(section)
    assert "· 1.0" in _texts(section)
    [show] = [each for each in section.findChildren(Button) if each.accessibleName() == "Licence of made"]
    show.click()
    [sheet] = section.window().findChildren(LicenceSheet)
    assert sheet.text.toPlainText() == "Do as you like."
    sheet.reject()


def test_an_address_for_new_versions_is_checked_and_handed_on_once(qtbot: QtBot) -> None:
    told: list[str] = []
    section = AboutSection("", told.append)
    qtbot.addWidget(section)
    section.activate()
    for text in (
        "",
        "nonsense",
        " https://it.example.com/newest.json ",
        "https://it.example.com/newest.json",
        "",
    ):
        section.news_address.setText(text)
        section.news_address.editingFinished.emit()
        assert section.notice.isHidden() is (text != "nonsense")
    assert told == [ADDRESS, ""]
