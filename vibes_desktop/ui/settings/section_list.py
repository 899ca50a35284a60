"""The sections of the settings, to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from vibes_desktop.ui.theme import load_measures


class SectionList(QListWidget):
    """A short list: arrows and letters choose, Enter or Right goes into the section."""

    entered = Signal()

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Sections of the settings")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        height = load_measures().table_row
        for title in titles:
            QListWidgetItem(title, self).setSizeHint(QSize(0, height))
        self.setCurrentRow(0)
        self.setFixedHeight(len(titles) * height)
        self.itemActivated.connect(self.entered)
