"""Asking before something can't be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 560


class ConfirmSheet(SheetDialog):
    """Says what would be done; Cancel has the focus and Enter."""

    def __init__(
        self,
        title: str,
        sentences: Sequence[str],
        action: str,
        on_confirmed: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(title, width=WIDTH, parent=parent)
        for sentence in sentences:
            self.add(plain_label(sentence, wrap=True))
        self.cancel_button = self.add_button(button("Cancel", on_click=self.reject))
        self.confirm_button = self.add_button(button(action, ButtonRole.DANGER, on_click=self.accept))
        self.set_default(self.cancel_button)
        self.accepted.connect(on_confirmed)
        self.finished.connect(self.deleteLater)
