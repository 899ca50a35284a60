"""The sections of the settings, to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QWidget

from vibes_desktop.ui.theme import load_measures

WIDTH = 184


class SectionList(QListWidget):
    """A short list: arrows and letters choose, Enter or Right goes into the section."""

    entered = Signal()

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Sections of the settings")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.addItems(list(titles))
        self.setCurrentRow(0)
        self.setFixedHeight(len(titles) * load_measures().table_row + 2)
        self.itemActivated.connect(self.entered)
