"""The tables of a store of captures, and how captures become rows."""

from __future__ import annotations

import sqlite3

from vibes_desktop.model.capture import Capture, CaptureId, Delivery
from vibes_desktop.storage.database import Row, Schema

APPLICATION_ID = 0x56434150  # "VCAP"
# The body is last: SQLite reads a row's columns from the left, and the small ones are often wanted alone.
COLUMNS = "id, received_us, answered, peer, peer_port, method, target, bytes_to, head, trailers, body"
PAGE_BYTES = 16_384  # a dozen callbacks: a commit of many writes few pages, and costs half the system's time
PLACES = f"({', '.join('?' * len(COLUMNS.split()))})"


def _make_tables(connection: sqlite3.Connection) -> None:
    """Version 1. Captures are numbered without gaps, and only the oldest ever go.

    So nothing needs to be counted: `bytes_to` adds up what came until then, with the capture itself, and
    two rows tell how many captures there are and what they weigh. `marks` has one row: captures up to
    `cleared_to` are as good as deleted; `last_id` and `last_bytes` tell of the newest that was deleted.
    """
    connection.execute(
        "CREATE TABLE captures (id INTEGER PRIMARY KEY, received_us INTEGER NOT NULL,"
        " answered INTEGER NOT NULL, peer TEXT NOT NULL, peer_port INTEGER NOT NULL, method TEXT NOT NULL,"
        " target TEXT NOT NULL, bytes_to INTEGER NOT NULL, head BLOB NOT NULL, trailers BLOB NOT NULL,"
        " body BLOB NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE marks"
        " (cleared_to INTEGER NOT NULL, last_id INTEGER NOT NULL, last_bytes INTEGER NOT NULL)"
    )
    connection.execute("INSERT INTO marks VALUES (0, 0, 0)")


def _make_about(connection: sqlite3.Connection) -> None:
    """Version 2: what a collection is called, and how long its captures are kept."""
    connection.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")


SCHEMA = Schema(APPLICATION_ID, (_make_tables, _make_about), PAGE_BYTES)


def insert(count: int) -> str:
    """Write the statement that stores so many captures at once."""
    return f"INSERT INTO captures ({COLUMNS}) VALUES {', '.join([PLACES] * count)}"  # noqa: S608 - constants


def row_of(number: int, bytes_to: int, delivery: Delivery) -> Row:
    """Write a delivery as a row."""
    return (
        number,
        delivery.received_us,
        delivery.answered,
        delivery.peer,
        delivery.peer_port,
        delivery.method,
        delivery.target,
        bytes_to,
        delivery.head,
        delivery.trailers,
        delivery.body,
    )


def capture_of(row: Row) -> Capture:
    """Read it back."""
    number, received_us, answered, peer, peer_port, method, target, _, head, trailers, body = row
    delivery = Delivery(received_us, peer, peer_port, method, target, head, body, trailers, answered)
    return Capture(CaptureId(number), delivery)


def weight(delivery: Delivery) -> int:
    """Count the bytes of a capture that came over the wire."""
    return len(delivery.head) + len(delivery.trailers) + len(delivery.body)
