"""From the command line to the window's end; a second start hands over to the first."""

from __future__ import annotations

import argparse
import contextlib
import logging
import platform
import sys
from collections.abc import Sequence

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from vibes_desktop import __version__
from vibes_desktop.app.log import start_logging
from vibes_desktop.app.program import Program, Wish
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.folders import Folders
from vibes_desktop.ui.shell.exception_hook import ExceptionHook
from vibes_desktop.ui.shell.single_instance import SingleInstance

logger = logging.getLogger(__name__)


def run(*, in_sandbox: bool, person: str | None) -> int:
    """Open the window and return the exit status once it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("vibes-desktop")
    app.setApplicationDisplayName("Vibes Desktop")
    app.setDesktopFileName("vibes-desktop")
    app.setApplicationVersion(__version__)
    folders = Folders.of_user()
    with contextlib.suppress(StorageError):  # a home that can't be written to: told in the window
        folders.create()
    first = SingleInstance(folders.state, app)
    wish = Wish(in_sandbox=in_sandbox, person=person)
    if not first.claim():
        return _hand_over(first, wish)
    known = start_logging(folders.log_file)
    program = Program(app, folders, known)
    first.arguments_received.connect(lambda arguments: program.fulfil(wish_of(arguments)))
    hook = ExceptionHook(lambda: program.window, _versions(), app)
    hook.install()
    program.start(wish)
    program.ready.connect(lambda: _listen(first))
    status = app.exec()
    program.stop()
    hook.remove()
    first.release()
    return status


def _versions() -> dict[str, str]:
    return {
        "Vibes Desktop": __version__,
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "System": f"{platform.system()} {platform.release()}",
    }


def _listen(first: SingleInstance) -> None:
    try:
        first.listen()
    except OSError:
        logger.warning("no second start can reach this window")


def wish_of(arguments: Sequence[str]) -> Wish:
    """Read what a second start handed over; anything odd in it is left out."""
    parser = argparse.ArgumentParser(exit_on_error=False, add_help=False)
    parser.add_argument("--sandbox", action="store_true")
    parser.add_argument("--person")
    known, _ = parser.parse_known_args(list(arguments))
    return Wish(in_sandbox=known.sandbox, person=known.person)


def _hand_over(first: SingleInstance, wish: Wish) -> int:
    if first.hand_over(wish.arguments):
        print("Vibes Desktop is open already; its window was brought to the front.")  # noqa: T201
        return 0
    print("Vibes Desktop is open already, but its window doesn't answer.", file=sys.stderr)  # noqa: T201
    return 1
