"""How many callbacks answer, how long it took, and a way out of what takes long."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.callbacks.selecting import unjudged
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

SLOW_MS = 300
STOP_AFTER_MS = 2_000
OVER_A_SECOND_MS = 1_000


class AnswerCount(QWidget):
    """A line at the end of the question's box."""

    changed = Signal()  # .text

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._since = QElapsedTimer()  # an answer is being worked out
        self.label = plain_label("", TextRole.MONO_MUTED)
        self.stop_link = link_button("Stop", on_click=viewer.cancel, small=True)
        self._offer_stop = QTimer(self, interval=STOP_AFTER_MS, singleShot=True)
        self._offer_stop.timeout.connect(self.stop_link.show)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.label)
        line.addWidget(self.stop_link)
        self.stop_link.hide()
        viewer.progressed.connect(self._look_whether_slow)
        for signal in (viewer.answered, viewer.grew, viewer.replaced, viewer.progressed, viewer.judged):
            signal.connect(self._show)

    @property
    def text(self) -> str:
        """What it says."""
        return self.label.text()

    def _show(self) -> None:
        is_slow = self._since.isValid() and self._since.elapsed() > SLOW_MS
        text = count_words(self._viewer, is_slow=is_slow)
        if text != self.text:
            self.label.setText(text)
            self.changed.emit()

    def _look_whether_slow(self) -> None:
        """Offer a way out of an answer that takes its time."""
        if not self._viewer.is_answering:
            self._since.invalidate()
            self._offer_stop.stop()
            self.stop_link.hide()
        elif not self._since.isValid():
            self._since.start()
            self._offer_stop.start()


def count_words(viewer: Viewer, *, is_slow: bool = False) -> str:
    """Say how many rows answer, of how many, and how long it took; or how far a slow answer is."""
    total = len(viewer.collection)
    if not total:
        return ""
    if viewer.is_answering and is_slow and viewer.answer_fraction < 1:
        return f"Searching · {viewer.answer_fraction:.0%}"
    if viewer.query is None:
        return f"{total:,}"
    words = f"{len(viewer.rows):,} of {total:,}"
    to_come = unjudged(viewer.query, viewer.collection)
    if to_come:
        return f"{words} so far · {to_come:,} not judged yet"
    return f"{words} · {_duration(viewer.took_ms)}"


def _duration(milliseconds: float) -> str:
    if milliseconds < OVER_A_SECOND_MS:
        return f"{max(round(milliseconds), 1)} ms"
    return f"{milliseconds / 1000:.1f} s"
