"""What must be seen on the page while it listens: trouble, a tunnel that is not allowed yet, a rehearsal."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.listening.words import rehearsal_words
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import one_line

GAP = 8


class ListeningNotices(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, desk: ListeningDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._said: tuple[object, ...] = ()
        self.allow = button("Allow this host", on_click=self._allow)
        self.end = button("Answer properly again", on_click=lambda: desk.rehearse(None))
        self.trouble = Notice(Tone.BAD, "")
        self.host = Notice(Tone.WARN, "", actions=(self.allow,))
        self.rehearsal = Notice(Tone.WARN, "", actions=(self.end,))
        self.problem = Notice(Tone.BAD, "", closable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for notice in (self.trouble, self.host, self.rehearsal, self.problem):
            notice.hide()
            column.addWidget(notice)
        desk.changed.connect(self._show)
        desk.failed.connect(self._fail)
        self.problem.closed.connect(self._fit)
        self._fit()

    def _show(self) -> None:
        status = self._desk.status
        is_on = self._desk.is_listening
        now = (status.trouble, status.recovery, status.host_to_allow, status.rehearsal, is_on)
        if now == self._said:
            return
        self._said = now
        trouble = status.trouble if self._desk.is_listening else None
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.show_problem(trouble)
        host = status.host_to_allow if self._desk.is_listening else None
        self.host.setVisible(host is not None)
        if host is not None:
            sentence = (
                f"It came to the right path under the name {one_line(host)}, which is not on your list."
                " It was answered 503, so that the platform tries again; nothing was stored."
            )
            self.host.set_content(Tone.WARN, "A callback is waiting for your permission", [sentence])
        rehearsal = status.rehearsal if self._desk.is_listening else None
        self.rehearsal.setVisible(rehearsal is not None)
        if rehearsal is not None:
            tone = Tone.BAD if rehearsal.loses_events else Tone.WARN
            self.rehearsal.set_content(tone, "Answers are being rehearsed", [rehearsal_words(rehearsal)])
        self._fit()

    def _fail(self, error: object) -> None:
        self.problem.show_problem(error)  # type: ignore[arg-type]  # a signal's argument
        self._fit()

    def _fit(self) -> None:
        notices = (self.trouble, self.host, self.rehearsal, self.problem)
        self.setVisible(any(not notice.isHidden() for notice in notices))

    def _allow(self) -> None:
        endpoint, host = self._desk.endpoint, self._desk.status.host_to_allow
        if endpoint is not None and host is not None:
            self._desk.admit(endpoint.allowing(host))
