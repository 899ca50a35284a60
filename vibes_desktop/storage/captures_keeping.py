"""Clearing a store, and dropping what is too old or too much: statements for its one writer."""

from __future__ import annotations

import sqlite3

from vibes_desktop.storage.database import Row

DELETED_AT_ONCE = 500  # a commit meanwhile waits for no more than these
CLEAR = "UPDATE marks SET cleared_to = max(last_id, (SELECT coalesce(max(id), 0) FROM captures))"
TAKE_BACK = "UPDATE marks SET cleared_to = 0"
OLDEST = "SELECT id, bytes_to, received_us FROM captures ORDER BY id LIMIT ?"


def forget_cleared(connection: sqlite3.Connection) -> bool:
    """Delete some of what was cleared; tells whether there may be more."""
    (cleared_to,) = connection.execute("SELECT cleared_to FROM marks").fetchone()
    rows = connection.execute(OLDEST, (DELETED_AT_ONCE,)).fetchall()
    return _delete(connection, [row for row in rows if row[0] <= cleared_to])


def delete_some(connection: sqlite3.Connection, *, before_us: int | None, above_bytes: int | None) -> bool:
    """Delete some of the oldest captures that are too old, or too much; tells whether there may be more.

    Nothing goes while there is a clearing that could be taken back.
    """
    cleared_to, last_id, gone = connection.execute("SELECT * FROM marks").fetchone()
    (newest,) = connection.execute("SELECT max(bytes_to) FROM captures").fetchone()
    if cleared_to > last_id:
        return False
    doomed: list[Row] = []
    for row in connection.execute(OLDEST, (DELETED_AT_ONCE,)).fetchall():
        is_old = before_us is not None and row[2] < before_us
        if not is_old and (above_bytes is None or newest - gone <= above_bytes):
            break
        doomed.append(row)
        gone = row[1]
    return _delete(connection, doomed)


def _delete(connection: sqlite3.Connection, oldest: list[Row]) -> bool:
    """Delete captures, which must be the oldest; tells whether there were any."""
    if oldest:
        connection.execute("DELETE FROM captures WHERE id <= ?", (oldest[-1][0],))
        connection.execute("UPDATE marks SET last_id = ?, last_bytes = ?", oldest[-1][:2])
    return bool(oldest)
