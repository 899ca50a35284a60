"""Events that were delivered more than once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.payload.redeliveries_sheet import RedeliveriesSheet
from vibes_desktop.ui.callbacks.viewer import Viewer

Show = Callable[..., PayloadPane]
Event = Callable[..., dict[str, object]]


def received(minute: int, body: object) -> dict[str, object]:
    """Wrap a payload as an endpoint logs it."""
    return {"received": f"2017-02-18T15:{minute:02}:00Z", "body": body}


def open_sheet(pane: PayloadPane, qtbot: QtBot) -> RedeliveriesSheet:
    sheet = pane.deeds.open_redeliveries()
    qtbot.waitUntil(lambda: bool(sheet._note.text()))
    return sheet


def lines(sheet: RedeliveriesSheet) -> list[str]:
    return [sheet.model.line(row) for row in range(sheet.model.rowCount())]


def delivery_lines(sheet: RedeliveriesSheet) -> list[str]:
    model = sheet.deliveries_model
    return [model.line(row) for row in range(model.rowCount())]


def test_each_event_has_its_deliveries_with_gaps(show: Show, removal: Event, qtbot: QtBot) -> None:
    sheet = open_sheet(
        show(received(35, removal(1)), received(39, removal(2)), removal(event_id="alone")), qtbot
    )
    assert lines(sheet) == ["E1\tsubscription_removed\t2\t1, 2\t4 min\tthe same"]
    assert delivery_lines(sheet) == [
        "2017-02-18 15:35:00\t1\t\tthe same\tshown.ndjson, 1",
        "2017-02-18 15:39:00\t2\t4 min\tthe same\tshown.ndjson, 2",
    ]
    assert sheet._note.text() == "1 event"
    sheet.reject()


def test_another_body_is_a_conflict(show: Show, removal: Event, qtbot: QtBot) -> None:
    sheet = open_sheet(show(removal(1), removal(1, more="x")), qtbot)
    assert lines(sheet)[0].endswith("\tnot told\tdiffers: conflict")
    sheet.reject()


def test_a_delivery_is_shown_by_enter(show: Show, removal: Event, viewer: Viewer, qtbot: QtBot) -> None:
    sheet = open_sheet(show(removal(1), removal(2)), qtbot)
    sheet.deliveries.go_to(1)
    QTest.keyClick(sheet.deliveries, Qt.Key.Key_Return)
    assert viewer.current == 1
    assert not sheet.isVisible()


def test_only_those_of_the_question_are_shown(
    show: Show, removal: Event, viewer: Viewer, qtbot: QtBot
) -> None:
    pane = show(*(removal(attempt, event_id=name) for name in ("E1", "E2") for attempt in (1, 2)))
    with qtbot.waitSignal(viewer.answered):
        viewer.ask("event:E2")
    sheet = open_sheet(pane, qtbot)
    assert [line.split("\t")[0] for line in lines(sheet)] == ["E2"]
    sheet.reject()


def test_it_says_when_there_is_none(show: Show, removal: Event, qtbot: QtBot) -> None:
    sheet = open_sheet(show(removal()), qtbot)
    assert sheet.nothing.isVisible()
    assert sheet.deliveries_model.rowCount() == 0
    sheet.reject()


def test_it_closes_when_others_are_opened(show: Show, removal: Event, viewer: Viewer, qtbot: QtBot) -> None:
    sheet = open_sheet(show(removal(1), removal(2)), qtbot)
    with qtbot.waitSignal(sheet.finished):
        viewer.close()
