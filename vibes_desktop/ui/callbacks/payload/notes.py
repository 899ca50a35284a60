"""Findings and repairs as rows of a list: an icon with its word, a sentence, and the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vibes_desktop.ui.icons import Icon, draw_icon
from vibes_desktop.ui.theme import Color, active_theme, load_measures, mono_font, text_font
from vibes_desktop.ui.widgets.plain import one_line, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
SIDE = 14
ICON_SIZE = 16
GAP = 8
PADDING = 8
LINE = 18


@dataclass(frozen=True, slots=True)
class Note:
    """One row. `word` says how grave it is, `title` what it is; `path` may be empty."""

    icon: Icon
    color: Color
    word: str
    title: str
    sentence: str
    path: str = ""

    @property
    def spoken(self) -> str:
        """All of it, for screen readers and for copying."""
        place = f" ({self.path})" if self.path else ""
        return f"{self.word}: {self.title}. {self.sentence}{place}"


class NotesModel(QAbstractListModel):
    """Notes in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[Note, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is shown."""
        return self._notes

    def set_notes(self, notes: Sequence[Note]) -> None:
        """Show other notes."""
        self.beginResetModel()
        self._notes = tuple(notes)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._notes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._notes):
            return None
        note = self._notes[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return note.spoken
        if role == Qt.ItemDataRole.ToolTipRole and note.path:
            return plain_tooltip(note.path)
        return None


class NoteList(QListView):
    """A list of notes; a click or Enter leads to the place of one."""

    opened = Signal(int)
    copy_wanted = Signal(str, str)

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = NotesModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_NoteDelegate(self))
        self.setAccessibleName(accessible_name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is shown."""
        return self._model.notes

    @property
    def notes_model(self) -> NotesModel:
        """The model."""
        return self._model

    def set_notes(self, notes: Sequence[Note]) -> None:
        """Show other notes, the first one current."""
        if tuple(notes) == self._model.notes:
            return
        self._model.set_notes(notes)
        if notes:
            self.setCurrentIndex(self._model.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row >= 0 and not event.isAutoRepeat():
                self.opened.emit(row)
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy) and row >= 0:
            self.copy_wanted.emit(self.notes[row].spoken, "line")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _NoteDelegate(QStyledItemDelegate):
    """Paints one note on two lines and as many more as its sentence needs."""

    def __init__(self, view: NoteList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        note = self._view.notes[index.row()]
        lines = self._sentence_height(note, width - SIDE * 2 - ICON_SIZE - GAP)
        return QSize(width, PADDING * 2 + LINE + lines + (LINE if note.path else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        note, area, theme = self._view.notes[index.row()], QRect(option.rect), active_theme()
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.fillRect(area, theme.color(Color.ACCENT_SOFT))
            painter.setPen(theme.color(Color.ACCENT))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color(Color.LINE))
        left, top = area.left() + SIDE, area.top() + PADDING
        draw_icon(painter, QRect(left, top + 1, ICON_SIZE, ICON_SIZE), note.icon, note.color)
        room = QRect(left + ICON_SIZE + GAP, top, area.width() - SIDE * 2 - ICON_SIZE - GAP, LINE)
        self._paint_title(painter, room, note)
        height = self._sentence_height(note, room.width())
        painter.setFont(text_font())
        painter.setPen(theme.color(Color.TEXT))
        place = QRect(room.left(), room.top() + LINE, room.width(), height)
        painter.drawText(place, _wrapping(note.sentence, room.width()), note.sentence)
        if note.path:
            painter.setFont(mono_font())
            painter.setPen(theme.color(Color.MUTED))
            line = QRect(room.left(), place.bottom() + 1, room.width(), LINE)
            shown = painter.fontMetrics().elidedText(
                one_line(note.path), Qt.TextElideMode.ElideMiddle, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_title(self, painter: QPainter, room: QRect, note: Note) -> None:
        theme = active_theme()
        painter.setFont(text_font(weight=text_font().Weight.DemiBold))
        painter.setPen(theme.color(note.color))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, note.word)
        used = painter.fontMetrics().horizontalAdvance(note.word) + GAP
        painter.setFont(text_font(load_measures().small_size))
        painter.setPen(theme.color(Color.MUTED))
        rest = room.adjusted(used, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(note.title, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, shown)

    def _sentence_height(self, note: Note, width: int) -> int:
        flags = _wrapping(note.sentence, width)
        room = QRect(0, 0, max(width, 40), 10_000)
        return max(QFontMetrics(text_font()).boundingRect(room, flags, note.sentence).height(), LINE)


def _wrapping(text: str, width: int) -> int:
    """Break between words, and inside of one only where it is longer than a line."""
    metrics = QFontMetrics(text_font())
    is_long = any(metrics.horizontalAdvance(word) > width for word in text.split())
    return int(Qt.TextFlag.TextWrapAnywhere if is_long else Qt.TextFlag.TextWordWrap)
