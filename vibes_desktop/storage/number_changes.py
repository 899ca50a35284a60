"""Changes of mobile numbers that are under way: what a crash must not make anybody forget."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonArray, dump, parse
from vibes_desktop.model.number_change import NumberChange, NumberChangeId, NumberStep
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.database import Database, Row
from vibes_desktop.storage.rows import (
    all_spellings,
    identifier_columns,
    identifier_from,
    storable,
    time_column,
    time_from,
)
from vibes_desktop.storage.trouble import forgotten_meanwhile

COLUMNS = (
    "id",
    "profile_id",
    "kind",
    "value",
    "external_id",
    "old_number",
    "new_number",
    "lists",
    "os_user",
    "reason",
    "started_at",
    "step",
    "touched_at",
    "detail",
)
OVER = tuple(step.value for step in NumberStep if step.is_over)
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM number_changes"  # noqa: S608 - constant names


class NumberChanges:
    """Changes of numbers. Each call has reached the disk when it returns; all raise StorageError.

    One that is over is kept until it expires, as the way back. Blocking; any thread.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, change: NumberChange) -> NumberChange:
        """Write a change down before anything of it is sent; returns it with its ID."""
        columns = _columns_of(change)
        marks = ", ".join(f":{name}" for name in columns)
        sql = f"INSERT INTO number_changes ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - constant names
        with self._database.transaction() as connection:
            number = connection.execute(sql, columns).lastrowid or 0
        return replace(change, id=NumberChangeId(number))

    def step(
        self,
        change: NumberChange,
        step: NumberStep,
        *,
        detail: str = "",
        now: datetime | None = None,
    ) -> NumberChange:
        """Write down how far it has come. Raises StorageError too when it was forgotten meanwhile."""
        moved = replace(change, step=step, detail=detail, touched_at=now or datetime.now(UTC))
        columns = {**_columns_of(moved), "id": change.id}
        sql = (
            "UPDATE number_changes SET step = :step, detail = :detail, touched_at = :touched_at"
            " WHERE id = :id"
        )
        with self._database.transaction() as connection:
            if not connection.execute(sql, columns).rowcount:
                raise forgotten_meanwhile()
        return moved

    def unfinished(self, profile_id: ProfileId) -> tuple[NumberChange, ...]:
        """Read the changes that are not over, oldest first."""
        marks = ", ".join("?" for _ in OVER)
        sql = f"{_SELECT} WHERE profile_id = ? AND step NOT IN ({marks}) ORDER BY id"
        return tuple(_change_from(row) for row in self._database.rows(sql, (profile_id, *OVER)))

    def clear(self, profile_id: ProfileId) -> None:
        """Drop all of a profile's."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM number_changes WHERE profile_id = ?", (profile_id,))

    def forget(self, identifiers: Iterable[Identifier]) -> int:
        """Drop the changes that speak of any of these in every profile; returns how many."""
        sql = (
            "DELETE FROM number_changes WHERE (kind = ?1 AND value = ?2)"
            " OR (?1 = ?3 AND external_id = ?2) OR (?1 = ?4 AND ?2 IN (old_number, new_number))"
        )
        kinds = (IdentifierKind.EXTERNAL_ID.value, IdentifierKind.MDN.value)
        with self._database.transaction() as connection:
            pairs = all_spellings(identifiers)
            return sum(connection.execute(sql, (*pair, *kinds)).rowcount for pair in pairs)

    def expire(self, older_than: datetime) -> int:
        """Drop those last touched before that; returns how many."""
        with self._database.transaction() as connection:
            sql = "DELETE FROM number_changes WHERE touched_at < ?"
            return connection.execute(sql, (time_column(older_than),)).rowcount


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the table, as of version 2 of the file."""
    connection.execute(
        """
        CREATE TABLE number_changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            external_id TEXT NOT NULL,
            old_number TEXT,
            new_number TEXT NOT NULL,
            lists TEXT NOT NULL,
            os_user TEXT NOT NULL,
            reason TEXT NOT NULL,
            started_at TEXT NOT NULL,
            step TEXT NOT NULL,
            touched_at TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT
        """
    )


def _columns_of(change: NumberChange) -> dict[str, object]:
    kind, value = identifier_columns(change.person)
    return {
        "profile_id": change.profile_id,
        "kind": kind,
        "value": value,
        "external_id": storable(change.external_id),
        "old_number": None if change.old_number is None else storable(change.old_number),
        "new_number": storable(change.new_number),
        "lists": dump(JsonArray(change.lists)),
        "os_user": storable(change.os_user),
        "reason": storable(change.reason),
        "started_at": time_column(change.started_at),
        "step": change.step.value,
        "touched_at": time_column(change.touched_at or change.started_at),
        "detail": storable(change.detail),
    }


def _change_from(row: Row) -> NumberChange:
    column = dict(zip(COLUMNS, row, strict=True))
    person = identifier_from(column["kind"], column["value"])
    lists = parse(column["lists"])
    assert person is not None and isinstance(lists, JsonArray)  # noqa: S101, PT018 - as written above
    return NumberChange(
        id=NumberChangeId(column["id"]),
        profile_id=ProfileId(column["profile_id"]),
        person=person,
        external_id=column["external_id"],
        old_number=column["old_number"],
        new_number=column["new_number"],
        lists=tuple(str(each) for each in lists),
        os_user=column["os_user"],
        reason=column["reason"],
        started_at=time_from(column["started_at"]),
        step=NumberStep(column["step"]),
        touched_at=time_from(column["touched_at"]),
        detail=column["detail"],
    )
