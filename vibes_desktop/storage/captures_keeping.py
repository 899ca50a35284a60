"""Clearing a store, and dropping what is too old or too much: statements for its one writer."""

from __future__ import annotations

import sqlite3

from vibes_desktop.storage.database import Row

DELETED_AT_ONCE = 500  # a commit meanwhile waits for no more than these
WEIGHT = "length(head) + length(trailers) + length(body)"
TAKE_BACK = (
    "UPDATE totals SET captures = captures + cleared_captures, bytes = bytes + cleared_bytes,"
    " cleared_to = 0, cleared_captures = 0, cleared_bytes = 0"
)


def clear(connection: sqlite3.Connection) -> None:
    """Count everything there is as cleared."""
    connection.execute(
        "UPDATE totals SET cleared_to = last_id, cleared_captures = cleared_captures + captures,"
        " cleared_bytes = cleared_bytes + bytes, captures = 0, bytes = 0"
    )


def forget_cleared(connection: sqlite3.Connection) -> bool:
    """Delete some of what was cleared; tells whether there is more."""
    rows = connection.execute(
        f"SELECT id, {WEIGHT} FROM captures WHERE id <= (SELECT cleared_to FROM totals) ORDER BY id LIMIT ?",  # noqa: S608
        (DELETED_AT_ONCE,),
    ).fetchall()
    if not rows:
        connection.execute("UPDATE totals SET cleared_captures = 0, cleared_bytes = 0")
        return False
    _delete(connection, rows)
    connection.execute(
        "UPDATE totals SET cleared_captures = cleared_captures - ?, cleared_bytes = cleared_bytes - ?",
        (len(rows), sum(size for _, size in rows)),
    )
    return True


def delete_some(connection: sqlite3.Connection, *, before_us: int | None, above_bytes: int | None) -> bool:
    """Delete some of the oldest captures that are too old, or too much; tells whether there may be more."""
    rows = connection.execute(
        f"SELECT id, {WEIGHT}, received_us FROM captures"  # noqa: S608
        " WHERE id > (SELECT cleared_to FROM totals) ORDER BY id LIMIT ?",
        (DELETED_AT_ONCE,),
    ).fetchall()
    (total,) = connection.execute("SELECT bytes FROM totals").fetchone()
    doomed: list[Row] = []
    for number, size, received_us in rows:
        is_old = before_us is not None and received_us < before_us
        if not is_old and (above_bytes is None or total <= above_bytes):
            break
        doomed.append((number, size))
        total -= size
    if not doomed:
        return False
    _delete(connection, doomed)
    connection.execute("UPDATE totals SET captures = captures - ?, bytes = ?", (len(doomed), total))
    return len(doomed) == DELETED_AT_ONCE


def _delete(connection: sqlite3.Connection, rows: list[Row]) -> None:
    """Delete captures, all those between the first and the last of these."""
    connection.execute("DELETE FROM captures WHERE id BETWEEN ? AND ?", (rows[0][0], rows[-1][0]))
