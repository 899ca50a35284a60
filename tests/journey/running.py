"""Runs the real program in this process, from its first paint to its end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from tests.journey.driver import Driver
from vibes_desktop.app.log import start_logging
from vibes_desktop.app.program import Program
from vibes_desktop.app.run import open_frame
from vibes_desktop.app.wish import Wish
from vibes_desktop.storage.folders import Folders


@contextmanager
def running_program(app: QApplication, driver: Driver, folders: Folders) -> Iterator[Program]:
    """Start the program, wait until its pages are there, and end it. Any trouble in it ends the journey."""
    folders.create()
    with _troubles_told_to(driver):
        program = Program(app, open_frame(folders), folders, start_logging(folders.log_file))
        is_ready = threading.Event()
        program.ready.connect(is_ready.set)
        QCursor.setPos(app.primaryScreen().geometry().bottomRight())  # the mouse is put away
        try:
            program.start(Wish())
            driver.wait(is_ready.is_set, "the program's pages")
            yield program
        finally:
            for window in QApplication.topLevelWidgets():
                window.close()
            program.stop()
            program.frame.deleteLater()
            program.deleteLater()


@contextmanager
def _troubles_told_to(driver: Driver) -> Iterator[None]:
    """Tell of any exception in a slot or in a thread; both would only be printed otherwise."""
    hooks = sys.excepthook, threading.excepthook

    def in_slot(kind: type[BaseException], error: BaseException, trace: object) -> None:
        driver.troubles.append(f"{kind.__name__} in a slot: {error}")
        hooks[0](kind, error, trace)  # type: ignore[arg-type]

    def in_thread(arguments: threading.ExceptHookArgs) -> None:
        driver.troubles.append(f"{arguments.exc_type.__name__} in a thread: {arguments.exc_value}")
        hooks[1](arguments)

    sys.excepthook, threading.excepthook = in_slot, in_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = hooks
