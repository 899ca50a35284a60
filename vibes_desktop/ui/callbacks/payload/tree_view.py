"""The tree on screen: a key, its value, and what a closed container holds, each in its colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from vibes_desktop.ui.callbacks.payload.json_tree import Node, Shape
from vibes_desktop.ui.callbacks.payload.tree_model import TreeModel
from vibes_desktop.ui.icons import Icon, draw_icon
from vibes_desktop.ui.theme import Color, active_theme, load_measures, mono_font, text_font

ROW_HEIGHT = 21
LEVEL_WIDTH = 14
CARET = 10
GAP = 8
OPENED_AT_MOST = 2_000  # rows that one command opens
_VALUE_COLORS = {Shape.TEXT: Color.OK, Shape.NUMBER: Color.WARN, Shape.WORD: Color.WARN}


class TreeView(QTreeView):
    """One document. Right and left open and close, Enter does either, `*` opens all below within bounds."""

    menu_wanted = Signal(object)  # a point on screen: what can be done with the current node
    value_wanted = Signal()  # all of the current node's value
    bounded = Signal(int)  # so many rows were opened, and not all there are

    def __init__(self, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = model
        self._needle = ""
        self._marked: frozenset[int] = frozenset()
        self.setAccessibleName("The payload as a tree")
        self.setModel(model)
        self.setItemDelegate(_RowHeight(self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(LEVEL_WIDTH)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(True)
        self.setMouseTracking(False)

    @property
    def tree(self) -> TreeModel:
        """The model."""
        return self._tree

    @property
    def current_node(self) -> Node | None:
        """The node with the cursor."""
        return self._tree.node(self.currentIndex())

    def go_to(self, node: Node, *, is_centred: bool = True) -> None:
        """Open what is above a node, and put the cursor on it."""
        above = node.parent
        while above is not None:
            index = self._tree.index_of(above)
            if index.isValid():
                self.expand(index)
            above = above.parent
        index = self._tree.index_of(node)
        self.setCurrentIndex(index)
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.PositionAtCenter if is_centred else hint.EnsureVisible)

    def set_needle(self, needle: str) -> None:
        """Tint the rows that hold a text."""
        self._needle = needle.casefold()
        self.viewport().update()

    def set_marked(self, ids: frozenset[int]) -> None:
        """Mark the nodes that were repaired."""
        self._marked = ids
        self.viewport().update()

    def open_below(self, index: QModelIndex, most: int = OPENED_AT_MOST) -> int:
        """Open everything below, breadth first, until so many rows are shown; tells how many they are."""
        waiting, shown = [index], 0
        self.setUpdatesEnabled(False)
        while waiting and shown < most:
            place = waiting.pop(0)
            if place.isValid() and not self._tree.hasChildren(place):
                continue
            rows = self._tree.rowCount(place)
            if shown + rows > most and shown:
                break
            if place.isValid():
                self.expand(place)
            shown += rows
            waiting += [self._tree.index(row, 0, place) for row in range(rows)]
        self.setUpdatesEnabled(True)
        if any(self._tree.hasChildren(place) for place in waiting):
            self.bounded.emit(shown)
        return shown

    def ask_for_menu(self) -> None:
        """Ask for the menu at the current row."""
        shown = self.visualRect(self.currentIndex())
        place = QPoint(shown.left() + LEVEL_WIDTH, shown.bottom())
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._open_current()
            event.accept()
        elif event.key() == Qt.Key.Key_Asterisk:
            self.open_below(index)
        elif event.key() == Qt.Key.Key_Menu:
            self.ask_for_menu()
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # the tab's own
        else:
            super().keyPressEvent(event)

    def _open_current(self) -> None:
        """Open or close a container; of a leaf, show all."""
        index = self.currentIndex()
        if self._tree.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
        elif index.isValid():
            self.value_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.ask_for_menu()
        else:
            self.menu_wanted.emit(event.globalPos())

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        node = self._tree.node(index)
        if node is None:
            return
        area: QRect = option.rect
        row = QRect(0, area.top(), self.viewport().width(), area.height())
        self._paint_ground(painter, row, node, index)
        left = self.visualRect(index).left()
        if self._tree.hasChildren(index):
            caret = Icon.DOWN if self.isExpanded(index) else Icon.RIGHT
            place = QRect(left - LEVEL_WIDTH + 2, row.top() + (ROW_HEIGHT - CARET) // 2, CARET, CARET)
            draw_icon(painter, place, caret, Color.TEXT)
        self._paint_text(painter, QRect(left, row.top(), row.right() - left - GAP, row.height()), node, index)

    def _paint_ground(
        self, painter: QPainter, row: QRect, node: Node, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, words = active_theme(), self._tree.words
        if index == self.currentIndex():
            painter.fillRect(row, theme.color(Color.ACCENT_SOFT))
            if self.hasFocus():
                painter.setPen(theme.color(Color.ACCENT))
                painter.drawRect(row.adjusted(0, 0, -1, -1))
        elif self._needle and self._needle in words.spoken(node).casefold():
            painter.fillRect(row, theme.color(Color.CHANGED))

    def _paint_text(
        self, painter: QPainter, room: QRect, node: Node, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        words = self._tree.words
        key, value = words.key(node), words.value(node)
        painter.setFont(mono_font())
        key_color = Color.MUTED if isinstance(node.key, int) or node.shape is Shape.RANGE else Color.ACCENT
        room = _paint(painter, room, key, key_color) if key else room
        for mark in marks_of(node, is_repaired=node.id in self._marked):
            room = _paint_mark(painter, room, mark)
        if value:
            _paint(painter, room, value, _VALUE_COLORS.get(node.shape, Color.MUTED))
        elif not self.isExpanded(index):
            _paint(painter, room, words.summary(node), Color.MUTED)


class _RowHeight(QStyledItemDelegate):
    """Says how high a row is; the view paints it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)


def _paint(painter: QPainter, room: QRect, text: str, color: Color) -> QRect:
    """Write a text and return the room behind it."""
    metrics: QFontMetrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(active_theme().color(color))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return room.adjusted(metrics.horizontalAdvance(shown) + GAP, 0, 0, 0)


def marks_of(node: Node, *, is_repaired: bool) -> tuple[str, ...]:
    """Name what is special about a place."""
    return (*(["repaired"] if is_repaired else []), *(["name comes twice"] if node.is_doubled else []))


def _paint_mark(painter: QPainter, room: QRect, text: str) -> QRect:
    """Write a word about a place as a pill."""
    font = text_font(load_measures().small_size)
    metrics = QFontMetrics(font)
    height = 16
    box = QRect(
        room.left(), room.top() + (room.height() - height) // 2, metrics.horizontalAdvance(text) + 12, height
    )
    theme = active_theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(Color.WARN_SOFT))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(theme.color(Color.WARN))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return room.adjusted(box.width() + GAP, 0, 0, 0)
