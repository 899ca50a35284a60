"""The table of changes: it holds ids, and asks for a row when that row is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from vibes_desktop.model.change import ChangeId, ChangeRecord
from vibes_desktop.people.masking import masked_change
from vibes_desktop.ui.history.words import change_words, outcome_words, person_words, short_time, utc_time
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import one_line, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
KEPT_ROWS = 1_000
EDITS_AT_MOST = 64  # more runs than this, and the whole is shown anew
TONE_ROLE = Qt.ItemDataRole.UserRole + 1
ID_ROLE = Qt.ItemDataRole.UserRole + 2


class Column(IntEnum):
    """The columns, left to right."""

    WHEN = 0
    PERSON = 1
    CHANGE = 2
    OUTCOME = 3
    OS_USER = 4
    REASON = 5


_TITLES = {
    Column.WHEN: "When (local time)",
    Column.PERSON: "Person",
    Column.CHANGE: "What changed",
    Column.OUTCOME: "Outcome",
    Column.OS_USER: "By",
    Column.REASON: "Reason",
}


class HistoryModel(QAbstractTableModel):
    """Changes, newest first. `fetch` is called with missed ids, once per turn of the event loop."""

    def __init__(
        self,
        fetch: Callable[[tuple[ChangeId, ...]], object],
        parent: QObject | None = None,
        privacy: Privacy | None = None,
    ) -> None:
        super().__init__(parent)
        self._privacy = privacy or Privacy(self)
        self._privacy.changed.connect(lambda: self._tell(set(self._ids)))
        self._fetch = fetch
        self._ids: list[ChangeId] = []
        self._rows: dict[ChangeId, ChangeRecord] = {}
        self._missed: dict[ChangeId, None] = {}
        self._asked: set[ChangeId] = set()
        self._stale: set[ChangeId] = set()
        self._ask = QTimer(self, interval=0, singleShot=True)
        self._ask.timeout.connect(self._ask_for_rows)

    @property
    def ids(self) -> tuple[ChangeId, ...]:
        """All ids, in the order shown."""
        return tuple(self._ids)

    def set_ids(self, ids: Sequence[ChangeId]) -> None:
        """Show other changes, newest first; those that stay keep their place, selection and all."""
        gone, come = set(self._ids) - set(ids), set(ids) - set(self._ids)
        runs = _runs(self._ids, gone), _runs(ids, come)
        if sum(map(len, runs)) > EDITS_AT_MOST:
            self.beginResetModel()
            self._ids = list(ids)
            self.endResetModel()
            return
        for first, last in reversed(runs[0]):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        for first, last in runs[1]:
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids[first:first] = ids[first : last + 1]
            self.endInsertRows()

    def put(self, records: Sequence[ChangeRecord]) -> None:
        """Take rows that were asked for, or that changed."""
        for record in records:
            self._rows.pop(record.id, None)
            self._rows[record.id] = record
            self._asked.discard(record.id)
            self._stale.discard(record.id)
        for surplus in list(self._rows)[:-KEPT_ROWS]:
            del self._rows[surplus]
        self._tell({record.id for record in records})

    def mark_stale(self) -> None:
        """Read every row again when it is painted next; until then it is shown as it was."""
        self._stale = set(self._rows)
        self._asked.clear()
        self._tell(set(self._ids))

    def record(self, row: int) -> ChangeRecord | None:
        """Return a row's change, if it was read already."""
        return self._rows.get(self._ids[row]) if 0 <= row < len(self._ids) else None

    def row_of(self, change_id: ChangeId) -> int | None:
        """Find a change; None when it is not shown."""
        return self._ids.index(change_id) if change_id in self._ids else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[Column(section)] if 0 <= section < len(Column) else None
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not index.row() < len(self._ids):
            return None
        change_id = self._ids[index.row()]
        if role == ID_ROLE:
            return change_id
        record = self._rows.get(change_id)
        if record is None or change_id in self._stale:
            self._miss(change_id)
        if record is None:
            is_first = index.column() == Column.WHEN and role == Qt.ItemDataRole.DisplayRole
            return "…" if is_first else None
        seen = masked_change(record) if self._privacy.is_masking else record
        return _shown(seen, Column(index.column()), role)

    def _miss(self, change_id: ChangeId) -> None:
        if change_id not in self._asked:
            self._asked.add(change_id)
            self._missed[change_id] = None
            self._ask.start()

    def _ask_for_rows(self) -> None:
        missed = tuple(self._missed)
        self._missed.clear()
        if missed:
            self._fetch(missed)

    def _tell(self, changed: set[ChangeId]) -> None:
        for first, last in _runs(self._ids, changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))


def _shown(record: ChangeRecord, column: Column, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return _cell(record, column)
    if role == Qt.ItemDataRole.ToolTipRole:
        text = utc_time(record.started_at) if column is Column.WHEN else _cell(record, column)
        words = outcome_words(record)
        return plain_tooltip(f"{words.title}. {words.sentence}" if column is Column.OUTCOME else text)
    if role == TONE_ROLE and column is Column.OUTCOME:
        return outcome_words(record).tone
    return None


def _cell(record: ChangeRecord, column: Column) -> str:
    match column:
        case Column.WHEN:
            return short_time(record.started_at)
        case Column.PERSON:
            return person_words(record)
        case Column.CHANGE:
            return change_words(record)
        case Column.OUTCOME:
            return outcome_words(record).pill
        case Column.OS_USER:
            return one_line(record.intention.os_user)
        case Column.REASON:
            return one_line(record.intention.reason)


def tone_of(index: Index) -> Tone | None:
    """Read the tone of a cell; None where it is plain text."""
    tone = index.data(TONE_ROLE)
    return Tone(tone) if tone is not None else None


def _runs(ids: Sequence[ChangeId], chosen: set[ChangeId]) -> list[tuple[int, int]]:
    """Give the first and last places of neighbours that are chosen."""
    places = [place for place, change_id in enumerate(ids) if change_id in chosen]
    runs = []
    for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        runs.append((run[0], run[-1]))
    return runs
