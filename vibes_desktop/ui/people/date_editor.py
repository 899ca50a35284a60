"""The editor of a date: typed as a day of the calendar, or picked from one."""

from __future__ import annotations

from PySide6.QtCore import QDate, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QToolButton

from vibes_desktop.model.fields import FieldKind
from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.people.editors import LineEditor
from vibes_desktop.ui.people.popup_frame import PopupFrame
from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.buttons import icon_button

_ARROWS = (
    ("qt_calendar_prevmonth", "Month before", Icon.LEFT),
    ("qt_calendar_nextmonth", "Month after", Icon.RIGHT),
)


class DateEditor(LineEditor):
    """A line for a date, and a calendar (Alt+Down) to pick it from."""

    def __init__(self, name: str) -> None:
        super().__init__(name, FieldKind.DATE)
        self._button = icon_button(
            Icon.CALENDAR, f"Pick {name} from a calendar (Alt+Down)", on_click=self.open_calendar
        )
        # Alt+Down is its key; Tab goes on to the next field.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.addWidget(self._button)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the text be selected and copied only."""
        super().set_read_only(is_read_only)
        self._button.setEnabled(not is_read_only)

    def open_calendar(self) -> None:
        """Open the calendar at the date that stands in the line, or today."""
        if self.edit.isReadOnly():
            return
        calendar = Calendar(f"Calendar for {self.name}")
        day = QDate.fromString(self.edit.text()[:10], Qt.DateFormat.ISODate)
        calendar.setSelectedDate(day if day.isValid() else QDate.currentDate())
        popup = PopupFrame(self, calendar)
        for picked in (calendar.activated, calendar.clicked):
            picked.connect(self._pick)
            picked.connect(popup.close)
        popup.open_at(self.parentWidget() or self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _pick(self, day: QDate) -> None:
        text = day.toString(Qt.DateFormat.ISODate)
        self.edit.setText(text)
        self.on_edited(text)


class Calendar(QCalendarWidget):
    """A calendar in the theme's colours; Enter and a click pick a day."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        plain.setForeground(active_theme().color(Color.TEXT))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, plain)  # Qt's own red is for errors here
        for part, words, arrow in _ARROWS:
            button = self.findChild(QToolButton, part)
            if button is not None:
                button.setIcon(icon(arrow, Color.TEXT))
                button.setAccessibleName(words)
        days = self.findChild(QAbstractItemView)
        if days is not None:
            self.setFocusProxy(days)

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        if date != self.selectedDate() and date.month() != self.monthShown():
            painter.setPen(active_theme().color(Color.MUTED))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(date.day()))
        else:
            super().paintCell(painter, rect, date)
