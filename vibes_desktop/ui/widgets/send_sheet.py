"""The last look before something is sent: what every review shares."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

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
CODE_LINES = 14
CODE_CHARACTERS = 100_000  # of a line; beyond, painting it stalls the window
REASON = "Reason or ticket number"
REASON_HINT = "Optional, kept in History on this computer"
EXACTLY = "Exactly this will be sent"
READING = "Reading the record again"
_TAB = Qt.FocusPolicy.TabFocus


class SendSheet(SheetDialog):
    """Opens while the platform is still being asked; can send only once the answer was painted.

    The caller fills it by `show_content`. `sent` tells that the person wants it sent; `stopped` that
    they want it stopped while it is under way.
    """

    sent = Signal(str)  # the reason or ticket number, possibly empty
    stopped = Signal()

    def __init__(
        self,
        title: str,
        safety: Safety,
        subtitle: str,
        parent: QWidget | None = None,
        *,
        asks_reason: bool = True,
        is_for_good: bool = False,
    ) -> None:
        """Make the sheet; where it `is_for_good`, it can't be taken back, and Cancel keeps the focus."""
        super().__init__(title, safety=safety, subtitle=subtitle, parent=parent)
        self._asks_reason = asks_reason
        self._keeps_safe = is_for_good or safety is Safety.PRODUCTION
        self._is_sending = False
        self._request: Request | None = None
        self.notice = Notice(Tone.WARN, "")
        self.notice.hide()
        self._skeleton = Skeleton(3)
        holder = self._holder = QWidget()
        self._content = QVBoxLayout(holder)
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(12)
        self.progress = ProgressLine()
        self._sent_title = plain_label(EXACTLY, TextRole.SECTION)
        self.code = CodeBlock(EXACTLY, max_lines=CODE_LINES)
        self.reason = line_edit(REASON, placeholder=REASON_HINT)
        self._reason_line = _labelled(REASON, self.reason)
        for widget in (self.notice, self._skeleton, holder, self._sent_title, self.code, self._reason_line):
            self.add(widget)
        self.set_foot(self.progress)
        self.cancel = self.add_button(button("Cancel", shortcut_hint="Esc", on_click=self.reject))
        self.send = button("Save", ButtonRole.PRIMARY, shortcut_hint=SEND_KEY, on_click=self._on_send)
        self.send.setEnabled(False)
        self.add_button(self.send, key=SEND_KEY)
        holder.installEventFilter(self)
        self._show_request(None)
        self.set_default(self.cancel)
        self.progress.start(READING)

    def show_content(self, widgets: Sequence[QWidget], words: str, request: Request | None) -> None:
        """Show what would be sent; `words` stand on the button. Without a request nothing can be sent yet.

        The focus stays on the control that has it, though it is made anew.
        """
        focused = QApplication.focusWidget()
        name = focused.accessibleName() if focused is not None and self.isAncestorOf(focused) else ""
        self._clear()
        for widget in widgets:
            self._content.addWidget(widget)
            widget.show()  # now, so that it can take the focus
        self._skeleton.hide()
        self._stop_progress()
        self.cancel.set_text("Cancel")
        self.send.set_text(words)
        self.send.setEnabled(False)  # until this was painted: see eventFilter
        self._show_request(request)
        self._keep_focus(name)
        QTimer.singleShot(0, self, self.fit)  # once the layout knows its new rows
        self._holder.update()

    def may_send(self) -> bool:
        """Tell whether the person has said everything that must be said before it is sent."""
        return True

    def ask_again_whether_to_send(self) -> None:
        """Allow or forbid the sending anew: the person has said something."""
        self.send.setEnabled(False)
        self._allow()

    def show_progress(self, words: str) -> None:
        """Say what is going on."""
        self._note.hide()  # progress takes its place
        self.progress.start(words)

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say what went wrong, with nothing sent; what is on screen stays."""
        self._is_sending = False
        self._skeleton.hide()
        self._stop_progress()
        self.notice.show_problem(error)
        self.cancel.setEnabled(True)
        self.cancel.set_text("Close")
        self.reason.setEnabled(True)
        self.send.setEnabled(False)
        self.cancel.setFocus()
        QTimer.singleShot(0, self, self.fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._holder and event.type() is QEvent.Type.Paint and self._request is not None:
            QTimer.singleShot(0, self, self._allow)
        return super().eventFilter(watched, event)

    def reject(self) -> None:
        """Leave; while something is being sent, only ask for it to be stopped."""
        if not self._is_sending:
            super().reject()
        elif self.cancel.isEnabled():
            self.cancel.setEnabled(False)
            self.cancel.set_text("Stopping")
            self.stopped.emit()

    def close_finished(self) -> None:
        """Close now that the outcome is known."""
        self._is_sending = False
        self.accept()

    def _clear(self) -> None:
        while (item := self._content.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _keep_focus(self, name: str) -> None:
        """Give the focus to the control of a name; the one before it was deleted."""
        for control in self._holder.findChildren(QWidget):
            if name and control.accessibleName() == name and control.focusPolicy() & _TAB:
                control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.cancel.setFocus()

    def _allow(self) -> None:
        is_ready = self._request is not None and self.may_send()
        if not is_ready or self._is_sending or self.send.isEnabled():
            return
        self.send.setEnabled(True)
        if not self._keeps_safe and self.cancel.hasFocus():
            self.send.setFocus()

    def _stop_progress(self) -> None:
        self.progress.stop()
        self._note.show()

    def _on_send(self) -> None:
        if self._request is None or self._is_sending:
            return
        self._is_sending = True
        self.cancel.set_text("Stop")
        self.cancel.setFocus()
        self.send.setEnabled(False)
        self.reason.setEnabled(False)
        self.sent.emit(self.reason.text().strip())

    def _show_request(self, request: Request | None) -> None:
        self._request = request
        self.code.set_text("" if request is None else request_text(request))
        for widget in (self._sent_title, self.code):
            widget.setVisible(request is not None)
        self._reason_line.setVisible(request is not None and self._asks_reason)


def request_text(request: Request) -> str:
    """Write a request for a person; its body with line breaks, which are not sent."""
    version = next((value for name, value in request.headers if name == "X-API-Version"), "")
    head = f"{request.method} {request.url}\nX-API-Version: {version}"
    return head if request.body is None else f"{head}\n\n{_laid_out(request.body)}"


def _laid_out(body: str) -> str:
    try:
        text = dump(parse(body), indent=INDENT)
    except JsonSyntaxError:
        text = body
    return "\n".join(_shortened(line) for line in text.split("\n"))


def _shortened(line: str) -> str:
    left_out = len(line) - CODE_CHARACTERS
    return line if left_out <= 0 else f"{line[:CODE_CHARACTERS]} … and {left_out:,} characters more"


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
