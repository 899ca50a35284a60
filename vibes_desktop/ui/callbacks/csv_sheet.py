"""Choosing the column of a CSV file that holds the payloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.fields import ComboBox
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 480


class CsvSheet(SheetDialog):
    """One choice; the files are opened again with it."""

    def __init__(
        self, name: str, titles: Sequence[str], chosen: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__("Which column holds the payloads?", width=WIDTH, parent=parent)
        self.column = ComboBox("Column with the payloads", titles)
        self.add(plain_label(f"{PurePath(name).name} has {len(titles):,} columns.", wrap=True))
        self.add(self.column)
        words = "Usual names, such as body, payload or message, are found without asking."
        self.add(plain_label(words, TextRole.MUTED, wrap=True))
        self.add_button(button("Cancel", on_click=self.reject))
        open_button = self.add_button(button("Open again", ButtonRole.PRIMARY, on_click=self.accept))
        self.set_default(open_button)
        self.column.setFocus()
        self.accepted.connect(lambda: chosen(self.column.currentText()))
        self.finished.connect(self.deleteLater)
