"""A small table of results, any kind of row: sorted by any column, copied as tab-separated text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vibes_desktop.ui.widgets.plain import one_line, plain_tooltip

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ROWS_AT_MOST = 10_000
LINK_ROLE = Qt.ItemDataRole.UserRole + 1
BAR_ROLE = Qt.ItemDataRole.UserRole + 2
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ResultColumn(Generic[T]):
    """A column: its title, what it shows of a row, and what it is sorted by.

    `is_link`: the row is opened by a click here. `bar`: from -1 to 1, how long a bar behind the text is.
    """

    title: str
    text: Callable[[T], str]
    key: Callable[[T], Any]
    width: int = 120
    is_number: bool = False
    is_link: bool = False
    bar: Callable[[T], float] | None = None


class ResultModel(QAbstractTableModel):
    """Rows as they came, until one sorts them."""

    def __init__(self, columns: Sequence[ResultColumn[Any]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[Any] = []

    @property
    def rows(self) -> tuple[Any, ...]:
        """All rows, in the order shown."""
        return tuple(self._rows)

    @property
    def columns(self) -> tuple[ResultColumn[Any], ...]:
        """The columns."""
        return self._columns

    def set_columns(self, columns: Sequence[ResultColumn[Any]], rows: Sequence[Any]) -> None:
        """Show other rows in other columns; the first ROWS_AT_MOST of them."""
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), list(rows[:ROWS_AT_MOST])
        self.endResetModel()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.set_columns(self._columns, rows)

    def copied(self, numbers: Iterable[int]) -> str:
        """Give rows as tab-separated text under the titles, as they are shown."""
        lines = [[column.title for column in self._columns]]
        lines += [[one_line(column.text(self._rows[row])) for column in self._columns] for row in numbers]
        return "".join("\t".join(line) + "\n" for line in lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._columns[section].is_number else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(column.text(row))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(column.text(row))
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.is_number else LEFT
            case _ if role == LINK_ROLE:
                return column.is_link
            case _ if role == BAR_ROLE:
                return column.bar(row) if column.bar else None
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = self._rows
        numbers = sorted(
            range(len(before)),
            key=lambda row: self._columns[column].key(before[row]),
            reverse=order is Qt.SortOrder.DescendingOrder,
        )
        self._rows = [before[number] for number in numbers]
        places = {number: place for place, number in enumerate(numbers)}
        held = self.persistentIndexList()
        moved = [self.index(places[index.row()], index.column()) for index in held]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()
