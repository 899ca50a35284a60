"""Reads the texts of the rows that are painted, in the background, and keeps the last ones."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Task
from vibes_desktop.ui.callbacks.row_texts import RowTexts, texts_of
from vibes_desktop.ui.callbacks.viewer import Viewer

KEPT_ROWS = 4_000
ROWS_AT_ONCE = 200  # several screens; those that scrolled out of sight meanwhile are asked for again


class RowReader(QObject):
    """Gives what it has; what it hasn't is read, and told when it is there."""

    arrived = Signal()

    def __init__(self, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._kept: dict[int, RowTexts] = {}
        self._missed: dict[int, None] = {}
        self._reading: Task[Mapping[int, RowTexts]] | None = None
        self._ask = QTimer(self, interval=0, singleShot=True)
        self._ask.timeout.connect(self._read)
        viewer.replaced.connect(self._forget)

    def texts(self, row: int) -> RowTexts | None:
        """Give the texts of a row; None where they have yet to be read."""
        found = self._kept.get(row)
        if found is None:
            self._missed[row] = None
            if self._reading is None and not self._ask.isActive():
                self._ask.start()
        return found

    def _forget(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._reading = None
        self._kept.clear()
        self._missed.clear()

    def _read(self) -> None:
        rows = tuple(self._missed)[-ROWS_AT_ONCE:]
        self._missed.clear()
        if not rows:
            return
        work = asyncio.to_thread(texts_of, self._viewer.collection, rows)
        self._reading = self._viewer.bridge.start(work, self._take, self._give_up, owner=self)

    def _take(self, found: Mapping[int, RowTexts]) -> None:
        self._reading = None
        self._kept.update(found)
        for surplus in list(self._kept)[: max(len(self._kept) - KEPT_ROWS, 0)]:
            del self._kept[surplus]
        self.arrived.emit()
        if self._missed:
            self._ask.start()

    def _give_up(self, _error: VibesDesktopError) -> None:
        self._reading = None
