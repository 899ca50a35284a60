"""Runs the journey: the real program, a platform beside it, and a keyboard."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.journey.camera import Shot, write_index
from tests.journey.driver import Driver
from tests.journey.platform import running_platform
from tests.journey.pulse import Pause
from tests.journey.story import THEME, Story
from vibes_desktop.app.log import start_logging
from vibes_desktop.app.program import Program
from vibes_desktop.app.run import open_frame
from vibes_desktop.app.wish import Wish
from vibes_desktop.storage.folders import Folders

TITLE = "Vibes Desktop: one record put right, by keyboard alone"


@dataclass(frozen=True)
class JourneyReport:
    """What a journey did and saw."""

    shots: tuple[Shot, ...]
    index: Path
    keys_sent: int
    pauses: tuple[Pause, ...]  # those worth a name, from the moment at which the program was ready
    chapters: tuple[str, ...]

    @property
    def longest_pause_ms(self) -> float:
        """The longest pause of the window during the main job."""
        return max((each.milliseconds for each in self.pauses if each.during != THEME), default=0.0)

    @property
    def theme_pause_ms(self) -> float:
        """The longest pause of the window while another theme is put on, which happens once in a while."""
        return max((each.milliseconds for each in self.pauses if each.during == THEME), default=0.0)


def run(output: Path, folders: Folders | None = None) -> JourneyReport:
    """Make the journey, and write its pictures into `output`; raises AssertionError where it goes wrong.

    It needs a screen that can be photographed, a session bus with an unlocked keyring, and files of no
    profile yet: those of the user, or in `folders`.
    """
    app = QApplication.instance() or QApplication(["vibes-desktop"])
    assert isinstance(app, QApplication)
    app.setApplicationName("vibes-desktop")
    app.setApplicationDisplayName("Vibes Desktop")
    driver = Driver(output)
    told: list[str] = []
    with _troubles_told_to(driver), running_platform() as platform, _running(app, driver, folders):
        for name, chapter in Story(driver, platform).chapters():
            driver.pulse.during = name
            chapter()
            told.append(name)
        driver.pulse.stop()
        index = write_index(output, TITLE, driver.shots)
        driver.press("Ctrl+Q")
    pulse = driver.pulse
    return JourneyReport(tuple(driver.shots), index, driver.keys_sent, tuple(pulse.pauses), tuple(told))


@contextmanager
def _running(app: QApplication, driver: Driver, folders: Folders | None) -> Iterator[Program]:
    """Start the program, and end it."""
    places = folders or Folders.of_user()
    places.create()
    program = Program(app, open_frame(places), places, start_logging(places.log_file))
    is_ready = threading.Event()
    program.ready.connect(is_ready.set)
    try:
        program.start(Wish())
        driver.wait(is_ready.is_set, "the program's pages")
        driver.pulse.start()
        yield program
    finally:
        driver.pulse.stop()
        program.frame.close()
        program.stop()
        program.frame.deleteLater()
        program.deleteLater()


@contextmanager
def _troubles_told_to(driver: Driver) -> Iterator[None]:
    """End the journey at any exception in a slot or in a thread; both would only be printed otherwise."""
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
