"""What is open, in the status bar; and how far opening and answering have come."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QObject

from vibes_desktop.callbacks.live import CaptureSource
from vibes_desktop.callbacks.opening import Progress
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.status_bar import StatusBar, StatusSlot
from vibes_desktop.ui.widgets.amounts import byte_words, second_words

NAMES_SAID = 12


class FileStatus(QObject):
    """Writes into the bar at the bottom."""

    def __init__(self, viewer: Viewer, status: StatusBar) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._status = status
        self._progress = status.progress
        self._is_mine = False
        for changed in (viewer.replaced, viewer.grew, viewer.opened, viewer.progressed, viewer.judged):
            changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._status.set_text(StatusSlot.FILES, file_words(self._viewer), file_names(self._viewer))
        words, fraction = work_words(self._viewer)
        if words and not (self._is_mine and self._progress.running):
            self._progress.start(words, self._viewer.cancel)
        elif not words and self._is_mine:
            self._progress.stop()
        self._is_mine = bool(words)
        if words:
            self._progress.set_text(words)
        if fraction:
            self._progress.set_fraction(fraction)


def file_words(viewer: Viewer) -> str:
    """Say what is open, how large it is and how long it took to index."""
    sources = viewer.collection.sources
    if not sources:
        return ""
    name = PurePath(sources[0].name).name
    names = name if len(sources) == 1 else f"{name} and {len(sources) - 1:,} more"
    files = [source for source in sources if not isinstance(source, CaptureSource)]
    if not files:
        return f"{names} · {callbacks(len(viewer.collection))}"
    size = byte_words(sum(source.size for source in files))
    if viewer.is_opening or viewer.progress is None:
        return f"{names} · {size}"
    return f"{names} · {size} · indexed in {second_words(viewer.progress.seconds)}"


def file_names(viewer: Viewer) -> str:
    """Name the files one a line, as far as that makes sense."""
    names = [source.name for source in viewer.collection.sources]
    more = [f"… and {len(names) - NAMES_SAID:,} more"] if len(names) > NAMES_SAID else []
    return "\n".join([*names[:NAMES_SAID], *more])


def work_words(viewer: Viewer) -> tuple[str, float]:
    """Say what is going on, and how much of it is done from 0 to 1; 0 for unknown."""
    progress = viewer.progress
    if viewer.is_opening and progress is not None:
        return opening_words(
            progress
        ), progress.bytes_done / progress.bytes_total if progress.bytes_total else 0
    if viewer.is_answering:
        return "Looking for payloads", viewer.answer_fraction
    if viewer.is_judging:
        return "Looking for findings", viewer.judged_fraction
    return "", 0.0


def opening_words(progress: Progress) -> str:
    """Say how far opening came, and how fast it goes."""
    if not progress.bytes_done:
        return "Opening"
    far = f"{byte_words(progress.bytes_done)} of {byte_words(progress.bytes_total)}"
    return f"Opening: {progress.rows:,} payloads · {far} · {byte_words(int(progress.bytes_per_second))}/s"
