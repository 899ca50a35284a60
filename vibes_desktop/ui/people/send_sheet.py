"""The last look before something is sent: what the reviews of saving and of adding share."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.jsonvalue import JsonSyntaxError, dump, parse
from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.code_block import CodeBlock
from vibes_desktop.ui.widgets.fields import line_edit
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog
from vibes_desktop.ui.widgets.skeleton import Skeleton
from vibes_desktop.vibes.request import Request

SEND_KEY = "Ctrl+Return"
INDENT = 2  # spaces
REASON_HINT = "Optional; kept in History on this computer"


class SendSheet(SheetDialog):
    """Opens while the platform is still being asked; can send only once the answer was painted.

    The caller fills `content`, then calls `ready`. `sent` tells that the person wants it sent;
    `stopped` that they want it stopped while it is under way.
    """

    sent = Signal(str)  # the reason or ticket number, possibly empty
    stopped = Signal()

    def __init__(self, title: str, safety: Safety, subtitle: str, parent: QWidget | None = None) -> None:
        super().__init__(title, safety=safety, subtitle=subtitle, parent=parent)
        self._safety_level = safety
        self._is_sending = False
        self._request: Request | None = None
        self.notice = Notice(Tone.WARN, "")
        self.notice.hide()
        self._skeleton = Skeleton(3)
        holder = QWidget()
        self.content = QVBoxLayout(holder)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(12)
        self._progress = ProgressLine()
        self._sent_title = plain_label("Exactly this will be sent", TextRole.SECTION)
        self._code = CodeBlock("Exactly this will be sent", max_lines=14)
        self._reason = line_edit(
            "Reason or ticket number", placeholder="Optional, kept in History on this computer"
        )
        self._reason_line = _labelled("Reason or ticket number", self._reason)
        for widget in (self.notice, self._skeleton, holder, self._sent_title, self._code, self._reason_line):
            self.add(widget)
        self.set_foot(self._progress)
        self._cancel = self.add_button(button("Cancel", shortcut_hint="Esc", on_click=self.reject))
        self._send = button("Save", ButtonRole.PRIMARY, shortcut_hint=SEND_KEY, on_click=self._on_send)
        self._send.setEnabled(False)
        self.add_button(self._send, key=SEND_KEY)
        self._code.viewport().installEventFilter(self)
        self._show_request(None)
        self.set_default(self._cancel)
        self._progress.start("Reading the record again")

    def ready(self, words: str, request: Request | None) -> None:
        """Show what would be sent; `words` stand on the button. None: nothing can be sent yet."""
        self._skeleton.hide()
        self._stop_progress()
        self._send.set_text(words)
        self._send.setEnabled(False)  # until the request was painted: see eventFilter
        self._show_request(request)
        self._reason_line.setVisible(request is not None)
        QTimer.singleShot(0, self, self.fit)  # once the layout knows its new rows
        self._code.viewport().update()

    def show_progress(self, words: str) -> None:
        """Say what is going on."""
        self._note.hide()  # progress takes its place
        self._progress.start(words)

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say what went wrong, with nothing sent; what is on screen stays."""
        self._is_sending = False
        self._skeleton.hide()
        self._stop_progress()
        self.notice.show_problem(error)
        self._cancel.setEnabled(True)
        self._cancel.set_text("Close")
        self._send.setEnabled(False)
        self._cancel.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._code.viewport()
            and event.type() is QEvent.Type.Paint
            and self._request is not None
        ):
            QTimer.singleShot(0, self, self._allow)
        return super().eventFilter(watched, event)

    def reject(self) -> None:
        """Leave; while something is being sent, only ask for it to be stopped."""
        if self._is_sending:
            self.stopped.emit()
        else:
            super().reject()

    def close_finished(self) -> None:
        """Close now that the outcome is known."""
        self._is_sending = False
        self.accept()

    def _allow(self) -> None:
        if self._request is None or self._is_sending or self._send.isEnabled():
            return
        self._send.setEnabled(True)
        if self._safety_level is not Safety.PRODUCTION and not self._reason.hasFocus():
            self._send.setFocus()

    def _stop_progress(self) -> None:
        self._progress.stop()
        self._note.show()

    def _on_send(self) -> None:
        if self._request is None or self._is_sending:
            return
        self._is_sending = True
        self._cancel.set_text("Stop")
        self._cancel.setFocus()
        self._send.setEnabled(False)
        self.sent.emit(self._reason.text().strip())

    def _show_request(self, request: Request | None) -> None:
        self._request = request
        self._code.set_text("" if request is None else request_text(request))
        for widget in (self._sent_title, self._code, self._reason_line):
            widget.setVisible(request is not None)


def request_text(request: Request) -> str:
    """Write a request for a person; its body with line breaks, which are not sent."""
    version = next((value for name, value in request.headers if name == "X-API-Version"), "")
    head = f"{request.method} {request.url}\nX-API-Version: {version}"
    return head if request.body is None else f"{head}\n\n{_laid_out(request.body)}"


def _laid_out(body: str) -> str:
    try:
        return dump(parse(body), indent=INDENT)
    except JsonSyntaxError:
        return body


def _labelled(words: str, field: QLineEdit) -> QWidget:
    holder = QWidget()
    label = plain_label(words, TextRole.MUTED)
    label.setBuddy(field)
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(label)
    line.addWidget(field, 1)
    return holder
