"""All the ways to open something: dialogs, dropping, pasting, what was open lately, the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vibes_desktop.callbacks.links import is_link
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.ui.callbacks.csv_sheet import CsvSheet
from vibes_desktop.ui.callbacks.drop_target import paths_in
from vibes_desktop.ui.callbacks.empty_view import samples_folder
from vibes_desktop.ui.callbacks.opening_bar import OpeningActions
from vibes_desktop.ui.callbacks.pasting import PASTED
from vibes_desktop.ui.callbacks.recent_piles import RecentPiles
from vibes_desktop.ui.callbacks.remarks import Remarks, remarks_about
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.callbacks.watching import Watch
from vibes_desktop.ui.widgets.file_dialog import ask_for_files, ask_for_folder
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

FILTERS = (
    "Any file (*)",
    "JSON and logs (*.json *.ndjson *.jsonl *.log *.txt *.har *.csv *.xml)",
    "Archives (*.gz *.zip)",
)


class OpeningFlow(QObject):
    """Asks what to open, has the viewer open it, and says what there is to say about it."""

    link_pasted = Signal()  # to a payload of what is open

    def __init__(self, viewer: Viewer, recent: RecentPiles, notice: Notice, page: QWidget) -> None:
        super().__init__(page)
        self._viewer = viewer
        self._recent = recent
        self._notice = notice
        self._page = page
        self._pasted_after: int | None = None
        self._csv: Remarks | None = None  # of a CSV file that is open
        viewer.replaced.connect(self._forget_csv)
        self.watch = Watch(viewer, self._say_change, self)
        viewer.opened.connect(self._look)
        viewer.failed.connect(notice.show_problem)

    @property
    def is_filled(self) -> bool:
        """Tell whether something is open."""
        return bool(self._viewer.collection.sources)

    def actions(self) -> OpeningActions:
        """Hand out the ways, for the bar."""
        return OpeningActions(
            open_files=self.ask_for_files,
            open_folder=self.ask_for_folder,
            add_files=partial(self.ask_for_files, add=True),
            add_folder=partial(self.ask_for_folder, add=True),
            paste=self.paste,
            choose_column=self.choose_column,
            can_choose_column=lambda: self.can_choose_column,
            close=self.close,
            open_pile=self.open,
            recent=lambda: self._recent.piles,
            is_filled=lambda: self.is_filled,
        )

    def ask_for_files(self, *, add: bool = False) -> None:
        """Let the person choose files."""
        title = "Add files" if add else "Open files"
        ask_for_files(self._page, title, FILTERS, lambda paths: self.open(_texts(paths), add=add))

    def ask_for_folder(self, *, add: bool = False) -> None:
        """Let the person choose a folder; everything below it is opened."""
        title = "Add a folder" if add else "Open a folder"
        ask_for_folder(self._page, title, lambda path: self.open([str(path)], add=add))

    def open(self, paths: Sequence[str], *, add: bool = False) -> None:
        """Open these, in place of what is open or beside it."""
        self._notice.hide()
        self._viewer.open(paths, add=add and self.is_filled)

    def paste(self) -> None:
        """Open what was copied: files, or the text of payloads, beside what is open; or follow a link."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        paths = paths_in(data) if data is not None else ()
        if paths:
            self.open(paths, add=True)
            return
        text = data.text() if data is not None else ""
        if not text.strip():
            self._notice.show_problem(_NOTHING_TO_PASTE)
            return
        self._notice.hide()
        if self.is_filled and is_link(text):
            self.link_pasted.emit()
            return
        self._pasted_after = len(self._viewer.collection) if self.is_filled else 0
        self._viewer.open_text(text, add=self.is_filled)

    @property
    def can_choose_column(self) -> bool:
        """Tell whether a CSV file is open."""
        return bool(self._csv and self._csv.csv_titles)

    def choose_column(self) -> None:
        """Let the person choose which column of a CSV file holds the payloads, and open it again."""
        if self._csv is not None:

            def chosen(column: str) -> None:
                self._notice.hide()
                self._viewer.open(self._viewer.paths, column=column)

            CsvSheet(self._csv.csv_name, self._csv.csv_titles, chosen, self._page.window()).open()

    def close(self) -> None:
        """Close everything."""
        self._notice.hide()
        self._viewer.close()

    def _look(self) -> None:
        """See what was opened, and whether there is something to say about it."""
        viewer = self._viewer
        if self._pasted_after is not None and len(viewer.collection) > self._pasted_after:
            viewer.show(self._pasted_after)
        self._pasted_after = None
        if not self.is_filled:
            return
        paths = tuple(path for path in viewer.paths if Path(path).name != PASTED)
        if paths and paths != (str(samples_folder()),):
            self._recent.add(paths)
        work = asyncio.to_thread(remarks_about, viewer.collection)
        viewer.bridge.start(work, self._say, _say_nothing, owner=self)

    def _forget_csv(self) -> None:
        self._csv = None

    def _say_change(self, sentence: str) -> None:
        """Say what became of a file, under what was said of others before."""
        said = self._notice.text.splitlines()[1:] if self._is_about_changes else []
        self._notice.set_content(Tone.WARN, "A file changed while it was open", (*said, sentence))
        self._notice.show()

    @property
    def _is_about_changes(self) -> bool:
        return self._notice.isVisible() and self._notice.text.startswith("A file changed")

    def _say(self, remarks: Remarks) -> None:
        self._csv = remarks if remarks.csv_titles else None
        if remarks:
            tone = Tone.WARN if remarks.troubles else Tone.NEUTRAL
            self._notice.set_content(tone, remarks.title, (*remarks.troubles, *remarks.notes))
            self._notice.show()


_NOTHING_TO_PASTE = InvalidInput(
    "There is nothing to paste",
    "Copy a payload, or files, and press Ctrl+V again.",
    done="Nothing was opened.",
)


def _texts(paths: Sequence[Path]) -> list[str]:
    return [str(path) for path in paths]


def _say_nothing(_error: VibesDesktopError) -> None:
    """A remark is no reason for an error."""
