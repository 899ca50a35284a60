"""Unsaved edits, so that a crash costs a second of them at most."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vibes_desktop.model.identifier import Identifier
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


@dataclass(frozen=True, slots=True)
class Draft:
    """Edits of one person that were never sent. `document` is the JSON text of people's edit model."""

    profile_id: ProfileId
    person: Identifier
    document: str = field(repr=False)
    saved_at: datetime


class Drafts:
    """One draft for a person at most. All calls raise StorageError; blocking; any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        profile_id: ProfileId,
        person: Identifier,
        document: str,
        *,
        also_known_as: Iterable[Identifier] = (),
        now: datetime | None = None,
    ) -> None:
        """Keep a draft in place of the former one. Under the other identifiers it can be forgotten."""
        key = (profile_id, *identifier_columns(person))
        moment = time_column(now or datetime.now(UTC))
        with self._database.transaction() as connection:
            _delete(connection, key)
            connection.execute(
                "INSERT INTO drafts (profile_id, kind, value, document, saved_at) VALUES (?, ?, ?, ?, ?)",
                (*key, storable(document), moment),
            )
            connection.executemany(
                "INSERT INTO draft_people (profile_id, kind, value, other_kind, other_value)"
                " VALUES (?, ?, ?, ?, ?)",
                [(*key, *pair) for pair in all_spellings((person, *also_known_as))],
            )

    def get(self, profile_id: ProfileId, person: Identifier) -> Draft | None:
        """Read a person's draft."""
        sql = "SELECT * FROM drafts WHERE profile_id = ? AND kind = ? AND value = ?"
        rows = self._database.rows(sql, (profile_id, *identifier_columns(person)))
        return _draft_from(rows[0]) if rows else None

    def all(self, profile_id: ProfileId) -> tuple[Draft, ...]:
        """Read a profile's drafts, newest first."""
        sql = "SELECT * FROM drafts WHERE profile_id = ? ORDER BY saved_at DESC"
        return tuple(_draft_from(row) for row in self._database.rows(sql, (profile_id,)))

    def delete(self, profile_id: ProfileId, person: Identifier) -> None:
        """Drop a person's draft, if there is one."""
        with self._database.transaction() as connection:
            _delete(connection, (profile_id, *identifier_columns(person)))

    def clear(self, profile_id: ProfileId) -> None:
        """Drop all drafts of a profile."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM drafts WHERE profile_id = ?", (profile_id,))

    def forget(self, identifiers: Iterable[Identifier]) -> int:
        """Drop the drafts of these people in every profile; returns how many."""
        sql = "SELECT profile_id, kind, value FROM draft_people WHERE other_kind = ? AND other_value = ?"
        with self._database.transaction() as connection:
            found = {row for pair in all_spellings(identifiers) for row in connection.execute(sql, pair)}
            for key in found:
                _delete(connection, key)
        return len(found)

    def expire(self, older_than: datetime) -> int:
        """Drop drafts last touched before that; returns how many."""
        with self._database.transaction() as connection:
            sql = "DELETE FROM drafts WHERE saved_at < ?"
            return connection.execute(sql, (time_column(older_than),)).rowcount


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the drafts' tables, as of version 1 of the file."""
    connection.execute(
        """
        CREATE TABLE drafts (
            profile_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            document TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            PRIMARY KEY (profile_id, kind, value)
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE draft_people (
            profile_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            other_kind TEXT NOT NULL,
            other_value TEXT NOT NULL,
            PRIMARY KEY (profile_id, kind, value, other_kind, other_value),
            FOREIGN KEY (profile_id, kind, value)
                REFERENCES drafts (profile_id, kind, value) ON DELETE CASCADE
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX draft_by_person ON draft_people (other_kind, other_value)")


def _delete(connection: sqlite3.Connection, key: tuple[str | None, ...]) -> None:
    connection.execute("DELETE FROM drafts WHERE profile_id = ? AND kind = ? AND value = ?", key)


def _draft_from(row: Row) -> Draft:
    profile_id, kind, value, document, saved_at = row
    person = identifier_from(kind, value)
    assert person is not None  # noqa: S101 - both columns are NOT NULL
    return Draft(ProfileId(profile_id), person, document, time_from(saved_at))
