"""What is wrong with a question, in one sentence under the place; it lies over the page and moves nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

GAP = 4
PADDING = 10


class ProblemBubble(QFrame):
    """A sentence that clicks go through to what is below."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.setProperty("role", "notice")
        self.setProperty("tone", "bad")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box = box
        self.label = plain_label("", TextRole.SMALL_BAD)
        line = QHBoxLayout(self)
        line.setContentsMargins(PADDING, 6, PADDING, 6)
        line.setSpacing(6)
        line.addWidget(IconLabel(Icon.ERROR, Color.BAD, 14))
        line.addWidget(self.label)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, empty while there is none."""
        return self.label.text() if not self.isHidden() else ""

    def complain(self, sentence: str, x: int) -> None:
        """Say it under a place of the box."""
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.label.setText(sentence)
        self.adjustSize()
        below = self._box.mapTo(window, QPoint(x - PADDING, self._box.height() + GAP))
        self.move(max(min(below.x(), window.width() - self.width() - GAP), 0), below.y())
        self.show()
        self.raise_()
