"""The question: written in one line, asked as one types, with its answer's size beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vibes_desktop.callbacks.query import QueryError
from vibes_desktop.ui.callbacks.questions.history import QuestionHistory
from vibes_desktop.ui.callbacks.questions.query_edit import QueryEdit
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import load_measures
from vibes_desktop.ui.widgets.focus_frame import FocusFrame
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

ASK_AFTER_MS = 150
NAME = "Question about the callbacks"
PLACEHOLDER = "type:subscription_removed reason:user_opt_out date:2026-11-01..2026-11-07, or any words"


class QueryBox(FocusFrame):
    """Asks the viewer as one types, and at once on Enter."""

    refused = Signal(object)  # a QueryError, or None once the question makes sense

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self._viewer = viewer
        self.history = QuestionHistory()
        self.edit = QueryEdit(viewer.privacy)
        self.edit.setAccessibleName(NAME)
        self.edit.setPlaceholderText(PLACEHOLDER)
        self.count = plain_label("", TextRole.MONO_MUTED)
        self._ask_soon = QTimer(self, interval=ASK_AFTER_MS, singleShot=True)
        self._ask_soon.timeout.connect(self._ask)
        self._build()
        self.edit.textChanged.connect(self._ask_soon.start)
        self.edit.submitted.connect(self.ask_now)
        viewer.asked.connect(self._show_question)
        for signal in (viewer.answered, viewer.grew, viewer.replaced, viewer.progressed):
            signal.connect(self._show_count)
        viewer.privacy.changed.connect(self.edit.recolor)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.edit.text

    def ask_now(self) -> None:
        """Ask what stands there, and keep it in the history."""
        self._ask_soon.stop()
        self._ask()
        self.history.add(self.text)

    def _build(self) -> None:
        self.setFocusProxy(self.edit)
        self.setFixedHeight(load_measures().search_height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(10)
        line.addWidget(IconLabel(Icon.SEARCH))
        line.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.count)

    def _ask(self) -> None:
        try:
            if self.text.strip() != self._viewer.question:
                self._viewer.ask(self.text)
        except QueryError as error:
            self.edit.mark_error(error.position)
            self.refused.emit(error)
        else:
            self.edit.mark_error(None)
            self.refused.emit(None)

    def _show_question(self) -> None:
        """Show what was asked elsewhere; what was typed here stays as it was typed."""
        if self.text.strip() != self._viewer.question:
            self.edit.put(self._viewer.question)
            self._ask_soon.stop()
            self.edit.mark_error(None)

    def _show_count(self) -> None:
        self.count.setText(count_words(self._viewer))


def count_words(viewer: Viewer) -> str:
    """Say how many rows answer, of how many, and how long it took."""
    total = len(viewer.collection)
    if not total:
        return ""
    if viewer.query is None:
        return f"{total:,}"
    return f"{len(viewer.rows):,} of {total:,} · {_duration(viewer.took_ms)}"


def _duration(milliseconds: float) -> str:
    if milliseconds < 1000:
        return f"{max(round(milliseconds), 1)} ms"
    return f"{milliseconds / 1000:.1f} s"
