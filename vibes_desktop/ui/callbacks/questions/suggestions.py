"""The list under the question's box: fields and values that occur, chosen without leaving the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vibes_desktop.callbacks.completing import Completion, completions
from vibes_desktop.ui.callbacks.questions.coloring import covered
from vibes_desktop.ui.callbacks.questions.latest import Latest
from vibes_desktop.ui.callbacks.questions.query_edit import ENTER, QueryEdit
from vibes_desktop.ui.callbacks.questions.suggestion_model import COUNT_ROLE, Index, SuggestionModel
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.theme import Color, active_theme, load_measures, mono_font, text_font

ROW_HEIGHT = 24
ROWS_SHOWN = 10
WIDTH = 360
GAP = 4
PADDING = 10
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS_SHOWN,
    Qt.Key.Key_PageUp: -ROWS_SHOWN,
}


@dataclass(frozen=True, slots=True)
class _Offer:
    """What may stand at a place of a text."""

    text: str
    cursor: int
    found: tuple[Completion, ...]


class Suggestions(QFrame):
    """Lies over the window, never takes the focus; nothing is chosen until an arrow or Tab says so."""

    taken = Signal()  # a suggestion was written into the box
    shown_changed = Signal()

    def __init__(self, viewer: Viewer, edit: QueryEdit, box: QWidget) -> None:
        super().__init__(box)
        self.setProperty("role", "card")
        self.setAccessibleName("Suggestions")
        self._viewer = viewer
        self._edit = edit
        self._box = box
        self.model = SuggestionModel(self)
        self.list = _List(self.model)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.list)
        self._place_offered = ("", 0)  # the text, and the cursor in it, that the list is for
        self._takes_first = False  # as soon as the list is for what was typed
        self._latest: Latest[_Offer] = Latest(viewer.bridge, self, self._offer)
        edit.cursorPositionChanged.connect(self._moved)
        self.hide()

    def look(self) -> None:
        """Look for what may stand at the cursor, and offer it."""
        text, cursor, collection = self._edit.text, self._edit.cursor_at, self._viewer.collection
        self._takes_first = False
        self._latest.ask(lambda _check: _Offer(text, cursor, completions(text, cursor, collection)))

    def close_list(self) -> None:
        """Offer nothing any more."""
        self._takes_first = False
        self._latest.drop()
        if self.isVisible():
            self.hide()
            self.shown_changed.emit()

    def handle(self, event: QKeyEvent) -> bool:
        """Take a key that is meant for the list; tells whether it was."""
        if not self.isVisible():
            return False
        key, row = event.key(), self.list.currentIndex().row()
        is_late = self._place_offered != (self._edit.text, self._edit.cursor_at)
        if key == Qt.Key.Key_Escape:
            self.close_list()
        elif key == Qt.Key.Key_Tab and not event.modifiers() and is_late:
            self._takes_first = True
        elif is_late:
            return key in STEPS
        elif key in STEPS:
            self._step(row, STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Tab and not event.modifiers():
            self._take(max(row, 0))
        elif key in ENTER and row >= 0:
            self._take(row)
        else:
            return False
        return True

    def _moved(self) -> None:
        """Go when the cursor goes elsewhere in the same text."""
        text, cursor = self._place_offered
        if self.isVisible() and self._edit.text == text and self._edit.cursor_at != cursor:
            self.close_list()

    def _offer(self, offer: _Offer) -> None:
        text = offer.text
        if (text, offer.cursor) != (self._edit.text, self._edit.cursor_at):
            return  # more was typed, and is being looked up
        self._place_offered = text, offer.cursor
        useful = [self._masked(each) for each in offer.found if text[each.begin : each.end] != each.text]
        self.model.set_completions(useful)
        if not useful or not self._edit.hasFocus():
            self.close_list()
            return
        if self._takes_first:
            self._take(0)
            return
        self._place(len(useful), useful[0].begin)
        was_shown = self.isVisible()
        self.show()
        self.raise_()
        if not was_shown:
            self.shown_changed.emit()

    def _masked(self, completion: Completion) -> Completion:
        """Cover whose data a suggestion would show, while personal data are hidden."""
        hidden = covered(completion.text)
        if not self._viewer.privacy.is_masking or hidden == completion.text:
            return completion
        return replace(completion, shown=hidden)

    def _place(self, rows: int, begin: int) -> None:
        """Lie under the condition that is being written."""
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = self._box.mapTo(window, QPoint(0, self._box.height() + GAP)).y()
        room = (window.height() - below - 4 * GAP) // ROW_HEIGHT
        height = max(min(rows, ROWS_SHOWN, room), 1) * ROW_HEIGHT
        self.list.setFixedHeight(height)
        size = QSize(WIDTH, height + 2 * GAP)
        x = self._edit.viewport().mapTo(window, QPoint(self._edit.x_of(begin) - PADDING - GAP, 0)).x()
        self.setGeometry(QRect(QPoint(max(min(x, window.width() - WIDTH - GAP), 0), below), size))

    def _step(self, row: int, step: int) -> None:
        last = self.model.rowCount() - 1
        row = (0 if step > 0 else last) if row < 0 else max(min(row + step, last), 0)
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        # The list never has the focus: what is chosen in it is read out with the box.
        self._edit.setAccessibleDescription(index.data(Qt.ItemDataRole.AccessibleTextRole))

    def _take(self, row: int) -> None:
        completion = self.model.completions[row]
        is_whole = not completion.text.endswith(":")
        at_end = completion.end >= len(self._edit.text)
        self.close_list()
        self._edit.put_between(
            completion.begin, completion.end, completion.text + " " * (is_whole and at_end)
        )
        if not is_whole:
            self.look()
        self.taken.emit()


class _List(QListView):
    """Rows of one height, whose keys the box handles."""

    def __init__(self, model: SuggestionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("Suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setItemDelegate(_SuggestionDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _SuggestionDelegate(QStyledItemDelegate):
    """Paints a suggestion, and at its right how many callbacks have it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, area = active_theme(), QRect(option.rect)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color(Color.ACCENT_SOFT if is_current else Color.SUNKEN))
        room = area.adjusted(PADDING, 0, -PADDING, 0)
        painter.setFont(text_font(load_measures().small_size))
        painter.setPen(theme.color(Color.MUTED))
        count = index.data(COUNT_ROLE)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(count) - PADDING, 0)
        painter.setFont(mono_font())
        painter.setPen(theme.color(Color.TEXT))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
