"""Exporting the history: ask where, write in the background, say where it was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.change import ChangeId
from vibes_desktop.model.errors import Cancelled, VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.history.reading import Export, Exported, ExportFormat, HistoryReader
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.file_dialog import ask_where_to_save
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine

FILTERS = ("CSV, for a spreadsheet (*.csv)", "JSON (*.json)")


class Exporter(QObject):
    """Writes changes to a file that the person chooses; one at a time."""

    def __init__(
        self,
        bridge: Bridge,
        reader: HistoryReader,
        notice: Notice,
        progress: ProgressLine,
        on_busy: Callable[[bool], object],
        parent: QWidget,
        privacy: Privacy | None = None,
    ) -> None:
        super().__init__(parent)
        self._privacy = privacy or Privacy(self)
        self._bridge = bridge
        self._reader = reader
        self._notice = notice
        self._progress = progress
        self._on_busy = on_busy
        self._window = parent
        self.is_busy = False

    def ask(self, ids: tuple[ChangeId, ...]) -> None:
        """Ask where to write these changes, and write them."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        today = date.today().isoformat()  # noqa: DTZ011 - the reader's own day
        suggestion = Path(documents) / f"vibes-history-{today}.csv"
        ask_where_to_save(
            self._window, "Export the history", suggestion, FILTERS, lambda path: self.write(path, ids)
        )

    def write(self, path: Path, ids: tuple[ChangeId, ...]) -> None:
        """Write changes; the name's ending says as what."""
        format_ = ExportFormat.JSON if path.suffix.lower() == ".json" else ExportFormat.CSV

        def show(done: int) -> None:
            self._progress.set_fraction(done / len(ids))

        is_masked = self._privacy.is_masking
        export = Export(path, format_, ids, self._bridge.reporter(show, self), is_masked)
        self._set_busy(True)
        self._progress.start(f"Writing {changes_words(len(ids))}", export.stop)
        work = self._reader.export(export)

        def done(result: Exported) -> None:
            self._done(result, is_masked=is_masked)

        self._bridge.start(work, done, self._failed, title="Exporting the history", owner=self)

    def _done(self, result: Exported, *, is_masked: bool) -> None:
        self._end()
        were = "was" if result.changes == 1 else "were"
        hidden = ", with personal data hidden" if is_masked else ""
        sentence = f"{changes_words(result.changes)} {were} written to {result.path}{hidden}"
        self._notice.set_content(Tone.OK, "Exported", (sentence,))

    def _failed(self, error: VibesDesktopError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._notice.set_content(Tone.NEUTRAL, error.title, (error.done,))
        else:
            self._notice.show_problem(error)

    def _end(self) -> None:
        self._progress.stop()
        self._notice.show()
        self._set_busy(False)

    def _set_busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._on_busy(is_busy)


def changes_words(count: int) -> str:
    """Count changes in words."""
    return "1 change" if count == 1 else f"{count:,} changes"
