"""A table of values whose cells are written when they are painted; for the sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import one_line, plain_tooltip

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
KEPT_ROWS = 500
CELL_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place; with a tone it is a pill."""

    text: str
    tone: Tone | None = None
    is_mono: bool = False
    more: str = ""  # for the tooltip


class RowsModel(QAbstractTableModel, Generic[T]):
    """Items, a row each. `write` makes the cells of one."""

    def __init__(
        self, titles: Sequence[str], write: Callable[[T], Sequence[Cell]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._write = write
        self._items: Sequence[T] = ()
        self._cells: dict[int, Sequence[Cell]] = {}

    @property
    def items(self) -> Sequence[T]:
        """What is shown."""
        return self._items

    def set_items(self, items: Sequence[T]) -> None:
        """Show other items."""
        self.beginResetModel()
        self._items = items
        self._cells.clear()
        self.endResetModel()

    def add_items(self, items: Sequence[T]) -> None:
        """Show more items, behind the others."""
        first = len(self._items)
        self.beginInsertRows(QModelIndex(), first, first + len(items) - 1)
        self._items = [*self._items, *items]
        self.endInsertRows()

    def redraw(self) -> None:
        """Write everything in view anew."""
        self._cells.clear()
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, len(self._titles) - 1))

    def line(self, row: int) -> str:
        """Give a row as text, for copying."""
        return "\t".join(cell.text for cell in self._row(row))

    def text(self) -> str:
        """Give the whole table as text, with its titles."""
        return "\n".join(["\t".join(self._titles), *(self.line(row) for row in range(len(self._items)))])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        cell = self._row(index.row())[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(cell.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(cell.more or cell.text)
        return cell if role == CELL_ROLE else None

    def _row(self, row: int) -> Sequence[Cell]:
        found = self._cells.get(row)
        if found is None:
            if len(self._cells) > KEPT_ROWS:
                self._cells.clear()
            found = self._cells[row] = self._write(self._items[row])
        return found
