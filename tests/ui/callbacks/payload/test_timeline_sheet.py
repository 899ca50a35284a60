"""Everything about one person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.compare import Change, Difference
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.payload.timeline_sheet import TimelineSheet, change_words
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import Privacy

Show = Callable[..., PayloadPane]
Event = Callable[..., dict[str, object]]
Timeline = Callable[..., TimelineSheet]


def state(day: int, tier: str, **more: object) -> dict[str, object]:
    """Make a person_updated."""
    person = {
        "person_id": "ABC123",
        "external_person_id": "ex1234",
        "mobile_phone": {"mdn": "+13125550143"},
        "custom_fields": {"tier": tier, **more},
    }
    return {
        "event_id": f"S{day}",
        "event_date": f"2017-01-{day:02}T00:00:00Z",
        "callback_type": "person_updated",
        "person": person,
    }


@pytest.fixture
def timeline(show: Show, qtbot: QtBot) -> Timeline:
    """Return a function that opens the sheet for the first of these payloads."""

    def open_sheet(*payloads: object) -> TimelineSheet:
        sheet = show(*payloads).deeds.open_timeline()
        assert sheet is not None
        qtbot.waitUntil(lambda: bool(sheet.names.text()))
        return sheet

    return open_sheet


def column(sheet: TimelineSheet, place: int) -> list[str]:
    return [sheet.model.line(row).split("\t")[place] for row in range(sheet.model.rowCount())]


def test_all_of_the_person_is_shown_in_order_of_time(timeline: Timeline, removal: Event) -> None:
    other = removal(event_id="E2")
    other["subscription"] = {"person": {"external_id": "somebody else"}}
    sheet = timeline(removal(), state(20, "gold"), state(10, "silver"), other)
    assert column(sheet, 0) == ["2017-01-10 00:00:00", "2017-01-20 00:00:00", "2017-02-18 15:34:52"]
    assert column(sheet, 3) == ["", 'tier: "silver" → "gold"', ""]
    assert sheet.windowTitle() == "Everything about one person · 3 callbacks"
    assert sheet.table.currentIndex().row() == 2
    sheet.reject()


def test_the_identifiers_that_join_are_named(timeline: Timeline, removal: Event, viewer: Viewer) -> None:
    sheet = timeline(removal(), state(1, "gold"))
    assert sheet.names.text() == (
        "Person ID (old) ABC123 (2) · External ID ex1234 (2) · Mobile number +13125550143 (2)"
    )
    viewer.privacy.set_masking(True)
    assert "ex1234" not in sheet.names.text()
    assert "0143" not in sheet.names.text()
    sheet.reject()


def test_who_shares_a_number_can_be_told_apart(timeline: Timeline, removal: Event, qtbot: QtBot) -> None:
    other = removal(event_id="E2")
    other["subscription"] = {"person": {"id": "XYZ", "mobile_phone": {"mdn": "+13125550143"}}}
    sheet = timeline(removal(), other)
    assert sheet.doubt.isVisible()
    assert sheet.model.rowCount() == 2
    sheet.by_number.click()
    qtbot.waitUntil(lambda: sheet.model.rowCount() == 1)
    assert not sheet.doubt.isVisible()
    sheet.reject()


def test_enter_shows_that_payload(timeline: Timeline, removal: Event, viewer: Viewer) -> None:
    sheet = timeline(removal(), state(10, "silver"))
    QTest.keyClick(sheet.table, Qt.Key.Key_Up)
    assert sheet.detail.text().startswith("+1 312 555 0143 was updated on 10 Jan 2017")
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert viewer.current == 1
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Difference("custom_fields.tier", Change.CHANGED, "a", "b"), 'tier: "a" → "b"'),
        (Difference("timezone", Change.ADDED, None, "x"), 'timezone: added "x"'),
        (Difference("custom_fields.n", Change.REMOVED, 5), "n: removed, was 5"),
    ],
)
def test_a_change_is_written_in_words(found: Difference, words: str) -> None:
    assert change_words(found, Privacy()) == words


def test_a_change_of_a_custom_field_is_hidden() -> None:
    found = Difference("custom_fields.tier", Change.CHANGED, "silver", "golden")
    assert change_words(found, Privacy(is_masking=True)) == 'tier: "s•••" → "g•••"'
