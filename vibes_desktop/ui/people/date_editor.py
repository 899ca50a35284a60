"""The editor of a date: typed as a day of the calendar, or picked from one."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QWidget

from vibes_desktop.model.fields import FieldKind
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.editors import LineEditor
from vibes_desktop.ui.people.popup_place import popup_place
from vibes_desktop.ui.widgets.buttons import icon_button


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
        calendar = _Calendar(self)
        day = QDate.fromString(self.edit.text()[:10], Qt.DateFormat.ISODate)
        calendar.setSelectedDate(day if day.isValid() else QDate.currentDate())
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        calendar.open_at(self.parentWidget() or self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _pick(self, day: QDate) -> None:
        text = day.toString(Qt.DateFormat.ISODate)
        self.edit.setText(text)
        self.on_edited(text)


class _Calendar(QCalendarWidget):
    """The calendar as a popup; a day that is clicked, or Enter, closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setAccessibleName("Calendar")
        self.activated.connect(self.close)
        self.clicked.connect(self.close)

    def open_at(self, field: QWidget) -> None:
        self.adjustSize()
        self.move(popup_place(field, self.size()))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
