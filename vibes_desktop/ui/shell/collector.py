"""Garbage is collected on the window's thread alone.

Python collects cycles on whatever thread happens to allocate; one that held a widget would then be
deleted there, and Qt crashes. So the automatic collector is off, and a timer does its work here.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 250
YOUNG, MIDDLE, OLD = range(3)


class Collector(QObject):
    """Looks four times a second whether a generation has grown past its threshold, as Python itself would."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """Leave what the start has made out of every later look: it stays until the end."""
        gc.freeze()

    def collect(self) -> None:
        """Collect the youngest generations that are due."""
        young, middle, old = gc.get_count()
        if young <= self._thresholds[YOUNG]:
            return
        if old > self._thresholds[OLD] and middle > self._thresholds[MIDDLE]:
            gc.collect(OLD)
        elif middle > self._thresholds[MIDDLE]:
            gc.collect(MIDDLE)
        else:
            gc.collect(YOUNG)
