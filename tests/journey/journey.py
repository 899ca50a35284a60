"""Runs the journey: the real program, a platform beside it, and a keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.journey.camera import Shot, write_index
from tests.journey.driver import Driver
from tests.journey.platform import running_platform
from tests.journey.pulse import Pause
from tests.journey.running import running_program
from tests.journey.story import THEME, Story
from vibes_desktop.storage.folders import Folders

TITLE = "Vibes Desktop: one record put right, a million callbacks read, by keyboard alone"


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
    places = folders or Folders.of_user()
    with running_platform() as platform, running_program(app, driver, places):
        driver.pulse.start()
        for name, chapter in Story(driver, platform).chapters():
            driver.pulse.during = name
            chapter()
            told.append(name)
        driver.pulse.stop()
        index = write_index(output, TITLE, driver.shots)
        driver.press("Ctrl+Q")
    pulse = driver.pulse
    return JourneyReport(tuple(driver.shots), index, driver.keys_sent, tuple(pulse.pauses), tuple(told))
