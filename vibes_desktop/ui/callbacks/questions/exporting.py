"""Writing payloads to a file, in the background: progress and a way out in the status bar."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from vibes_desktop.callbacks.export import Order, export
from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.callbacks.viewer import Rows, Viewer
from vibes_desktop.ui.widgets.progress_line import ProgressLine

TITLE = "Exporting callbacks"


class PayloadExporter(QObject):
    """Writes one file at a time. `told` hears a sentence at the end; errors go to the viewer's `failed`."""

    def __init__(
        self,
        viewer: Viewer,
        progress: Callable[[], ProgressLine | None],
        told: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._progress = progress
        self._told = told
        self._stopper: Stopper | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether a file is being written."""
        return self._stopper is not None

    def stop(self) -> None:
        """Give up what is being written; no file is left."""
        if self._stopper is not None:
            self._stopper.stop()

    def write(self, rows: Rows, path: Path, order: Order) -> None:
        """Write rows; nothing happens while another file is being written."""
        if self.is_busy:
            return
        stopper = self._stopper = Stopper()
        line = self._progress()
        if line is not None:
            line.start(f"Writing {callbacks(len(rows))}", self.stop)
        collection = self._viewer.collection
        report = self._viewer.bridge.reporter(self._show, self)

        def work() -> bool:
            try:
                export(
                    collection,
                    rows,
                    path,
                    order,
                    lambda done: report(done / max(len(rows), 1)),
                    stopper.check,
                )
            except Stopped:
                return False
            return True

        self._viewer.bridge.start(
            asyncio.to_thread(work),
            lambda is_complete: self._done(len(rows), path, is_complete=is_complete),
            self._failed,
            title=TITLE,
            owner=self,
        )

    def _show(self, fraction: float) -> None:
        line = self._progress()
        if line is not None and self.is_busy:
            line.set_fraction(fraction)

    def _done(self, count: int, path: Path, *, is_complete: bool) -> None:
        self._end()
        self._told(
            f"{callbacks(count)} written to {path}" if is_complete else "Export stopped; no file was written."
        )

    def _failed(self, error: VibesDesktopError) -> None:
        self._end()
        self._viewer.failed.emit(error)

    def _end(self) -> None:
        self._stopper = None
        line = self._progress()
        if line is not None:
            line.stop()
