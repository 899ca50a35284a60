"""How much room the kept indexes of large callback files take, and having them cleared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.section import explanation
from vibes_desktop.ui.widgets.amounts import byte_words
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import plain_label

_WHY = (
    "Large files of callbacks open at once the second time, as what was found in them is kept: times, types,"
    " mobile numbers. The files themselves are not touched."
)


class KeptCard(Card):
    """Measures whenever it comes into view."""

    def __init__(
        self,
        bridge: Bridge,
        kept: KeptIndexes,
        failed: Callable[[VibesDesktopError], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Kept indexes", parent=parent)
        self._bridge = bridge
        self._kept = kept
        self._failed = failed
        self.amount = plain_label("")
        self.clear_button = button("Clear kept indexes", on_click=self._clear)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.clear_button)
        line.addWidget(self.amount, 1)
        self.body.addLayout(line)
        self.add(explanation(_WHY))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start(self._kept.size)

    def _clear(self) -> None:
        def clear() -> int:
            self._kept.clear()
            return self._kept.size()

        self._start(clear)

    def _start(self, work: Callable[[], int]) -> None:
        self._bridge.start(asyncio.to_thread(work), self._tell, self._failed, owner=self)

    def _tell(self, size: int) -> None:
        self.amount.setText(f"{byte_words(size)} on this computer" if size else "None are kept.")
        self.clear_button.setEnabled(size > 0)
