"""Calendars in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton

from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.theme import Color, active_theme


def dress_calendar(calendar: QCalendarWidget) -> None:
    """Give a calendar readable weekends, named arrows and no week numbers."""
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setAccessibleName("Calendar")
    weekend, names = QTextCharFormat(), QTextCharFormat()
    weekend.setForeground(active_theme().color(Color.TEXT))
    names.setForeground(active_theme().color(Color.MUTED))
    names.setBackground(active_theme().color(Color.SURFACE))
    calendar.setHeaderTextFormat(names)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, weekend)
    for name, glyph, words in _ARROWS:
        arrow = calendar.findChild(QToolButton, name)
        if arrow is not None:
            arrow.setIcon(icon(glyph, Color.TEXT))
            arrow.setAccessibleName(words)


_ARROWS = (
    ("qt_calendar_prevmonth", Icon.LEFT, "Month before"),
    ("qt_calendar_nextmonth", Icon.RIGHT, "Next month"),
)


def use_calendar(edit: QDateEdit) -> None:
    """Let a date be picked from a dressed calendar."""
    edit.setCalendarPopup(True)
    dress_calendar(edit.calendarWidget())
