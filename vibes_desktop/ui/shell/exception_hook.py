"""Exceptions nobody caught: shown with a report to copy, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.shell.exception_report import report_of
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole, button
from vibes_desktop.ui.widgets.code_block import CodeBlock
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice, problem_notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

WIDTH = 640
MOST_REPORTS = 8
NOTE = "The report holds no names, numbers, IDs or values."

_log = logging.getLogger(__name__)


class ExceptionHook(QObject):
    """Takes the place of Python's hooks; shows one sheet at a time and counts what comes meanwhile."""

    _raised = Signal(object)  # an exception, from any thread

    def __init__(
        self,
        window: Callable[[], QWidget | None],
        versions: Mapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._versions = dict(versions)
        self._sheet: ExceptionSheet | None = None
        self._raised.connect(self._show)

    @property
    def sheet(self) -> ExceptionSheet | None:
        """The sheet in view."""
        return self._sheet

    def install(self) -> None:
        """Take exceptions from now on, of the window's thread and of others, and at an object's end."""
        sys.excepthook = self.handle
        sys.unraisablehook = self._handle_unraisable
        threading.excepthook = self._handle_thread

    def remove(self) -> None:
        """Give Python its own hooks back."""
        sys.excepthook = sys.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        threading.excepthook = threading.__excepthook__

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log where an exception arose, without its message, and show it."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        _log.error("unexpected exception\n%s", report_of(error.with_traceback(trace), {}))
        self._raised.emit(error)

    def _handle_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
            self.handle(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _handle_unraisable(self, arguments: sys.UnraisableHookArgs) -> None:
        """Take what Python would print, message and all: it arose where no caller can be told."""
        if arguments.exc_value is not None:
            self.handle(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, error: BaseException) -> None:
        report = report_of(error, self._versions)
        if self._sheet is not None:
            self._sheet.add_report(report)
            return
        self._sheet = ExceptionSheet(error, report, QApplication.activeModalWidget() or self._window())
        self._sheet.finished.connect(self._closed)
        self._sheet.open()

    def _closed(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
        self._sheet = None


class ExceptionSheet(SheetDialog):
    """Says that something went wrong inside the program, and offers the report to copy."""

    def __init__(self, error: BaseException, report: str, parent: QWidget | None = None) -> None:
        super().__init__("Something went wrong in the program", width=WIDTH, parent=parent)
        self._reports = {report: None}
        self._count = 1
        self.add(_notice_for(error))
        self.add(plain_label("Report for the developers", TextRole.SECTION))
        self.block = CodeBlock("Report", report)
        self.add(self.block)
        self.set_note(NOTE)
        self.copy_button: Button = self.add_button(button("Copy report", on_click=self._copy))
        go_on = self.add_button(button("Go on", ButtonRole.PRIMARY, on_click=self.accept))
        self.set_default(go_on)

    def add_report(self, report: str) -> None:
        """Add what went wrong while the sheet was open; a repetition is only counted."""
        self._count += 1
        self.set_note(f"{self._count} of these so far. {NOTE}")
        if report not in self._reports and len(self._reports) < MOST_REPORTS:
            self._reports[report] = None
            self.block.set_text("\n".join(self._reports))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.block.toPlainText())
        self.copy_button.set_text("Copied")


def _notice_for(error: BaseException) -> Notice:
    """Show one of our own errors in its own words, and any other in words that hold nothing of it."""
    if isinstance(error, VibesDesktopError):
        return problem_notice(error)
    return Notice(
        Tone.BAD,
        "The program met a fault of its own",
        (
            "What you were doing may not have been finished. Nothing is sent again by itself.",
            "Go on, and check the last thing you did: under History you see what was saved.",
        ),
    )
