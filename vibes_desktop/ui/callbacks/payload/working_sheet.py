"""A sheet whose content is worked out in the background while it is open already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Task
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

T = TypeVar("T")
WIDTH = 1_080
DETAIL_HEIGHT = 56
DETAIL_CHARACTERS = 4_000


class WorkingSheet(SheetDialog):
    """Closing it gives the work up."""

    def __init__(
        self, viewer: Viewer, title: str, *, subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, subtitle=subtitle, width=WIDTH, parent=parent)
        self.viewer = viewer
        self._task: Task[Any] | None = None
        self.progress = ProgressLine()
        self.notice = Notice(Tone.BAD, "")
        self.notice.hide()
        self.detail = plain_label("", TextRole.BODY, wrap=True, selectable=True)
        self.detail.setMinimumHeight(DETAIL_HEIGHT)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setAccessibleName("The chosen row in full")
        self.add(self.notice)
        self.set_foot(self.progress)
        self.finished.connect(self._end)
        self._replaced = viewer.replaced.connect(self.reject)

    def add_close(self) -> None:
        """Add the button that closes, as the last one."""
        self.set_default(self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject)))

    def work(self, what: str, act: Callable[[], T], done: Callable[[T], object]) -> None:
        """Work something out in the background, in place of what is under way."""
        if self._task is not None:
            self._task.cancel()
        self.notice.hide()
        self.progress.start(what, self.reject)

        def finish(result: T) -> None:
            self.progress.stop()
            done(result)

        self._task = self.viewer.bridge.start(
            asyncio.to_thread(act), finish, self._failed, title=what, owner=self
        )

    def jump(self, row: int) -> None:
        """Look at a row, and close."""
        self.accept()
        self.viewer.show(row)

    def show_detail(self, text: str) -> None:
        """Say all of the chosen row, for which a line has no room."""
        self.detail.setText(text[:DETAIL_CHARACTERS])

    def copy(self, text: str, what: str) -> None:
        """Copy a text, and say so in the foot."""
        QGuiApplication.clipboard().setText(text)
        masked = " (masked)" if self.viewer.privacy.is_masking else ""
        self.set_note(f"{what[:1].upper()}{what[1:]} copied{masked}")

    def _failed(self, error: VibesDesktopError) -> None:
        self.progress.stop()
        self.notice.show_problem(error)

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.progress.stop()
        QObject.disconnect(self._replaced)  # Qt forgets by itself only what Python does not override
        self.deleteLater()
