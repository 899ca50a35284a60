"""The tables of a store of captures, and how captures become rows."""

from __future__ import annotations

import sqlite3

from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.storage.database import Row, Schema

APPLICATION_ID = 0x56434150  # "VCAP"
# The body is last: SQLite reads a row's columns from the left, and the small ones are often wanted alone.
COLUMNS = "id, received_us, answered, peer, peer_port, method, target, head, trailers, body"
INSERT = f"INSERT INTO captures ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constants


def _make_tables(connection: sqlite3.Connection) -> None:
    """Version 1. `totals` has one row: counting captures would read all of them.

    Captures up to `cleared_to` are as good as deleted; `cleared_captures` and `cleared_bytes` tell of them.
    """
    connection.execute(
        "CREATE TABLE captures (id INTEGER PRIMARY KEY, received_us INTEGER NOT NULL,"
        " answered INTEGER NOT NULL, peer TEXT NOT NULL, peer_port INTEGER NOT NULL, method TEXT NOT NULL,"
        " target TEXT NOT NULL, head BLOB NOT NULL, trailers BLOB NOT NULL, body BLOB NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE totals (last_id INTEGER NOT NULL, captures INTEGER NOT NULL, bytes INTEGER NOT NULL,"
        " cleared_to INTEGER NOT NULL, cleared_captures INTEGER NOT NULL, cleared_bytes INTEGER NOT NULL)"
    )
    connection.execute("INSERT INTO totals VALUES (0, 0, 0, 0, 0, 0)")


def _make_about(connection: sqlite3.Connection) -> None:
    """Version 2: what a collection is called, and how long its captures are kept."""
    connection.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")


SCHEMA = Schema(APPLICATION_ID, (_make_tables, _make_about))


def row_of(number: int, delivery: Delivery) -> Row:
    """Write a delivery as a row."""
    return (
        number,
        delivery.received_us,
        delivery.answered,
        delivery.peer,
        delivery.peer_port,
        delivery.method,
        delivery.target,
        delivery.head,
        delivery.trailers,
        delivery.body,
    )


def capture_of(row: Row) -> Capture:
    """Read it back."""
    number, received_us, answered, peer, peer_port, method, target, head, trailers, body = row
    delivery = Delivery(received_us, peer, peer_port, method, target, head, body, trailers, answered)
    return Capture(CaptureId(number), delivery)


def weight(delivery: Delivery) -> int:
    """Count the bytes of a capture that came over the wire."""
    return len(delivery.head) + len(delivery.trailers) + len(delivery.body)
