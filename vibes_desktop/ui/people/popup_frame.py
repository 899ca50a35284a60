"""The frame of what opens from a field: a calendar, a list of options."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

GAP = 4


class PopupFrame(QFrame):
    """Holds a widget over the page; Escape, Tab and a click beside it close it."""

    def __init__(self, owner: QWidget, content: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if QGuiApplication.platformName() != "xcb":  # where nobody composes, the corners would be black
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.content = content
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        column.addWidget(content)

    def open_at(self, field: QWidget) -> None:
        """Open below a field, as wide as the content needs."""
        self.adjustSize()
        self.move(popup_place(field, self.size()))
        self.show()
        self.content.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.close()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Leave Tab to `keyPressEvent`."""
        return False


def popup_place(field: QWidget, size: QSize) -> QPoint:
    """Find the place of a popup: below its field, above where the screen ends there, never off the screen."""
    top = field.mapToGlobal(QPoint(0, 0))
    room = field.screen().availableGeometry()
    place = QRect(QPoint(top.x(), top.y() + field.height() + GAP), size)
    if place.bottom() > room.bottom() and top.y() - GAP - size.height() >= room.top():
        place.moveBottom(top.y() - GAP - 1)
    x = max(room.left(), min(place.left(), room.right() + 1 - size.width()))
    y = max(room.top(), min(place.top(), room.bottom() + 1 - size.height()))
    return QPoint(x, y)
