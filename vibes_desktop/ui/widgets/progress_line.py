"""Progress: a place kept free for it, words after 300 ms, a way out after 2 s."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole

SHOW_AFTER_MS = 300
CANCEL_AFTER_MS = 2_000
TICK_MS = 1_000
BAR_WIDTH = 120


class ProgressLine(QWidget):
    """One line that tells what is going on and since when; nothing moves but the seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._cancel: Callable[[], object] | None = None
        self._since = QElapsedTimer()
        self._label = ElidedLabel(role=TextRole.SMALL_MUTED)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName("Progress")
        self._button = link_button("Cancel", small=True, on_click=self._cancelled)
        self._show = self._timer(SHOW_AFTER_MS, self._begin_showing)
        self._offer = self._timer(CANCEL_AFTER_MS, self._offer_cancel)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._tell)
        self.setFixedHeight(load_measures().status_bar - 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self._bar, self._label, self._button):
            line.addWidget(widget)
        self._hide_all()

    @property
    def running(self) -> bool:
        """Whether something is going on, shown or not yet."""
        return self._since.isValid()

    def start(self, text: str, on_cancel: Callable[[], object] | None = None) -> None:
        """Begin: `text` says what ("Reading the person"); without `on_cancel` there is no way out."""
        self.stop()
        self._text = text
        self._cancel = on_cancel
        self._since.start()
        self._show.start()
        if on_cancel is not None:
            self._offer.start()

    def set_text(self, text: str) -> None:
        """Say how far it came, without beginning anew."""
        self._text = text
        if self.running and not self._show.isActive():
            self._tell()

    def set_fraction(self, done: float) -> None:
        """Show how much is done, from 0 to 1."""
        self._bar.setUpdatesEnabled(False)  # else the bar has the whole window painted at once, in here
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(done * 1000))
        self._bar.setUpdatesEnabled(True)
        self._bar.setVisible(self.running and not self._show.isActive())

    def stop(self) -> None:
        """End, and leave the place empty."""
        for timer in (self._show, self._offer, self._tick):
            timer.stop()
        self._since.invalidate()
        self._cancel = None
        self._hide_all()

    def _timer(self, after_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(act)
        return timer

    def _begin_showing(self) -> None:
        self._label.show()
        self._tell()
        self._tick.start()

    def _offer_cancel(self) -> None:
        self._button.show()

    def _tell(self) -> None:
        seconds = self._since.elapsed() // 1000
        self._label.set_full_text(f"{self._text} · {seconds} s" if seconds else f"{self._text} …")

    def _cancelled(self) -> None:
        cancel = self._cancel
        if cancel is not None:
            self._button.hide()
            cancel()

    def _hide_all(self) -> None:
        for widget in (self._bar, self._label, self._button):
            widget.hide()
