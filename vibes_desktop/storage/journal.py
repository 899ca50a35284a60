"""The journal of changes made here: written before anything is sent, closed when it is known how it ended."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from vibes_desktop.model.change import ChangeId, ChangeRecord, Intention, Outcome, SentRequest
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.database import Database
from vibes_desktop.storage.journal_rows import COLUMNS, columns_of, record_from
from vibes_desktop.storage.rows import all_spellings, identifiers_of_change, storable, time_column
from vibes_desktop.storage.trouble import forgotten_meanwhile

RECORDS_AT_ONCE = 200
OPEN_OUTCOMES = tuple(outcome.value for outcome in Outcome if outcome.is_open)
RESOLVABLE = frozenset({Outcome.INTENDED, Outcome.SENDING, Outcome.UNKNOWN})
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM changes"  # noqa: S608 - constant names


class Journal:
    """Changes and their outcomes. Each call has reached the disk when it returns; all raise StorageError.

    Blocking; any thread.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, intention: Intention, *, now: datetime) -> ChangeId:
        """Write down a change with its before-image, before anything is sent."""
        record = ChangeRecord(ChangeId(0), intention, now, Outcome.INTENDED)
        columns = columns_of(record)
        with self._database.transaction() as connection:
            marks = ", ".join(f":{name}" for name in columns)
            sql = f"INSERT INTO changes ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - constant names
            change_id = ChangeId(connection.execute(sql, columns).lastrowid or 0)
            _write_people(connection, replace(record, id=change_id))
        return change_id

    def sending(self, change_id: ChangeId, request: SentRequest | None = None) -> None:
        """Note that the request may leave from now on, and which, where it isn't the intended one.

        Raises StorageError too when the change was erased meanwhile, and ValueError when it is past that
        step.
        """
        with self._database.transaction() as connection:
            record = self.record(change_id)
            if record.is_erased:
                raise forgotten_meanwhile()
            if record.outcome is not Outcome.INTENDED:
                raise ValueError(f"change {change_id} is {record.outcome}, not intended")
            intention = replace(record.intention, request=request) if request else record.intention
            _rewrite(connection, replace(record, intention=intention, outcome=Outcome.SENDING))

    def close(
        self,
        change_id: ChangeId,
        outcome: Outcome,
        *,
        person: Identifier | None = None,
        differing: Sequence[FieldRef] = (),
        detail: str = "",
        display_name: str = "",
        now: datetime | None = None,
    ) -> ChangeRecord:
        """Write down how a change ended; what ended unknown may be closed again when it becomes known.

        A change that was erased meanwhile gets its outcome and no name. Raises ValueError for a change
        that has ended, and for an outcome that is none.
        """
        if outcome.is_open:
            raise ValueError(f"{outcome} is no end")
        with self._database.transaction() as connection:
            record = self.record(change_id)
            if record.outcome not in RESOLVABLE and not record.is_erased:
                raise ValueError(f"change {change_id} has ended: {record.outcome}")
            closed = replace(
                record,
                outcome=outcome,
                finished_at=now or datetime.now(UTC),
                person=None if record.is_erased else person,
                differing=tuple(differing),
                detail="" if record.is_erased else detail,
                display_name="" if record.is_erased else display_name,
            )
            _rewrite(connection, closed)
        return closed

    def record(self, change_id: ChangeId) -> ChangeRecord:
        """Read one change; raises KeyError where there is none."""
        rows = self._database.rows(f"{_SELECT} WHERE id = ?", (change_id,))
        if not rows:
            raise KeyError(change_id)
        return record_from(rows[0])

    def open_records(self, profile_id: ProfileId) -> tuple[ChangeRecord, ...]:
        """Read the changes that owe an answer, oldest first: after a restart, those to be resolved."""
        marks = ", ".join("?" for _ in OPEN_OUTCOMES)
        sql = f"{_SELECT} WHERE profile_id = ? AND outcome IN ({marks}) ORDER BY id"
        return tuple(record_from(row) for row in self._database.rows(sql, (profile_id, *OPEN_OUTCOMES)))

    def records(
        self,
        profile_id: ProfileId | None,
        *,
        text: str = "",
        limit: int = RECORDS_AT_ONCE,
        before: ChangeId | None = None,
    ) -> tuple[ChangeRecord, ...]:
        """Read changes, newest first; of every profile where none is given.

        Every word of `text` must occur, in whatever case, in the names, IDs, fields, values or reason.
        `before` continues after the last record of a former call.
        """
        conditions, values = ["1"], list[object]()
        if profile_id is not None:
            conditions.append("profile_id = ?")
            values.append(profile_id)
        if before is not None:
            conditions.append("id < ?")
            values.append(before)
        for word in storable(text).casefold().split():
            conditions.append("instr(searched, ?)")
            values.append(word)
        sql = f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT ?"
        return tuple(record_from(row) for row in self._database.rows(sql, (*values, limit)))

    def forget(self, identifiers: Iterable[Identifier]) -> int:
        """Erase every value, name and ID in the changes that speak of any of these; returns how many.

        What was done, when and with which outcome stays. `Desk.forget` also wipes the bytes.
        """
        with self._database.transaction() as connection:
            found: dict[int, None] = {}
            for kind, value in all_spellings(identifiers):
                sql = "SELECT change_id FROM change_people WHERE kind = ? AND value = ?"
                found.update((row[0], None) for row in connection.execute(sql, (kind, value)))
            return _erase(self, connection, found, entirely=True)

    def expire(self, older_than: datetime) -> int:
        """Erase values and names in changes begun before that; returns in how many."""
        with self._database.transaction() as connection:
            sql = "SELECT id FROM changes WHERE started_at < ? AND NOT is_erased"
            found = [row[0] for row in connection.execute(sql, (time_column(older_than),))]
            return _erase(self, connection, found, entirely=False)


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the journal's tables, as of version 1 of the file."""
    connection.execute(
        """
        CREATE TABLE changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            outcome TEXT NOT NULL,
            started_at TEXT NOT NULL,
            finished_at TEXT,
            os_user TEXT NOT NULL,
            reason TEXT NOT NULL,
            undo_of INTEGER REFERENCES changes (id),
            target_kind TEXT,
            target_value TEXT,
            person_kind TEXT,
            person_value TEXT,
            display_name TEXT NOT NULL,
            detail TEXT NOT NULL,
            before TEXT,
            changes TEXT NOT NULL,
            request TEXT NOT NULL,
            differing TEXT NOT NULL,
            is_erased INTEGER NOT NULL,
            searched TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX changes_of_profile ON changes (profile_id, outcome)")
    connection.execute(
        """
        CREATE TABLE change_people (
            change_id INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (kind, value, change_id)
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX people_of_change ON change_people (change_id)")


def add_list(connection: sqlite3.Connection) -> None:
    """Make room for the list that a person left or joined, as of version 2 of the file."""
    connection.execute("ALTER TABLE changes ADD COLUMN list_id TEXT")


def _erase(journal: Journal, connection: sqlite3.Connection, ids: Iterable[int], *, entirely: bool) -> int:
    count = 0
    for count, change_id in enumerate(ids, 1):  # noqa: B007 - it is returned
        _rewrite(connection, journal.record(ChangeId(change_id)).erased(entirely=entirely))
    return count


def _rewrite(connection: sqlite3.Connection, record: ChangeRecord) -> None:
    columns = columns_of(record)
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    sql = f"UPDATE changes SET {assignments} WHERE id = :id"  # noqa: S608 - constant names
    connection.execute(sql, {**columns, "id": record.id})
    _write_people(connection, record)


def _write_people(connection: sqlite3.Connection, record: ChangeRecord) -> None:
    """Keep the index by which a person's changes are found when they are to be forgotten."""
    connection.execute("DELETE FROM change_people WHERE change_id = ?", (record.id,))
    connection.executemany(
        "INSERT OR IGNORE INTO change_people (change_id, kind, value) VALUES (?, ?, ?)",
        [(record.id, *pair) for pair in all_spellings(identifiers_of_change(record))],
    )
