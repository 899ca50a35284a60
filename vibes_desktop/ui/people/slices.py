"""Much small work on widgets, done in slices that leave the window alive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

SLICE_MS = 8


class Slices(QObject):
    """Runs steps one after another, a few at each turn of the event loop."""

    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[Callable[[], object]] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._run_some)

    @property
    def is_running(self) -> bool:
        """Tell whether steps are left."""
        return self._timer.isActive()

    def run(self, steps: Iterable[Callable[[], object]]) -> None:
        """Run these steps soon, in place of those that are left."""
        self._steps = iter(steps)
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._timer.stop()
        self._steps = iter(())

    def finish(self) -> None:
        """Run what is left now."""
        if self.is_running:
            self._timer.stop()
            for step in self._steps:
                step()
            self.done.emit()

    def _run_some(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for step in self._steps:
            step()
            if clock.elapsed() >= SLICE_MS:
                return
        self._timer.stop()
        self.done.emit()
