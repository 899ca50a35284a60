"""From the command line to the window's end; a second start hands over to the first.

The window is painted first. All that its first paint can do without is imported after it.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from typing import TYPE_CHECKING

from vibes_desktop import __version__
from vibes_desktop.app.application import Application
from vibes_desktop.app.wish import Wish, wish_of
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.glance import glance
from vibes_desktop.ui.shell.frame import Frame
from vibes_desktop.ui.shell.single_instance import SingleInstance

if TYPE_CHECKING:
    from vibes_desktop.app.program import Program

logger = logging.getLogger(__name__)


def run(*, in_sandbox: bool, person: str | None, files: tuple[str, ...] = ()) -> int:
    """Open the window and return the exit status once it is closed."""
    app = Application(sys.argv[:1])
    app.setApplicationName("vibes-desktop")
    app.setApplicationDisplayName("Vibes Desktop")
    app.setDesktopFileName("vibes-desktop")
    app.setApplicationVersion(__version__)
    folders = Folders.of_user()
    with contextlib.suppress(StorageError):  # a home that can't be written to: told in the window
        folders.create()
    first = SingleInstance(folders.state, app)
    wish = Wish(in_sandbox, person, files)
    if not first.claim():
        return _hand_over(first, wish)
    with contextlib.ExitStack() as ending:
        ending.callback(first.release)
        frame = open_frame(folders)
        frame.painted.connect(lambda: _fill(app, frame, folders, first, wish, ending))
        return app.exec()


def open_frame(folders: Folders) -> Frame:
    """Show the window, still empty, in the theme and at the place of last time."""
    frame = Frame(*glance(folders.settings_file))
    frame.show()
    frame.activateWindow()
    return frame


def _fill(
    app: Application,
    frame: Frame,
    folders: Folders,
    first: SingleInstance,
    wish: Wish,
    ending: contextlib.ExitStack,
) -> None:
    """Put everything into the window that was just painted."""
    from vibes_desktop.app.log import start_logging
    from vibes_desktop.ui.shell.exception_hook import ExceptionHook

    known = start_logging(folders.log_file)
    hook = ExceptionHook(lambda: frame, _versions(), app)
    hook.install()
    ending.callback(hook.remove)

    from vibes_desktop.app.program import Program
    from vibes_desktop.storage.policy_file import policy_of_this_computer

    program = Program(app, frame, folders, known, policy_of_this_computer())
    ending.callback(program.stop)
    first.arguments_received.connect(lambda arguments: program.fulfil(wish_of(arguments)))
    program.ready.connect(lambda: _listen(first))
    program.ready.connect(lambda: _announce(program))
    app.open_files_with(lambda file: program.fulfil(Wish(files=(file,))))
    program.start(wish)


def _versions() -> dict[str, str]:
    import platform

    from PySide6.QtCore import qVersion

    return {
        "Vibes Desktop": __version__,
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "System": f"{platform.system()} {platform.release()}",
    }


def _announce(program: Program) -> None:
    from vibes_desktop.app.announcing import announce

    announce(program)


def _listen(first: SingleInstance) -> None:
    try:
        first.listen()
    except OSError:
        logger.warning("no second start can reach this window")


def _hand_over(first: SingleInstance, wish: Wish) -> int:
    if first.hand_over(wish.arguments):
        print("Vibes Desktop is open already; its window was brought to the front.")  # noqa: T201
        return 0
    print("Vibes Desktop is open already, but its window doesn't answer.", file=sys.stderr)  # noqa: T201
    return 1
