from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.date_editor import Calendar, DateEditor
from vibes_desktop.ui.people.popup_frame import PopupFrame
from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.buttons import Button

Shown = Callable[[QWidget], QWidget]
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(in_window: Shown) -> DateEditor:
    """Return the editor of a day that was opened, with the cursor in it."""
    made = DateEditor("birthday")
    made.original = "1990-12-31T00:00:00Z"
    made.show_value(made.original)
    in_window(made)
    made.edit.setFocus()
    return made


@pytest.fixture
def told(editor: DateEditor) -> list[object]:
    """Return what the editor told."""
    values: list[object] = []
    editor.edited.connect(values.append)
    editor.unfinished.connect(lambda text, _problem: values.append((text,)))
    return values


def calendar_of(editor: DateEditor, qtbot: QtBot) -> Calendar:
    """Open the calendar by its key."""
    QTest.keyClick(editor.edit, Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), PopupFrame))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PopupFrame)
    assert isinstance(popup.content, Calendar)
    return popup.content


def days_of(calendar: Calendar) -> QWidget:
    """Return what takes the calendar's keys."""
    days = calendar.focusProxy()
    assert days is not None
    return days


def typed(editor: DateEditor, text: str) -> None:
    """Type over what stands there."""
    editor.edit.selectAll()
    QTest.keyClicks(editor.edit, text)


def test_a_typed_day_keeps_the_spelling_that_the_platform_used(
    editor: DateEditor, told: list[object]
) -> None:
    assert editor.edit.text() == "1990-12-31"
    typed(editor, "1990-12-30")
    assert told.pop() == "1990-12-30T00:00:00Z"
    typed(editor, "1990-12-31")
    assert told.pop() == "1990-12-31T00:00:00Z"


def test_what_is_no_day_is_unfinished(editor: DateEditor, told: list[object]) -> None:
    typed(editor, "1990-02-30")
    assert told[-1] == ("1990-02-30",)


def test_a_day_is_picked_with_the_arrow_keys_and_enter(
    editor: DateEditor, told: list[object], qtbot: QtBot
) -> None:
    calendar = calendar_of(editor, qtbot)
    assert calendar.selectedDate() == QDate(1990, 12, 31)
    qtbot.waitUntil(days_of(calendar).hasFocus)
    QTest.keyClick(days_of(calendar), Qt.Key.Key_Left)
    assert told == []
    QTest.keyClick(days_of(calendar), Qt.Key.Key_Return)
    assert told == ["1990-12-30T00:00:00Z"]
    assert editor.edit.text() == "1990-12-30"
    assert QApplication.activePopupWidget() is None


def test_the_calendar_begins_today_where_no_day_stands(editor: DateEditor, qtbot: QtBot) -> None:
    typed(editor, "soon")
    today = QDate.currentDate()
    calendar = calendar_of(editor, qtbot)
    assert calendar.selectedDate() in {today, QDate.currentDate()}
    QTest.keyClick(days_of(calendar), Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_a_read_only_date_opens_no_calendar(editor: DateEditor) -> None:
    editor.set_read_only(True)
    QTest.keyClick(editor.edit, Qt.Key.Key_Down, ALT)
    editor.open_calendar()
    assert QApplication.activePopupWidget() is None
    button = editor.findChild(Button)
    assert isinstance(button, Button)
    assert not button.isEnabled()


def test_the_button_and_the_calendar_are_named_and_tab_passes_the_button_by(
    editor: DateEditor, qtbot: QtBot
) -> None:
    button = editor.findChild(Button)
    assert isinstance(button, Button)
    assert button.accessibleName() == "Pick birthday from a calendar (Alt+Down)"
    assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
    calendar = calendar_of(editor, qtbot)
    assert calendar.accessibleName() == "Calendar for birthday"
    names = {each.accessibleName() for each in calendar.findChildren(QToolButton)}
    assert {"Month before", "Month after"} <= names
    QTest.keyClick(days_of(calendar), Qt.Key.Key_Escape)


def test_weekends_are_no_errors(qtbot: QtBot) -> None:
    calendar = Calendar("Calendar")
    qtbot.addWidget(calendar)
    text = active_theme().color(Color.TEXT)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        assert calendar.weekdayTextFormat(day).foreground().color() == text
