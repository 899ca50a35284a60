"""A program to be killed: it opens a store of captures, and stands still before the statement it is told.

Arguments: the file, and how many statements to let pass. Prints `halt`, or `end` when it came so far.
"""

import sqlite3
import sys
from pathlib import Path
from typing import Any

from vibes_desktop.storage.captures import CaptureStore


def stand_still_after(count: int) -> None:
    """Let every connection pass that many statements, then wait to be killed."""
    passed = 0
    connect = sqlite3.connect

    def trace(_statement: str) -> None:
        nonlocal passed
        if passed == count:
            print("halt", flush=True)  # noqa: T201 - the parent reads it
            sys.stdin.read()
        passed += 1

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **named)
        connection.set_trace_callback(trace)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]


stand_still_after(int(sys.argv[2]))
CaptureStore.open(Path(sys.argv[1])).close()
print("end", flush=True)  # noqa: T201
