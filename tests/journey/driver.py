"""Drives the real window as a person does: keys in, pictures out, and patience."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journey import eyes
from tests.journey.camera import PictureError, Shot, check_shows_something, fingerprint, picture_of_screen
from tests.journey.eyes import main_window
from tests.journey.pulse import Pulse

PATIENCE_SECONDS = 60.0
POLL_MS = 5
STILL_MS = 25  # Qt paints 5 ms after it was asked to, at most 17 ms
MOST_PICTURES = 400
MAX_TABS = 200
MAX_STEPS = 300  # of an arrow key through a list

_SHIFTED = Qt.KeyboardModifier.ShiftModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


class JourneyError(AssertionError):
    """A step of the journey did not lead where it should."""


@dataclass
class Driver:
    """A keyboard, eyes, a camera and patience."""

    output: Path
    shots: list[Shot] = field(default_factory=list)
    keys_sent: int = 0
    pulse: Pulse = field(default_factory=Pulse)
    troubles: list[str] = field(default_factory=list)  # what must end the journey at once
    _seen: dict[str, str] = field(default_factory=dict)

    def press(self, *sequences: str) -> None:
        """Press keys by their names, such as `Ctrl+K`, `Tab`, `Return`."""
        for sequence in sequences:
            combination = QKeySequence(sequence)[0]  # type: ignore[index]
            QTest.keyClick(self._window(), combination.key(), combination.keyboardModifiers())
            self.keys_sent += 1
            self.settle()

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        for character in text:
            shift = _SHIFTED if character.isupper() else _PLAIN
            for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                QTest.sendKeyEvent(action, self._window(), _key_of(character), character, shift)
            self.keys_sent += 1
            self.settle()

    def replace(self, text: str) -> None:
        """Type a text over whatever the focused field holds."""
        self.press("Ctrl+A")
        self.type(text)

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until the control whose accessible name begins so has the focus."""
        for _ in range(MAX_TABS):
            if self.focus_name().startswith(name):
                return
            self.press(key)
        raise JourneyError(f"{key} never reached {name!r}; the focus is on {self.focus_name()!r}")

    def go_through(self, key: str, is_there: Callable[[], bool], what: str) -> None:
        """Press an arrow key until something is so."""
        for _ in range(MAX_STEPS):
            if self._sees(is_there):
                return
            self.press(key)
        raise JourneyError(f"{key} never led to {what}")

    def choose(self, text: str, key: str = "Down") -> None:
        """Go through the choice that has the focus until it is set to what begins so."""
        self.go_through(key, lambda: eyes.focus_value().startswith(text), f"the choice {text!r}")

    def focus_name(self) -> str:
        """The accessible name of what has the focus."""
        with self.pulse.aside():
            return eyes.focus_name()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition, with the window alive."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._sees(condition):
            _focus_front_window()
            if self.troubles:
                raise JourneyError(self.troubles[0])
            if time.monotonic() > deadline:
                self._photograph("failure")
                raise JourneyError(f"waited in vain for {what}; in sight: {_in_sight()}")
            live(POLL_MS)

    def wait_for_text(self, text: str) -> None:
        """Wait until a text is in sight."""
        self.wait(lambda: eyes.is_said(text), f"the text {text!r}")

    def wait_for_no_text(self, text: str) -> None:
        """Wait until a text is out of sight."""
        self.wait(lambda: not eyes.is_said(text), f"the text {text!r} to go")

    def wait_for_focus(self, name: str) -> None:
        """Wait until the control whose accessible name begins so has the focus."""
        self.wait(lambda: eyes.focus_name().startswith(name), f"the focus on {name!r}")

    def settle(self) -> None:
        """Let the window do what is due: handle events, lay out, paint."""
        loop = QEventLoop()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(loop.quit)
        loop.exec()
        dispatcher.aboutToBlock.disconnect(loop.quit)
        if self.troubles:
            raise JourneyError(self.troubles[0])

    def shot(self, name: str, caption: str) -> None:
        """Photograph what is in sight; raises PictureError when it is nothing, or nothing new."""
        path = self._photograph(f"{len(self.shots) + 1:02d}-{name}")
        self.shots.append(Shot(path, caption))

    def _photograph(self, name: str) -> Path:
        image = self._still_picture()
        with self.pulse.aside():
            return self._keep(image, name)

    def _still_picture(self) -> QImage:
        """Photograph until two pictures in a row are the same: what was due to be painted was painted."""
        for _ in range(MOST_PICTURES):
            with self.pulse.aside():
                first = picture_of_screen()
            live(STILL_MS)
            with self.pulse.aside():
                second = picture_of_screen()
            if first == second:
                return second
        raise PictureError("the window never stood still")

    def _keep(self, image: QImage, name: str) -> Path:
        self.output.mkdir(parents=True, exist_ok=True)
        path = self.output / f"{name}.png"
        if not image.save(str(path)):
            raise PictureError(f"could not write {path.name}")
        check_shows_something(image)
        twin = self._seen.setdefault(fingerprint(image), path.name)
        if twin != path.name:
            raise PictureError(f"{path.name} shows the same as {twin}")
        return path

    def _sees(self, condition: Callable[[], bool]) -> bool:
        with self.pulse.aside():
            return condition()

    def _window(self) -> QWindow:
        self.wait(lambda: QGuiApplication.focusWindow() is not None, "a window with the keyboard focus")
        window = QGuiApplication.focusWindow()
        if window is None:
            raise JourneyError("no window has the keyboard focus")
        return window


def live(milliseconds: int) -> None:
    """Let the window live for a while, and other threads too."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _focus_front_window() -> None:
    """Do a window manager's part, which a bare virtual display lacks: give a lost focus to the front."""
    if QGuiApplication.focusWindow() is None and QApplication.activePopupWidget() is None:
        (QApplication.activeModalWidget() or main_window()).activateWindow()


def _key_of(character: str) -> Qt.Key:
    """Find the key of a character; those that no keyboard has come without one, as from an input method."""
    code = ord(character.upper())
    return Qt.Key(code) if 0x20 <= code <= 0x7E else Qt.Key.Key_unknown


def _in_sight() -> str:
    return " | ".join(dict.fromkeys(text.replace("\n", " ")[:80] for text in eyes.texts_in_sight()))[:3000]
