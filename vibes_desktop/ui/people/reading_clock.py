"""Tells how old the reading of the record is."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 1_000
SECONDS_IN_WORDS = 90  # after that, minutes


class ReadingClock(QObject):
    """Speaks once a second while a record is in view."""

    words = Signal(str)  # "Read 2 s ago · 84 ms"; empty while no record is in view

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._read_at: float | None = None
        self._milliseconds = 0
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._tell)

    def start(self, milliseconds: int = 0) -> None:
        """Begin at a reading that took so long; 0 where that wasn't measured."""
        self._read_at, self._milliseconds = time.monotonic(), milliseconds
        self.show(in_view=True)

    def stop(self) -> None:
        """Forget the reading."""
        self._read_at = None
        self.show(in_view=False)

    def show(self, *, in_view: bool) -> None:
        """Speak, or be silent while the record is not in view."""
        if in_view and self._read_at is not None:
            self._tick.start()
            self._tell()
        elif self._tick.isActive():
            self._tick.stop()
            self.words.emit("")

    def _tell(self) -> None:
        seconds = round(time.monotonic() - (self._read_at or 0.0))
        ago = f"{seconds} s" if seconds < SECONDS_IN_WORDS else f"{seconds // 60:,} min"
        took = f" · {self._milliseconds:,} ms" if self._milliseconds else ""
        self.words.emit(f"Read {ago} ago{took}")
