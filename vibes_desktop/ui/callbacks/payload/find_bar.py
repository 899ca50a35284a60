"""The bar in which a text is looked for inside one payload."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import icon_button
from vibes_desktop.ui.widgets.fields import line_edit
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

TYPING_MS = 120  # a search begins when the typing rests


class FindBar(QWidget):
    """What to find, how often it is there, and the way from one place to the next."""

    wanted = Signal(str)
    stepped = Signal(int)  # 1 for the next place, -1 for the one before
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = line_edit("Find in this payload", placeholder="Find in this payload")
        self.count = plain_label("", TextRole.SMALL_MUTED)
        self._rest = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._rest.timeout.connect(lambda: self.wanted.emit(self.edit.text()))
        self.edit.textChanged.connect(lambda _text: self._rest.start())
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 14, 0)
        line.setSpacing(4)
        line.addWidget(self.edit, 1)
        line.addWidget(self.count)
        for name, words, step in ((Icon.UP, "Previous place", -1), (Icon.DOWN, "Next place", 1)):
            line.addWidget(icon_button(name, words, on_click=partial(self.stepped.emit, step)))
        line.addWidget(icon_button(Icon.CLOSE, "Close the search", on_click=self.close_bar))
        self.hide()

    @property
    def needle(self) -> str:
        """What is looked for; empty while the bar is closed."""
        return self.edit.text() if not self.isHidden() else ""

    def set_masking(self, is_masking: bool) -> None:
        """Hide what is typed, or show it."""
        self.edit.setEchoMode(QLineEdit.EchoMode.Password if is_masking else QLineEdit.EchoMode.Normal)

    def open_bar(self) -> None:
        """Show the bar, with what was typed selected."""
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        if self.edit.text():
            self.wanted.emit(self.edit.text())

    def close_bar(self) -> None:
        """Hide the bar, and find nothing any more."""
        self._rest.stop()
        self.hide()
        self.wanted.emit("")
        self.closed.emit()

    def show_count(self, place: int, of: int, *, is_all: bool = True) -> None:
        """Say which of how many places is looked at; `place` counts from 1."""
        if not self.edit.text():
            self.count.setText("")
        elif not of:
            self.count.setText("Not found")
        else:
            self.count.setText(f"{place:,} of {of:,}{'' if is_all else '+'}")

    def show_looking(self) -> None:
        """Say that it takes a while."""
        self.count.setText("Looking…")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._rest.isActive():
                self._rest.stop()
                self.wanted.emit(self.edit.text())
            else:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
