"""The model of the tree: node numbers stand behind its indexes, children are decoded when asked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vibes_desktop.ui.callbacks.payload.json_tree import Document, Node, Shape
from vibes_desktop.ui.callbacks.payload.node_words import NodeWords
from vibes_desktop.ui.widgets.plain import plain_tooltip

Index = QModelIndex | QPersistentModelIndex


class TreeModel(QAbstractItemModel):
    """One JSON document; the whole itself is no row, unless it is a single value."""

    def __init__(self, words: NodeWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._document: Document | None = None
        self._top: Node | None = None  # the node whose children are the rows of the first level

    @property
    def document(self) -> Document | None:
        """What is shown."""
        return self._document

    def set_document(self, document: Document | None) -> None:
        """Show another document, or none."""
        self.beginResetModel()
        self._document = document
        self._top = document.root if document is not None and document.root.is_container else None
        self.endResetModel()

    def redraw(self) -> None:
        """Have everything in view painted anew."""
        rows = self.rowCount()
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, 0))

    def node(self, index: Index) -> Node | None:
        """Give the node behind an index."""
        document = self._document
        if document is None or not index.isValid():
            return None
        return document.nodes[index.internalId()]

    def index_of(self, node: Node) -> QModelIndex:
        """Give the index of a node; that of the whole is invalid where it is no row."""
        if node is self._top:
            return QModelIndex()
        return self.createIndex(node.row, 0, node.id)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if column != 0 or row < 0 or self._document is None:
            return QModelIndex()
        holder = self._holder(parent)
        if holder is None:
            is_single = self._top is None and row == 0 and not parent.isValid()
            return self.createIndex(0, 0, self._document.root.id) if is_single else QModelIndex()
        children = holder.children
        return self.createIndex(row, 0, children[row].id) if row < len(children) else QModelIndex()

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        node = self.node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.index_of(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if self._document is None:
            return 0
        holder = self._holder(parent)
        if holder is None:
            return 0 if parent.isValid() else 1
        return len(holder.children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        if not parent.isValid():
            return self.rowCount() > 0
        node = self.node(parent)
        return node is not None and node.is_container and not node.is_empty

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words.spoken(node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self.words.tooltip(node))
        return None

    def _holder(self, parent: Index) -> Node | None:
        """Give the node whose children stand below an index; None where there are none."""
        if not parent.isValid():
            return self._top
        node = self.node(parent) if parent.column() == 0 else None
        return node if node is not None and node.is_container else None


def is_range(node: Node) -> bool:
    """Tell whether a node only gathers members."""
    return node.shape is Shape.RANGE
