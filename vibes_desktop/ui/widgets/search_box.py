"""The search box: one tall field with a glass, room for a choice, and its key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.widgets.focus_frame import FocusFrame
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.key_hint import KeyHint

GLASS = 18


class SearchBox(FocusFrame):
    """A tall field; `submitted` tells its text when Enter is pressed, never by key repeat."""

    submitted = Signal(str)
    text_changed = Signal(str)  # on every edit, also from code

    def __init__(
        self,
        accessible_name: str,
        placeholder: str = "",
        *,
        key: str = "Enter",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("search", parent)
        self.edit = _Edit()
        self.edit.setAccessibleName(accessible_name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setProperty("role", "bare")
        self.edit.setProperty("text_size", "search")
        self.edit.textChanged.connect(self.text_changed)
        self.edit.submitted.connect(lambda: self.submitted.emit(self.edit.text()))
        self.setFocusProxy(self.edit)
        self.setFixedHeight(load_measures().search_height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(10, 0, 10, 0)
        self._line.setSpacing(10)
        self._line.addWidget(IconLabel(Icon.SEARCH, size=GLASS))
        self._line.addWidget(self.edit, 1)
        self._trailing_at = 2
        if key:
            self._line.addWidget(KeyHint(key))

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a text in and select it, so that typing replaces it."""
        self.edit.setText(text)
        self.edit.selectAll()

    def add_trailing(self, widget: QWidget) -> None:
        """Put a widget between the text and the key: the recognised kind, a count."""
        self._line.insertWidget(self._trailing_at, widget)
        self._trailing_at += 1


class _Edit(QLineEdit):
    """A line edit that is submitted by Enter once per press."""

    submitted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _chorded(event):
            event.accept()
            if not event.isAutoRepeat():
                self.submitted.emit()
            return
        super().keyPressEvent(event)


def _chorded(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
