"""Drives the packaged program from outside: real keys through the X server, eyes through AT-SPI."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.journey.driver import PATIENCE_SECONDS, Driver, JourneyError
from tests.packaged.eyes import ScreenReader

POLL_SECONDS = 0.05
FOCUS_SECONDS = 0.5  # how long a key may take to move the focus
# As X calls them.
KEYS = {"Ctrl": "ctrl", "Alt": "alt", "Shift": "shift", "Space": "space"}


class OutsideDriver(Driver):
    """A keyboard and patience; the program is another process."""

    def __init__(self, output: Path, eyes: ScreenReader, process: subprocess.Popen[str]) -> None:
        super().__init__(output)
        self._eyes = eyes
        self._process = process

    def press(self, *sequences: str) -> None:
        """Press keys by their names, such as `Ctrl+K`, `Tab`, `Return`."""
        for sequence in sequences:
            before = self._eyes.focus_name()
            names = [KEYS.get(name, name) for name in sequence.split("+")]
            names[-1] = names[-1] if len(names[-1]) > 1 else names[-1].lower()
            _send("key", "+".join(names))
            self.keys_sent += 1
            self.settle()
            if sequence in {"Tab", "Shift+Tab"}:
                self._wait_for_another_focus(before)

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        _send("type", "--delay", "2", "--", text)
        self.keys_sent += len(text)
        self.settle()

    def focus_name(self) -> str:
        """The accessible name of what has the focus."""
        return self._eyes.focus_name()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if self._process.poll() is not None:
                raise JourneyError(f"the program ended with status {self._process.returncode}")
            if time.monotonic() > deadline:
                raise JourneyError(f"waited in vain for {what}; in sight: {self._eyes.texts_in_sight()}")
            time.sleep(POLL_SECONDS)

    def wait_for_text(self, text: str) -> None:
        """Wait until a text is in sight."""
        self.wait(lambda: self._eyes.is_said(text), f"the text {text!r}")

    def wait_for_no_text(self, text: str) -> None:
        """Wait until a text is out of sight."""
        self.wait(lambda: not self._eyes.is_said(text), f"the text {text!r} to go")

    def wait_for_focus(self, name: str) -> None:
        """Wait until the control whose accessible name begins so has the focus."""
        self.wait(lambda: self._eyes.focus_name().startswith(name), f"the focus on {name!r}")

    def choose(self, text: str, key: str = "Down") -> None:
        """Go through the choice that has the focus until it is set to what begins so."""
        self.go_through(key, lambda: self._eyes.focus_value().startswith(text), f"the choice {text!r}")

    def settle(self) -> None:
        """Have the program answer twice: its loop went round, and took the keys that were sent."""
        for _ in range(2):
            time.sleep(0.01)
            self._eyes.focus_name()

    def shot(self, name: str, caption: str) -> None:
        """Take no picture: the journey from source does."""

    def _sees(self, condition: Callable[[], bool]) -> bool:
        return condition()

    def _wait_for_another_focus(self, before: str) -> None:
        deadline = time.monotonic() + FOCUS_SECONDS
        while self._eyes.focus_name() == before and time.monotonic() < deadline:
            time.sleep(0.01)


def _send(*arguments: str) -> None:
    subprocess.run(("xdotool", *arguments), check=True)
