"""What must be seen on the page while it listens: trouble, a tunnel that is not allowed yet, a rehearsal."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.status import ListenerStatus
from vibes_desktop.ui.callbacks.listening.desk import STOPPED, ListeningDesk
from vibes_desktop.ui.callbacks.listening.words import LOW_DISK, low_words, recovery_words, rehearsal_words
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import one_line

GAP = 8
STORED_AGAIN = "Callbacks are stored again"


class ListeningNotices(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, desk: ListeningDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._said: tuple[object, ...] = ()
        self.allow = button("Allow this host", on_click=self._allow)
        self.end = button("Answer properly again", on_click=lambda: desk.rehearse(None))
        self.trouble = Notice(Tone.BAD, "")
        self.recovered = Notice(Tone.OK, "", closable=True)
        self.low = Notice(Tone.WARN, LOW_DISK)
        self.host = Notice(Tone.WARN, "", actions=(self.allow,))
        self.rehearsal = Notice(Tone.WARN, "", actions=(self.end,))
        self.problem = Notice(Tone.BAD, "", closable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._all = (self.trouble, self.recovered, self.low, self.host, self.rehearsal, self.problem)
        for notice in self._all:
            notice.hide()
            column.addWidget(notice)
            notice.closed.connect(self._fit)
        desk.changed.connect(self._show)
        desk.failed.connect(self._fail)
        self._show()
        self._fit()

    def _show(self) -> None:
        status = self._desk.status
        if not self._desk.is_listening:
            status = STOPPED
        space = self._desk.space if self._desk.is_listening else None
        low = space if space is not None and space.is_low else None
        now = (status.trouble, status.recovery, status.host_to_allow, status.rehearsal, low)
        if now == self._said:
            return
        self._said = now
        self._show_storing(status)
        self.low.setVisible(low is not None)
        if low is not None:
            self.low.set_content(Tone.WARN, LOW_DISK, [low_words(low)])
        self._show_host(status.host_to_allow)
        self._show_rehearsal(status.rehearsal)
        self._fit()

    def _show_storing(self, status: ListenerStatus) -> None:
        self.trouble.setVisible(status.trouble is not None)
        if status.trouble is not None:
            self.trouble.show_problem(status.trouble)
        self.recovered.setVisible(status.trouble is None and status.recovery is not None)
        if status.recovery is not None:
            tone = Tone.WARN if status.recovery.is_new else Tone.OK
            self.recovered.set_content(tone, STORED_AGAIN, [recovery_words(status.recovery)])

    def _show_host(self, host: str | None) -> None:
        self.host.setVisible(host is not None)
        if host is not None:
            sentence = (
                f"It came to the right path under the name {one_line(host)}, which is not on your list."
                " It was answered 503, so that the platform tries again; nothing was stored."
            )
            self.host.set_content(Tone.WARN, "A callback is waiting for your permission", [sentence])

    def _show_rehearsal(self, rehearsal: Rehearsal | None) -> None:
        self.rehearsal.setVisible(rehearsal is not None)
        if rehearsal is not None:
            tone = Tone.BAD if rehearsal.loses_events else Tone.WARN
            self.rehearsal.set_content(tone, "Answers are being rehearsed", [rehearsal_words(rehearsal)])

    def _fail(self, error: object) -> None:
        self.problem.show_problem(error)  # type: ignore[arg-type]  # a signal's argument
        self._fit()

    def _fit(self) -> None:
        self.setVisible(any(not notice.isHidden() for notice in self._all))

    def _allow(self) -> None:
        endpoint, host = self._desk.endpoint, self._desk.status.host_to_allow
        if endpoint is not None and host is not None:
            self._desk.admit(endpoint.allowing(host))
