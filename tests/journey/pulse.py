"""Listens to the window's pulse: how long its event loop ever paused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 1
KEPT_FROM_MS = 5.0  # shorter pauses are not worth a name


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the window could neither paint nor take a key, and what was going on."""

    milliseconds: float
    during: str


class Pulse(QObject):
    """A timer that should fire every millisecond; the gaps between its beats are the window's pauses.

    What the journey itself does, such as taking pictures, is left out by `aside`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.during = ""
        self.pauses: list[Pause] = []
        self._last = 0.0  # seconds, monotonic; 0 while nobody listens
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Listen from now on."""
        self._last = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Listen no more."""
        self._timer.stop()
        self._last = 0.0

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Leave out what the journey does itself; the pause up to here counts."""
        self._beat()
        try:
            yield
        finally:
            if self._last:
                self._last = time.monotonic()

    def _beat(self) -> None:
        if not self._last:
            return
        now = time.monotonic()
        gap = (now - self._last) * 1000
        self._last = now
        if gap >= KEPT_FROM_MS:
            self.pauses.append(Pause(gap, self.during))
