"""A program offscreen, signed in to a sandbox in which somebody's record is as nasty as can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from tests.journey.driver import Driver
from tests.journey.platform import Platform
from tests.journey.running import running_program
from vibes_desktop.app.program import Program
from vibes_desktop.app.workplace import Workplace
from vibes_desktop.storage.folders import Folders

SMALL = (1093, 614)  # logical pixels: 1,366 × 768 at 125 %
NASTY_ID = "EXT542342"
NASTY_KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
MARKUP = '<b>bold</b> <img src="file:///etc/hostname">'
FORMULA = "=cmd('calc')!A1"
CONTROLS = "a bell \x07, an escape \x1b[31m and a tab\t"
NASTY_FIELDS = {
    "first_name": MARKUP,
    "last_name": FORMULA,
    "email": "a&b <a href='x'>link</a>",
    "notes": CONTROLS,
    "loyalty_id": "+1 is a formula too",
    "preferences": {MARKUP: [FORMULA, CONTROLS]},
}


@dataclass
class Stage:
    """What a scene is made with."""

    program: Program
    driver: Driver
    folders: Folders

    @property
    def place(self) -> Workplace:
        """What the window is filled with."""
        assert self.program.workplace is not None
        return self.program.workplace

    @property
    def platform(self) -> Platform:
        """The platform that is signed in to."""
        session = self.place.session
        assert session is not None
        account = session.client.account
        return Platform(account.base_url, account.company_key, account.username, account.password)

    @property
    def window_in_front(self) -> QWidget:
        """The sheet in front, or the window."""
        in_front: QWidget | None = QApplication.activeModalWidget()
        return self.program.frame if in_front is None else in_front

    def sign_in(self) -> None:
        """Go into the sandbox, and make a record nasty."""
        self.place.fulfil(in_sandbox=True, person=None)
        self.driver.wait_for_text("SANDBOX")
        self.driver.wait(lambda: self.place.session is not None, "the session")
        body: dict[str, Any] = {"custom_fields": NASTY_FIELDS}
        self.platform.change(NASTY_KEY, body)

    def look_up(self, text: str, shown: str) -> None:
        """Look somebody up, and wait for what comes of it."""
        drive = self.driver
        drive.press("Ctrl+1", "Ctrl+L")
        drive.wait_for_focus("Find a person")
        drive.replace(text)
        drive.press("Return")
        drive.wait_for_text(shown)

    def open_nasty(self) -> None:
        """Open the nasty record, with everything beside it."""
        self.look_up(NASTY_ID, NASTY_KEY)
        self.driver.wait_for_text("active list")


@contextmanager
def on_stage(app: QApplication, folder: Path) -> Iterator[Stage]:
    """Start the program in a small window, and end it."""
    folders = Folders.under(folder)
    driver = Driver(folder)
    with running_program(app, driver, folders) as program:
        program.frame.resize(*SMALL)
        yield Stage(program, driver, folders)
