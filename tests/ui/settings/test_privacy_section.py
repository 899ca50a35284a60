"""What is kept, for how long, and having it forgotten."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import Profile
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.folders import Folders
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.confirm_sheet import ConfirmSheet
from vibes_desktop.ui.settings.privacy_section import PrivacySection
from vibes_desktop.ui.widgets.buttons import Button

KEY = Identifier(IdentifierKind.PERSON_KEY, "c5235a1-e243-42d7-979c-7f6234a21b60")


@dataclass
class Told:
    """What the section told."""

    days: list[int] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    forgotten: int = 0

    def forget(self) -> None:
        """Count."""
        self.forgotten += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def section(
    bridge: Bridge, desk: Desk, demo: Profile, told: Told, tmp_path: Path, qtbot: QtBot
) -> PrivacySection:
    made = PrivacySection(
        bridge,
        desk,
        Folders.under(tmp_path),
        90,
        told.days.append,
        told.forget,
        show_folder=told.folders.append,
    )
    made.set_profile(demo)
    qtbot.addWidget(made)
    made.resize(760, 600)
    made.show()
    return made


def _sheet() -> ConfirmSheet:
    [sheet] = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, ConfirmSheet) and widget.isVisible()
    ]
    return sheet


def _wait(section: PrivacySection, bridge: Bridge, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: section.notice.isVisible() and not bridge.running)
    return section.notice.text


def test_days_are_told_once_they_are_typed(section: PrivacySection, told: Told) -> None:
    section.days.selectAll()
    QTest.keyClicks(section.days, "30")
    assert told.days == []
    QTest.keyClick(section.days, Qt.Key.Key_Return)
    assert told.days == [30]


def test_deleting_older_ones_asks_first_with_cancel_as_the_answer_at_hand(
    section: PrivacySection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.expire_button.click()
    sheet = _sheet()
    assert sheet.cancel_button.isDefault()
    qtbot.waitUntil(lambda: not bridge.running)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not bridge.running
    section.expire_button.click()
    _sheet().confirm_button.click()
    assert _wait(section, bridge, qtbot).startswith("Nothing to delete")


def test_recent_people_are_cleared(
    section: PrivacySection, bridge: Bridge, desk: Desk, demo: Profile, told: Told, qtbot: QtBot
) -> None:
    desk.recents.touch(demo.id, KEY)
    section.clear_button.click()
    assert _wait(section, bridge, qtbot) == "Recent people cleared"
    assert told.forgotten == 1
    assert desk.recents.list(demo.id) == ()


def test_without_a_profile_there_are_no_recent_people_to_clear(section: PrivacySection) -> None:
    section.set_profile(None)
    assert not section.clear_button.isEnabled()


def test_a_person_is_forgotten_by_an_identifier(
    section: PrivacySection, bridge: Bridge, desk: Desk, demo: Profile, qtbot: QtBot
) -> None:
    desk.recents.touch(demo.id, KEY)
    section.kind.setCurrentText(IdentifierKind.PERSON_KEY.label)
    QTest.keyClicks(section.who, KEY.value)
    QTest.keyClick(section.who, Qt.Key.Key_Return)
    sheet = _sheet()
    assert f"Person key: {KEY.value}" in [label.text() for label in sheet.findChildren(QLabel)]
    sheet.confirm_button.click()
    assert "1 recent entry." in _wait(section, bridge, qtbot)
    assert desk.recents.list(demo.id) == ()
    assert section.who.text() == ""


def test_what_is_no_identifier_is_refused_at_once(section: PrivacySection, qtbot: QtBot) -> None:
    section.forget_button.click()
    assert section.notice.isVisible()
    assert section.notice.text.splitlines()[0]


def test_the_folders_are_named_and_opened(section: PrivacySection, told: Told, tmp_path: Path) -> None:
    folders = Folders.under(tmp_path)
    texts = [label.toolTip() + label.accessibleName() for label in section.findChildren(QLabel)]
    assert any(str(folders.desk_file) in text for text in texts)
    buttons = section.findChildren(Button)
    for button in buttons:
        if button.accessibleName().startswith("Open the folder"):
            button.click()
    assert told.folders == [folders.data, folders.config, folders.state, folders.cache]
