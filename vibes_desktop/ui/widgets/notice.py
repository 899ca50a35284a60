"""Notices: what a page has to say at its place. The one presentation of errors is among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.theme import Color, set_style_property
from vibes_desktop.ui.widgets.buttons import Button, icon_button
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.pill import Tone


class Problem(Protocol):
    """What went wrong, in three sentences; every error of our tree is one."""

    title: str
    done: str
    advice: str


GAP = 10
SIDE_MARGIN = 12

_ICONS = {
    Tone.NEUTRAL: (Icon.INFO, Color.MUTED),
    Tone.OK: (Icon.OK, Color.OK),
    Tone.WARN: (Icon.WARNING, Color.WARN),
    Tone.BAD: (Icon.ERROR, Color.BAD),
    Tone.ACCENT: (Icon.INFO, Color.ACCENT),
}


class Notice(QFrame):
    """A tinted box: a title, sentences beside it (one) or under it (several), and buttons."""

    closed = Signal()  # the person closed it; it is hidden already

    def __init__(
        self,
        tone: Tone,
        title: str,
        sentences: Sequence[str] = (),
        *,
        actions: Sequence[Button] = (),
        closable: bool = False,
        privacy: Privacy | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._privacy = privacy
        self._content: tuple[Tone, str, tuple[str, ...]] = (tone, title, tuple(sentences))
        if privacy is not None:
            privacy.changed.connect(lambda: self.set_content(*self._content))
        self.setProperty("role", "notice")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = QHBoxLayout(self)
        self._icon = IconLabel(Icon.INFO, size=18)
        self._title = plain_label("", selectable=True)
        self._title.setProperty("role", "notice_title")
        self._texts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._texts.addWidget(self._title)
        self._sentences: list[QLabel] = []
        self._build(actions, closable=closable)
        self.set_content(tone, title, sentences)

    @property
    def text(self) -> str:
        """All it says, one sentence a line."""
        return "\n".join([self._title.text(), *(label.text() for label in self._sentences)])

    def set_content(self, tone: Tone, title: str, sentences: Sequence[str] = ()) -> None:
        """Say something else, in the same place."""
        self._content = (tone, title, tuple(sentences))
        if self._privacy is not None:
            title = self._privacy.text(title)
            sentences = [self._privacy.text(sentence) for sentence in sentences]
        said = [sentence for sentence in sentences if sentence]
        set_style_property(self, "tone", tone.value)
        set_style_property(self._title, "tone", tone.value)
        self._icon.set_icon(*_ICONS[tone])
        self._title.setText(title)
        self._set_sentences(said, tone)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(said))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def show_problem(self, problem: Problem) -> None:
        """Show an error: what happened, what was and was not done, what to do."""
        self.set_content(Tone.BAD, problem.title, (problem.done, problem.advice))
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _set_sentences(self, sentences: Sequence[str], tone: Tone) -> None:
        for label in self._sentences:
            self._texts.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._sentences = [plain_label(text, wrap=True, selectable=True) for text in sentences]
        for label in self._sentences:
            if len(sentences) == 1:
                label.setProperty("tone", tone.value)
            self._texts.addWidget(label)
        self._arrange()

    def _arrange(self) -> None:
        """Put a single sentence beside the title where both fit in one line, else under it."""
        beside = len(self._sentences) == 1 and self._fits_beside(self._sentences[0])
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._texts.setDirection(direction)
        self._texts.setSpacing(GAP if beside else 2)
        self._title.setWordWrap(not beside)
        for label in self._sentences:
            self._texts.setStretchFactor(label, 1 if beside else 0)
        align = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignTop
        self._line.setAlignment(self._icon, align)

    def _fits_beside(self, sentence: QLabel) -> bool:
        """Tell whether title and sentence fit into one line of the room that icon and buttons leave."""
        taken = 0
        for index in range(self._line.count()):
            item = self._line.itemAt(index)
            widget = item.widget() if item is not None else None
            taken += GAP + (widget.sizeHint().width() if widget is not None else 0)
        text = _width(self._title) + GAP + _width(sentence)
        return text + taken + 2 * SIDE_MARGIN <= self.width()

    def _build(self, actions: Sequence[Button], *, closable: bool) -> None:
        line = self._line
        line.setContentsMargins(SIDE_MARGIN, 10, SIDE_MARGIN, 10)
        line.setSpacing(GAP)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._texts, 1)
        for action in actions:
            line.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
        if closable:
            close = icon_button(Icon.CLOSE, "Close this notice", on_click=self._close)
            line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def _width(label: QLabel) -> int:
    label.ensurePolished()
    return label.fontMetrics().horizontalAdvance(label.text()) + 2


def problem_notice(problem: Problem, *, actions: Sequence[Button] = (), closable: bool = False) -> Notice:
    """Make the notice that shows an error."""
    return Notice(Tone.BAD, problem.title, (problem.done, problem.advice), actions=actions, closable=closable)
