"""The application object: on macOS it is told which files the person opened with the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Keeps files that come before there is a window to open them in."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._files: list[str] = []
        self._open: Callable[[str], object] | None = None

    def open_files_with(self, open_file: Callable[[str], object]) -> None:
        """Hand over the files that were opened so far, and those to come."""
        self._open = open_file
        files, self._files = self._files, []
        for file in files:
            open_file(file)

    def event(self, event: QEvent) -> bool:
        """Take what the system wants to be opened."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        if self._open is None:
            self._files.append(event.file())
        else:
            self._open(event.file())
        return True
