"""Fields: where values are typed or chosen, with their state in view."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QSpinBox, QWidget

from vibes_desktop.ui.theme import load_measures, set_style_property
from vibes_desktop.ui.widgets.focus_frame import FocusFrame
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole


class FieldLook(StrEnum):
    """How a field looks."""

    PLAIN = "plain"
    CHANGED = "changed"
    BAD = "bad"
    LOCKED = "locked"


class FieldBox(FocusFrame):
    """One framed field: something in front (a pill, a lock), the editor, and a note at the end.

    The frame shows the focus and the state; the editor inside has no frame of its own.
    """

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("field", parent)
        self.editor = editor
        self._lead: QWidget | None = None
        self._note: ElidedLabel | None = None
        self.setMinimumHeight(load_measures().field_height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(editor)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(6, 0, 6, 0)
        self._line.setSpacing(8)
        self._line.addWidget(editor, 1)

    def set_look(self, look: FieldLook) -> None:
        """Look otherwise from now on."""
        set_style_property(self, "state", look.value)

    def set_note(self, text: str) -> None:
        """Say something small at the end of the field, such as what it was before; empty for nothing."""
        if self._note is None:
            if not text:
                return
            self._note = ElidedLabel(role=TextRole.SMALL_MUTED)
            self._line.addWidget(self._note)
        self._note.set_full_text(text)
        self._note.setVisible(bool(text))

    def set_lead(self, widget: QWidget | None) -> None:
        """Put a widget in front of the editor, in place of the one before."""
        if self._lead is not None:
            self._line.removeWidget(self._lead)
            self._lead.hide()
            self._lead.deleteLater()
        self._lead = widget
        if widget is not None:
            self._line.insertWidget(0, widget)

    def add_trailing(self, widget: QWidget) -> None:
        """Add a widget at the end, such as a link."""
        self._line.addWidget(widget)


def bare_edit(
    accessible_name: str, text: str = "", *, mono: bool = False, placeholder: str = ""
) -> QLineEdit:
    """Make a line edit for a FieldBox: without a frame of its own."""
    edit = line_edit(accessible_name, text, mono=mono, placeholder=placeholder)
    edit.setProperty("role", "bare")
    return edit


def line_edit(
    accessible_name: str, text: str = "", *, mono: bool = False, placeholder: str = ""
) -> QLineEdit:
    """Make a line edit with its own frame."""
    edit = QLineEdit(text)
    edit.setAccessibleName(accessible_name)
    edit.setPlaceholderText(placeholder)
    if mono:
        edit.setProperty("mono", True)
    return edit


class ComboBox(QComboBox):
    """A choice of one; the wheel scrolls the page and leaves the choice alone unless it has the focus."""

    def __init__(
        self,
        accessible_name: str,
        items: Sequence[str] = (),
        *,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        # On Linux Qt hands a choice's value out for its name, which would then be heard nowhere.
        self.setAccessibleDescription(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if bare:
            self.setProperty("role", "bare")
        self.addItems(list(items))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberBox(QSpinBox):
    """A whole number with its unit; arrow keys step, the wheel does so only with the focus."""

    def __init__(
        self,
        accessible_name: str,
        lowest: int,
        highest: int,
        *,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(lowest, highest)
        self.setGroupSeparatorShown(True)
        self.setSuffix(f" {unit}" if unit else "")
        self.lineEdit().setTextMargins(6, 0, 6, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
