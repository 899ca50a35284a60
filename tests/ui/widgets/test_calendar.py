from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDateEdit, QToolButton
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.theme import Color, ThemeName, apply, load_theme
from vibes_desktop.ui.widgets.calendar import dress_calendar, use_calendar


@pytest.mark.parametrize("name", [ThemeName.LIGHT, ThemeName.DARK])
def test_weekends_can_be_read_and_arrows_are_named(qtbot: QtBot, qapp: QApplication, name: ThemeName) -> None:
    apply(qapp, load_theme(name))
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    dress_calendar(calendar)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        assert calendar.weekdayTextFormat(day).foreground().color() == load_theme(name).color(Color.TEXT)
    arrows = {arrow.accessibleName() for arrow in calendar.findChildren(QToolButton)}
    assert {"Month before", "Next month"} <= arrows


def test_a_date_edit_gets_one(qtbot: QtBot) -> None:
    edit = QDateEdit(QDate(1950, 12, 1))
    qtbot.addWidget(edit)
    use_calendar(edit)
    edit.show()
    assert edit.calendarPopup()
    assert edit.calendarWidget().accessibleName() == "Calendar"
    assert edit.height() == 28
