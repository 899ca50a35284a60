"""The pane beside the table: one payload, read in every way there is."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Task
from vibes_desktop.ui.callbacks.payload.actions import PayloadActions
from vibes_desktop.ui.callbacks.payload.deeds import PayloadDeeds
from vibes_desktop.ui.callbacks.payload.foot import PayloadFoot
from vibes_desktop.ui.callbacks.payload.head import PayloadHead
from vibes_desktop.ui.callbacks.payload.loading import Loaded, load
from vibes_desktop.ui.callbacks.payload.tabs import PayloadTabs, Tab
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.card import Hairline
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.toast import Toast

NOTHING = "Choose a row to read its payload."


class PayloadPane(QFrame):
    """Shows the viewer's current payload."""

    shown = Signal()  # another payload is in view: .loaded

    def __init__(self, viewer: Viewer, actions: PayloadActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewer = viewer
        self.ways_out = actions
        self.loaded: Loaded | None = None
        self._loading: Task[Loaded] | None = None
        self._toast: Toast | None = None
        self._wanted: tuple[int, str] | None = None  # a row that is being read, and the path to go to
        self.head = PayloadHead(viewer.privacy, viewer.times)
        self.tabs = PayloadTabs(viewer.bridge, viewer.privacy, viewer.times)
        self.foot = PayloadFoot(viewer.privacy)
        self.notice = Notice(Tone.BAD, "", closable=True)
        self.deeds = PayloadDeeds(viewer, self, self)
        self._stack = QStackedLayout(self)
        self._build()
        self._connect()
        self._look()

    def say(self, text: str) -> None:
        """Say a word about what was just done."""
        if self._toast is None:
            self._toast = Toast(self.window())
        self._toast.show_text(text)

    def copy(self, text: str, what: str) -> None:
        """Copy a text, and say so."""
        QGuiApplication.clipboard().setText(text)
        masked = " (masked)" if self.viewer.privacy.is_masking else ""
        self.say(f"{what[:1].upper()}{what[1:]} copied{masked}")

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say what went wrong, at its place."""
        self.notice.show_problem(error)
        self._stack.setCurrentIndex(1)

    def show_path(self, row: int, path: str) -> None:
        """Look at a row, with the cursor at a path of it."""
        if self.loaded is not None and self.loaded.row == row:
            self.tabs.show_path(path)
            return
        self._wanted = (row, path)
        self.viewer.show(row)

    def take_focus(self) -> None:
        """Put the cursor into what is shown of the payload."""
        if self.loaded is not None:
            self.tabs.take_focus()

    def _look(self) -> None:
        """Read the viewer's current row in the background; until it is there, the one before stays."""
        if self._loading is not None:
            self._loading.cancel()
        row = self.viewer.current
        if row is None:
            self._show(None)
            return
        work = asyncio.to_thread(load, self.viewer.collection, row)
        self._loading = self.viewer.bridge.start(
            work, self._show, self._not_loaded, title="Reading a payload", owner=self
        )

    def _show(self, loaded: Loaded | None) -> None:
        self._loading = None
        self.loaded = loaded
        self.notice.hide()
        self._content.setVisible(True)
        if loaded is None:
            self.head.set_payload(None)
        else:
            self.head.set_payload(loaded.payload, loaded.identifiers)
        self.tabs.set_loaded(loaded)
        self.foot.set_findings(loaded.findings if loaded else ())
        self._stack.setCurrentIndex(0 if loaded is None else 1)
        self.shown.emit()
        if self._wanted is not None and loaded is not None and loaded.row == self._wanted[0]:
            self.tabs.show_path(self._wanted[1])
        self._wanted = None

    def _not_loaded(self, error: VibesDesktopError) -> None:
        self._show(None)
        self._content.hide()
        self.show_problem(error)

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.setAccessibleName("The payload")
        self.setMinimumWidth(280)
        empty = plain_label(NOTHING, TextRole.MUTED, wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._content = QWidget()
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.head)
        inside.addWidget(Hairline())
        inside.addWidget(self.tabs, 1)
        inside.addWidget(self.foot)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._content, 1)
        column.addStretch(0)
        self.notice.hide()
        self._stack.addWidget(empty)
        self._stack.addWidget(whole)

    def _connect(self) -> None:
        self.viewer.chosen.connect(self._look)
        self.head.person_wanted.connect(self.ways_out.open_person)
        self.head.timeline_wanted.connect(self.deeds.open_timeline)
        self.head.comparison_wanted.connect(self.deeds.compare_with_previous)
        self.tabs.said.connect(self.say)
        self.tabs.failed.connect(self.show_problem)
        self.tabs.copy_wanted.connect(self.copy)
        self.tabs.question_wanted.connect(self.viewer.toggle)
        self.foot.all_wanted.connect(lambda: self.tabs.show_tab(Tab.FINDINGS))
