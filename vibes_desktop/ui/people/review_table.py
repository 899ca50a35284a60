"""The table of a review: each edited field with what the platform holds and what it will be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from vibes_desktop.model.fields import Value
from vibes_desktop.people.display import BLANK, one_line, visible
from vibes_desktop.people.review import Resolution, Review, ReviewRow
from vibes_desktop.ui.people.field_view import is_set
from vibes_desktop.ui.people.value_label import ValueLabel, value_label
from vibes_desktop.ui.widgets.buttons import Button, link_button
from vibes_desktop.ui.widgets.card import Hairline
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill, Tone

WORDS = 40  # characters of a value within a sentence
COLUMNS = 5
STRETCHES = (4, 7, 0, 6, 0)
FIELD_WIDTH = 150
ONE_LINE = 30  # characters that fit a column's line anywhere
_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft
_WHOSE = ((Resolution.THEIRS, "Keep theirs"), (Resolution.MINE, "Use mine"))


class ReviewTable(QWidget):
    """Shows the rows of one review; a choice in it is told, and leads to another table."""

    revert_requested = Signal(object)  # FieldRef
    revert_all_requested = Signal()
    resolved = Signal(object, object)  # FieldRef, Resolution

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 0, 10, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, FIELD_WIDTH)
        for column, stretch in enumerate(STRETCHES):
            self._grid.setColumnStretch(column, stretch)
        for column, words in ((0, "Field"), (1, "Now on the platform"), (3, "Will be")):
            self._grid.addWidget(plain_label(words, TextRole.SMALL_MUTED), 0, column)
        if len(review.rows) > 1:
            revert_all = link_button("Revert all", small=True, on_click=self.revert_all_requested.emit)
            self._grid.addWidget(revert_all, 0, 4, Qt.AlignmentFlag.AlignRight)
        for row in review.rows:
            self._add_row(row)
        self._grid.addWidget(Hairline(), self._grid.rowCount(), 0, 1, COLUMNS)

    def _add_row(self, row: ReviewRow) -> None:
        grid, line = self._grid, self._grid.rowCount()
        name, before, after = ValueLabel(visible(row.field.name)), _before(row), _after(row)
        arrow, revert = plain_label("→", TextRole.MUTED), self._revert(row)
        place = _TOP if any(_is_tall(each) for each in (name, before, after)) else _MIDDLE
        grid.addWidget(Hairline(), line, 0, 1, COLUMNS)
        for column, widget in enumerate((name, before, arrow)):
            grid.addWidget(widget, line + 1, column, place)
        grid.addWidget(after, line + 1, 3, place | _LEFT if isinstance(after, Pill) else place)
        grid.addWidget(revert, line + 1, 4, place | Qt.AlignmentFlag.AlignRight)
        if row.is_conflict:
            grid.addWidget(self._conflict(row), line + 2, 0, 1, COLUMNS)
        if row.problem:
            grid.addWidget(plain_label(row.problem, TextRole.SMALL_BAD, wrap=True), line + 3, 1, 1, 4)

    def _revert(self, row: ReviewRow) -> Button:
        revert = link_button("Revert", on_click=lambda: self.revert_requested.emit(row.field))
        revert.setAccessibleName(f"Revert {visible(row.field.name)}")
        return revert

    def _conflict(self, row: ReviewRow) -> QWidget:
        """Offer the choice between two changes of one field."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(16)
        words = f"Changed by someone else too: it was {_quoted(row.opened)} when you opened it."
        line.addWidget(plain_label(words, TextRole.WARN, wrap=True), 1)
        group = QButtonGroup(holder)
        for resolution, text in _WHOSE:
            choice = QRadioButton(text)
            choice.setAccessibleName(f"{visible(row.field.name)}: {text}")
            choice.setChecked(row.resolution is resolution)
            choice.clicked.connect(lambda _=False, chosen=resolution: self.resolved.emit(row.field, chosen))
            group.addButton(choice)
            line.addWidget(choice)
        return holder


def _before(row: ReviewRow) -> QWidget:
    """Show what the platform holds; struck out where it will be replaced."""
    if not is_set(row.now) or row.now == "":
        return value_label(row.now, TextRole.MUTED)
    return value_label(row.now, TextRole.STRUCK if row.is_sent else TextRole.BODY)


def _after(row: ReviewRow) -> QWidget:
    if not row.is_sent and not row.needs_choice:
        return Pill("stays as it is", Tone.NEUTRAL)
    if row.after is None:
        return Pill("cleared", Tone.BAD if row.is_sent else Tone.WARN)
    return value_label(row.after, TextRole.STRONG if row.is_sent else TextRole.MUTED)


def _is_tall(widget: QWidget) -> bool:
    """Tell whether a value may need several lines."""
    return isinstance(widget, ValueLabel) and ("\n" in widget.text() or len(widget.text()) > ONE_LINE)


def _quoted(value: Value) -> str:
    words = one_line(value, WORDS)
    return f"“{words}”" if isinstance(value, str) and words != BLANK else words
