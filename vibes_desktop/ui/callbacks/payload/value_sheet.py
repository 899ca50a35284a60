"""The sheet with one value in full."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.callbacks.payload.code_view import CodeView
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.plain import one_line
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

HEIGHT = 300
SHOWN_CHARACTERS = 200_000


class ValueSheet(SheetDialog):
    """A value that is too long for its row."""

    copy_wanted = Signal(str, str)

    def __init__(self, path: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(one_line(path), parent=parent)
        self.view = CodeView("The value")
        self.view.setMinimumHeight(HEIGHT)
        self.view.set_text(text[:SHOWN_CHARACTERS])
        self.add(self.view)
        if len(text) > SHOWN_CHARACTERS:
            self.set_note(f"The first {SHOWN_CHARACTERS:,} of {len(text):,} characters are shown.")
        self.add_button(button("Copy value", on_click=lambda: self.copy_wanted.emit(text, "value")))
        self.set_default(self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject)))
        self.finished.connect(self.deleteLater)
