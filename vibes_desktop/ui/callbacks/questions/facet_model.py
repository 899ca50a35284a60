"""Facets as the rows of a list: a title, its values, and a row that shows more of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.callbacks.questions.facet_values import Facet, Value
from vibes_desktop.ui.widgets.plain import one_line, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
SHOWN_AT_FIRST = 5
SHOWN_AT_MOST = 300
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a facet."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class More:
    """A row that shows the rest of a facet's values, or fewer again (`hidden` is 0)."""

    name: str
    title: str
    hidden: int


Row: TypeAlias = Title | Value | More


class FacetModel(QAbstractListModel):
    """What stays keeps its place, so that nothing jumps and the current row remains."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facets: tuple[Facet, ...] = ()
        self._rows: list[Row] = []
        self._open: set[str] = set()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(self._rows)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """What is shown, whole."""
        return self._facets

    def set_facets(self, facets: Sequence[Facet]) -> None:
        """Show other values or other counts."""
        self._facets = tuple(facets)
        self._refresh()

    def turn(self, name: str) -> None:
        """Show all values of a facet, or the first ones again."""
        self._open ^= {name}
        self._refresh()

    def row_at(self, index: Index) -> Row | None:
        """Give the row of an index."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Title):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(_shown(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return one_line(spoken(row))
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Value):
            return plain_tooltip(one_line(f"{row.label} · {row.count:,}"))
        return None

    def _refresh(self) -> None:
        rows = list(self._laid_out())
        matcher = SequenceMatcher(None, [_key(row) for row in self._rows], [_key(row) for row in rows], False)
        for what, begin, end, first, last in reversed(matcher.get_opcodes()):
            if what in {"delete", "replace"}:
                self.beginRemoveRows(QModelIndex(), begin, end - 1)
                del self._rows[begin:end]
                self.endRemoveRows()
            if what in {"insert", "replace"}:
                self.beginInsertRows(QModelIndex(), begin, begin + last - first - 1)
                self._rows[begin:begin] = rows[first:last]
                self.endInsertRows()
        self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def _laid_out(self) -> Iterator[Row]:
        for facet in self._facets:
            yield Title(facet.name, facet.title)
            shown = _in_sight(facet.values, SHOWN_AT_MOST if facet.name in self._open else SHOWN_AT_FIRST)
            yield from shown
            hidden = min(len(facet.values), SHOWN_AT_MOST) - len(shown)
            if hidden > 0 or facet.name in self._open:
                yield More(facet.name, facet.title, max(hidden, 0))


def _in_sight(values: Sequence[Value], count: int) -> list[Value]:
    """Give the first values, and those behind them that stand in the question."""
    return [*values[:count], *(value for value in values[count:] if value.is_chosen or value.is_excluded)]


def _key(row: Row) -> object:
    """Tell what a row is about, whatever its count."""
    match row:
        case Value():
            return row.term
        case Title(name):
            return name
        case More(name):
            return More, name


def _shown(row: Row) -> str:
    match row:
        case Title(_, text):
            return text
        case Value():
            return row.label
        case More(_, _, hidden):
            return f"Show {hidden:,} more" if hidden else "Show fewer"


def spoken(row: Row) -> str:
    """Say a row with its count and its state."""
    if not isinstance(row, Value):
        return _shown(row) if isinstance(row, Title) else f"{_shown(row)} of {row.title}"
    state = ", in the question" if row.is_chosen else ", left out by the question" if row.is_excluded else ""
    return f"{row.label}, {callbacks(row.count)}{state}"
