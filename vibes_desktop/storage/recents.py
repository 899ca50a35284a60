"""People looked at lately: identifiers alone."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.database import Database
from vibes_desktop.storage.rows import all_spellings, identifier_columns, identifier_from, time_column

KEPT_PER_PROFILE = 100


class Recents:
    """Each profile's last people. All calls raise StorageError; blocking; any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def touch(self, profile_id: ProfileId, person: Identifier, *, now: datetime | None = None) -> None:
        """Put a person to the top."""
        key = (profile_id, *identifier_columns(person))
        moment = time_column(now or datetime.now(UTC))
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM recents WHERE profile_id = ? AND kind = ? AND value = ?", key)
            connection.execute(
                "INSERT INTO recents (profile_id, kind, value, touched_at) VALUES (?, ?, ?, ?)",
                (*key, moment),
            )
            connection.execute(
                "DELETE FROM recents WHERE profile_id = ?1 AND id <= (SELECT id FROM recents"
                " WHERE profile_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                (profile_id, KEPT_PER_PROFILE),
            )

    def list(self, profile_id: ProfileId, limit: int = 20) -> tuple[Identifier, ...]:
        """Read the last people, newest first."""
        sql = "SELECT kind, value FROM recents WHERE profile_id = ? ORDER BY id DESC LIMIT ?"
        found = (identifier_from(*row) for row in self._database.rows(sql, (profile_id, limit)))
        return tuple(person for person in found if person)

    def clear(self, profile_id: ProfileId) -> None:
        """Drop all of a profile's."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM recents WHERE profile_id = ?", (profile_id,))

    def forget(self, identifiers: Iterable[Identifier]) -> int:
        """Drop these people in every profile; returns how many entries."""
        with self._database.transaction() as connection:
            sql = "DELETE FROM recents WHERE kind = ? AND value = ?"
            return sum(connection.execute(sql, pair).rowcount for pair in all_spellings(identifiers))

    def expire(self, older_than: datetime) -> int:
        """Drop those last seen before that; returns how many."""
        with self._database.transaction() as connection:
            sql = "DELETE FROM recents WHERE touched_at < ?"
            return connection.execute(sql, (time_column(older_than),)).rowcount


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the table, as of version 1 of the file."""
    connection.execute(
        """
        CREATE TABLE recents (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            touched_at TEXT NOT NULL,
            UNIQUE (profile_id, kind, value)
        ) STRICT
        """
    )
