"""`vibes-desktop`: the window."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

CANNOT_SHOW_A_WINDOW = 3
IS_PACKAGED = getattr(sys, "frozen", False)
SYSTEM_LIBRARIES = (
    "on Debian and Ubuntu, "
    + ("installing its .deb with `apt`" if IS_PACKAGED else "`scripts/run`")
    + " installs the system libraries it needs."
)
NO_SCREEN = (
    "Vibes Desktop needs a screen, and this session offers none that Qt can use. "
    f"Start it from a desktop session, or set DISPLAY; {SYSTEM_LIBRARIES}"
)


def run_app(*, in_sandbox: bool, person: str | None, files: Sequence[str] = ()) -> int:
    """Open the window and return the exit status once it is closed."""
    gc.disable()  # thousands of classes are made now and none is garbage: 5 % of the time to the first paint
    try:
        take_qt_messages(_stop)
    except ImportError as error:
        print(cannot_load_qt(error), file=sys.stderr)
        return CANNOT_SHOW_A_WINDOW
    from vibes_desktop.app.run import run

    # Python's own handler would wait for Qt's loop to run some Python, which an idle window never does.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.freeze()  # nor need they be looked through ever again; from here on ui/shell/collector.py does it
    paths = tuple(str(Path(file).absolute()) for file in files)
    return run(in_sandbox=in_sandbox, person=person, files=paths)


def take_qt_messages(stop: Callable[[str], None]) -> None:
    """Load Qt and take over what it says; raises ImportError when a library of it is missing.

    `stop` is given one sentence where Qt would abort the process, and should end it: Qt aborts when
    it returns.
    """
    import PySide6.QtWidgets  # noqa: F401 - the part that needs the system's libraries
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    def on_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            stop(NO_SCREEN if "platform plugin" in text else text)
        elif kind == QtMsgType.QtCriticalMsg or "VIBES_DESKTOP_QT_LOG" in os.environ:
            print(f"qt: {text}", file=sys.stderr)

    qInstallMessageHandler(on_message)


def cannot_load_qt(error: ImportError) -> str:
    """Say which part of Qt is missing."""
    return f"Vibes Desktop can't load Qt ({error}); {SYSTEM_LIBRARIES}"


def _stop(sentence: str) -> None:
    """Leave at once: Qt calls abort() after a fatal message, which would leave a core dump."""
    print(sentence, file=sys.stderr, flush=True)
    os._exit(CANNOT_SHOW_A_WINDOW)
