"""A value to read in full: its lines as they are, broken wherever there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from vibes_desktop.model.fields import Value
from vibes_desktop.model.jsonvalue import JsonArray, JsonObject, dump
from vibes_desktop.people.compare import is_choice, is_choices
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.ui.widgets.labels import TextRole, set_text_role
from vibes_desktop.ui.widgets.plain import set_tooltip

SHOWN_LINES = 12
SHOWN_CHARACTERS = 2_000
MIN_WIDTH = 60
_LINE_SEPARATOR = "\u2028"  # within one QTextLayout


class ValueLabel(QLabel):
    """Shows text in as many lines as it needs, up to twelve; a word too long for a line is broken."""

    def __init__(self, text: str, role: TextRole = TextRole.BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_text_role(self, role)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.fontMetrics().height(), round(self._laid_out(width)[1])) + 2

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        lines = self.text().split("\n")
        width = max(self.fontMetrics().horizontalAdvance(line) for line in lines) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(MIN_WIDTH, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout, height = self._laid_out(self.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            layout.draw(painter, QPointF(0, max(0.0, (self.height() - height) / 2)))

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self.text().replace("\n", _LINE_SEPARATOR), self.font())
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        for _ in range(SHOWN_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, MIN_WIDTH))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height


def value_label(value: Value, role: TextRole) -> ValueLabel:
    """Show a value: text with its lines, JSON laid out; the tooltip tells what was cut off."""
    text = value_text(value)
    shown = text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
    label = ValueLabel(shown, role)
    if len(shown.split("\n")) > SHOWN_LINES or shown != text:
        set_tooltip(label, f"{len(text):,} characters; all of it is in what will be sent.")
    return label


def value_text(value: Value) -> str:
    """Write a value to be read: line ends stay, everything else that can't be seen is made visible."""
    if isinstance(value, str) and value:
        return "\n".join(visible(line) for line in value.split("\n"))
    is_plain_json = (
        isinstance(value, JsonObject | JsonArray) and not is_choice(value) and not is_choices(value)
    )
    if is_plain_json and isinstance(value, JsonObject | JsonArray) and len(value):
        return "\n".join(visible(line) for line in dump(value, indent=2).split("\n"))
    return one_line(value)
