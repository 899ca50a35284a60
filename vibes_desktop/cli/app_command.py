"""`vibes-desktop`: the window."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

CANNOT_SHOW_A_WINDOW = 3


def run_app(*, in_sandbox: bool, person: str | None) -> int:
    """Open the window and return the exit status once it is closed."""
    qInstallMessageHandler(_on_qt_message)
    from vibes_desktop.app import run

    return run(in_sandbox=in_sandbox, person=person)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Say one sentence where Qt would abort the process; its warnings go to standard error."""
    if kind == QtMsgType.QtFatalMsg:
        _stop(text)
    if kind == QtMsgType.QtCriticalMsg or "VIBES_DESKTOP_QT_LOG" in os.environ:
        print(f"qt: {text}", file=sys.stderr)


def _stop(text: str) -> NoReturn:
    if "platform plugin" in text:
        text = (
            "Vibes Desktop needs a screen, and this session offers none that Qt can use. "
            "Start it from a desktop session, or set DISPLAY; on Debian and Ubuntu, "
            "`scripts/run` installs the system libraries it needs."
        )
    print(text, file=sys.stderr, flush=True)
    # Qt calls abort() once a fatal message was handled; leaving first spares the core dump.
    os._exit(CANNOT_SHOW_A_WINDOW)
