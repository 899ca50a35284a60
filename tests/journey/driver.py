"""Drives the real window as a person does: keys in, screenshots out."""

from __future__ import annotations

import html
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_MS = 20_000
POLL_MS = 5
MAX_TABS = 150


class JourneyError(AssertionError):
    """A step of the journey did not lead where it should."""


@dataclass(frozen=True)
class Shot:
    """One screenshot with its caption."""

    path: Path
    caption: str


@dataclass
class Driver:
    """A keyboard, eyes and patience. `pauses_ms` collects every gap between two turns of the event loop."""

    output: Path
    shots: list[Shot] = field(default_factory=list)
    keys_sent: int = 0

    def press(self, *sequences: str) -> None:
        """Press keys by their names, such as `Ctrl+K`, `Tab`, `Return`."""
        for sequence in sequences:
            combination = QKeySequence(sequence)[0]
            QTest.keyClick(self._window(), combination.key(), combination.keyboardModifiers())
            self.keys_sent += 1
            pause(POLL_MS)

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        for character in text:
            QTest.keyClicks(_focus_widget(), character)
            self.keys_sent += 1
        pause(POLL_MS)

    def replace(self, text: str) -> None:
        """Type a text over whatever the focused field holds."""
        self.press("Ctrl+A")
        self.type(text)

    def tab_to(self, name: str) -> None:
        """Press Tab until the control with this accessible name has the focus."""
        for _ in range(MAX_TABS):
            if self.focus_name() == name:
                return
            self.press("Tab")
        raise JourneyError(f"Tab never reached {name!r}; the focus is on {self.focus_name()!r}")

    def focus_name(self) -> str:
        """The accessible name of what has the focus."""
        widget = QApplication.focusWidget()
        return "" if widget is None else widget.accessibleName()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition, with the window alive."""
        timer = QElapsedTimer()
        timer.start()
        while not condition():
            if timer.elapsed() > PATIENCE_MS:
                self.shot("failure", f"Waited in vain: {what}")
                raise JourneyError(f"waited in vain: {what}")
            pause(POLL_MS)

    def wait_for_text(self, text: str) -> None:
        """Wait until the active window shows a text."""
        self.wait(lambda: any(text in shown for shown in visible_texts()), f"the text {text!r}")

    def shot(self, name: str, caption: str) -> None:
        """Photograph the screen's windows as they are now."""
        pause(60)  # a paint is due after the last change
        self.output.mkdir(parents=True, exist_ok=True)
        path = self.output / f"{len(self.shots) + 1:02d}-{name}.png"
        screen = QGuiApplication.primaryScreen()
        window = next(each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow())
        pixmap = screen.grabWindow(0) if screen.grabWindow(0).width() > 1 else window.grab()
        if not pixmap.save(str(path)):
            raise JourneyError(f"could not write {path.name}")
        self.shots.append(Shot(path, caption))

    def write_index(self, title: str) -> Path:
        """Write the captioned page of all screenshots."""
        figures = "\n".join(
            f'<figure><img src="{html.escape(shot.path.name)}" alt="{html.escape(shot.caption)}">'
            f"<figcaption>{i}. {html.escape(shot.caption)}</figcaption></figure>"
            for i, shot in enumerate(self.shots, 1)
        )
        page = self.output / "index.html"
        page.write_text(_PAGE.format(title=html.escape(title), figures=figures), encoding="utf-8")
        return page

    def _window(self) -> QWindow:
        window = QGuiApplication.focusWindow()
        if window is None:
            self.wait(lambda: QGuiApplication.focusWindow() is not None, "a window with the keyboard focus")
            window = QGuiApplication.focusWindow()
        if window is None:
            raise JourneyError("no window has the keyboard focus")
        return window


def pause(milliseconds: int) -> None:
    """Let the window live for a while; other threads too, which one long `qWait` would starve."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < milliseconds:
        QTest.qWait(2)


def visible_texts() -> list[str]:
    """Collect the texts that the visible windows show."""
    texts: list[str] = []
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            continue
        for widget in [window, *window.findChildren(QWidget)]:
            if widget.isVisible():
                texts += [
                    value
                    for name in ("text", "currentText", "plainText", "accessibleName")
                    if isinstance(value := widget.property(name), str) and value
                ]
    return texts


def _focus_widget() -> QWidget:
    widget = QApplication.focusWidget()
    if widget is None:
        raise JourneyError("nothing has the keyboard focus")
    return widget


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }}
figure {{ margin: 0 0 2.5rem; }}
img {{ width: 100%; border: 1px solid #dce0e6; border-radius: 8px; }}
figcaption {{ margin-top: .5rem; color: #5a6372; }}
</style>
<h1>{title}</h1>
{figures}
</html>
"""
