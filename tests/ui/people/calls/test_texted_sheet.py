"""The page of what is known about a text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.texted import NOT_HOW, Event, Source, TextedPage, WayIn
from vibes_desktop.ui.people.calls.texted_sheet import EVENTS_SHOWN, TextedSheet
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times, Zone

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PERSON = Person(
    obj(
        person_key="key-1",
        external_person_id="CRM-77",
        mobile_phone=obj(mdn="+12065550143"),
        custom_fields=obj(first_name="Anastasia"),
    )
)
EVENT = Event(Source.PLATFORM, NOON, "They joined Deals.", NOT_HOW)
PAGE = TextedPage(PERSON, NOON, ("On one list.",), (EVENT,), (WayIn("Deals"),), ("Something.",))


@pytest.fixture
def sheet(profile: Profile, qtbot: QtBot) -> TextedSheet:
    made = TextedSheet(PERSON, profile, Privacy(), Times(zone=Zone.UTC))
    qtbot.addWidget(made)
    return made


def words(sheet: TextedSheet) -> list[str]:
    return [label.accessibleName() or label.text() for label in sheet.findChildren(QLabel)]


def test_every_part_is_in_sight_with_its_gap(sheet: TextedSheet) -> None:
    assert not sheet.print_button.isEnabled()
    sheet.show_page(PAGE)
    for part in ("On one list.", "They joined Deals.", NOT_HOW, "2026-03-04 12:00:00", "Something."):
        assert part in words(sheet)
    assert sheet.print_button.isEnabled()
    assert "They joined Deals." in sheet.text


def test_hiding_and_another_zone_redraw_it(profile: Profile, qtbot: QtBot) -> None:
    privacy, times = Privacy(), Times(zone=Zone.UTC)
    sheet = TextedSheet(PERSON, profile, privacy, times)
    qtbot.addWidget(sheet)
    sheet.show_page(PAGE)
    privacy.set_masking(True)
    for secret in ("Anastasia", "CRM-77", "0143"):
        assert secret not in sheet.text
    times.set_zone(Zone.BOTH)
    assert "UTC)" in sheet.text


def test_many_events_end_in_a_count(sheet: TextedSheet) -> None:
    many = TextedPage(PERSON, NOON, (), (EVENT,) * (EVENTS_SHOWN + 1), (), ())
    sheet.show_page(many)
    assert any("And 1 more" in each for each in words(sheet))
    assert sheet.text.count("They joined Deals.") == EVENTS_SHOWN + 1


def test_the_keys_scroll_it(sheet: TextedSheet, qtbot: QtBot) -> None:
    sheet.show_page(replace(PAGE, events=(EVENT,) * 60))
    sheet.resize(860, 500)
    sheet.show()
    bar = sheet._page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    QTest.keyClick(sheet.print_button, Qt.Key.Key_PageDown)
    assert 0 < bar.value() < bar.maximum()
    QTest.keyClick(sheet.print_button, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(sheet.print_button, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(sheet.print_button, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_trouble_has_three_sentences(sheet: TextedSheet) -> None:
    assert sheet.text == ""
    sheet.show_problem(InvalidInput("No", "Do this.", done="Nothing."))
    assert sheet.notice.text == "No\nNothing.\nDo this."
    sheet.show_page(PAGE)
    sheet.tell("Exported", "There.")
    assert sheet.notice.text == "Exported\nThere."


def test_each_button_gives_the_whole_text(sheet: TextedSheet) -> None:
    sheet.show_page(PAGE)
    given: list[str] = []
    for signal in (sheet.print_requested, sheet.export_requested, sheet.copy_requested):
        signal.connect(given.append)
    for made in (sheet.print_button, sheet.export_button, sheet.copy_button):
        made.click()
    assert given == [sheet.text] * 3
