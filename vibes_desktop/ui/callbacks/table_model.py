"""The table of payloads: it holds the viewer's row ids, and reads a cell when that cell is painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from vibes_desktop.ui.callbacks.cells import Cells
from vibes_desktop.ui.callbacks.row_reader import RowReader
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field
from vibes_desktop.ui.callbacks.viewer import NO_ROWS, Order, Rows, Viewer
from vibes_desktop.ui.widgets.plain import one_line, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
FIELDS = tuple(Field)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SHOWN_AT_MOST = 300  # characters of a cell


class PayloadModel(QAbstractTableModel):
    """One payload a row, one Field a column; views hide and move columns, the model knows them all."""

    cells_changed = Signal()  # cells that are painted may say something else now

    def __init__(self, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._rows: Rows = NO_ROWS
        self._reader = RowReader(viewer, self)
        self.cells = Cells(viewer, self._reader)
        self._reader.arrived.connect(self.cells_changed)
        viewer.replaced.connect(self._renew)
        viewer.answered.connect(self._renew)
        viewer.grew.connect(self._lengthen)
        for changed in (viewer.privacy.changed, viewer.times.changed, viewer.judged):
            changed.connect(self.cells_changed)
        self._renew()

    @property
    def rows(self) -> Rows:
        """The row ids, in the order shown."""
        return self._rows

    @property
    def order(self) -> Order | None:
        """What the rows are sorted by."""
        return self._viewer.order

    def row_at(self, place: int) -> int | None:
        """Give the row id at a place of the table; none while the collection is being changed for another."""
        row = int(self._rows[place]) if 0 <= place < len(self._rows) else None
        return row if row is not None and row < len(self._viewer.collection) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(FIELDS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(FIELDS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(FIELDS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if TRAITS[FIELDS[section]].is_number else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        field = FIELDS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(row, field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self.cells.tooltip(row, field)[:SHOWN_AT_MOST])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if TRAITS[field].is_number else LEFT
        return row if role == ROW_ROLE else None

    def shown(self, row: int, field: Field) -> str:
        """Say what is in a cell, in one line."""
        return one_line(self.cells.text(row, field)[:SHOWN_AT_MOST])

    def _title(self, field: Field) -> str:
        order, traits = self._viewer.order, TRAITS[field]
        if order is None or order.column != traits.order:
            return traits.title
        return f"{traits.title} {'▾' if order.descending else '▴'}"

    def _renew(self) -> None:
        self.beginResetModel()
        self._rows = self._viewer.rows
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(FIELDS) - 1)

    def _lengthen(self) -> None:
        """Take rows that came at the end; those before stay what they are."""
        rows, count = self._viewer.rows, len(self._rows)
        if len(rows) > count:
            self.beginInsertRows(QModelIndex(), count, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
