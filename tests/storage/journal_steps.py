"""A program to be killed: it writes to a desk, and stands still before the statement it is told.

Arguments: the file, and how many statements to let pass. Prints `done STEP` after each step.
"""

import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vibes_desktop.model.change import ChangeKind, Intention, Outcome, SentRequest
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.desk import Desk

PROFILE = ProfileId("main")
KEY = Identifier(IdentifierKind.PERSON_KEY, "key-1")
INTENTION = Intention(
    profile_id=PROFILE,
    kind=ChangeKind.UPDATE,
    target=KEY,
    before=Person(obj(person_key="key-1", custom_fields=obj(first_name="Ana"))),
    changes=(FieldChange(FieldRef("first_name"), "Ana", "Anna"),),
    request=SentRequest("PUT", "/companies/c/mobiledb/persons/key-1", "{}"),
    os_user="agnes",
)


def say(line: str) -> None:
    """Tell the parent."""
    print(line, flush=True)  # noqa: T201 - the parent reads it


def stand_still_after(count: int) -> None:
    """Let every connection pass that many statements, then wait to be killed."""
    passed = 0
    connect = sqlite3.connect

    def trace(statement: str) -> None:
        nonlocal passed
        if passed == count:
            say(f"halt {statement.split()[0]}")
            sys.stdin.read()
        passed += 1

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **named)
        connection.set_trace_callback(trace)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]


def main() -> None:
    """Take every step there is."""
    stand_still_after(int(sys.argv[2]))
    desk = Desk(Path(sys.argv[1]))
    say("done open")
    change = desk.journal.begin(INTENTION, now=datetime.now(UTC))
    say("done begin")
    desk.drafts.put(PROFILE, KEY, "{}")
    say("done draft")
    desk.journal.sending(change)
    say("done sending")
    desk.journal.close(change, Outcome.VERIFIED, person=KEY, display_name="Ana")
    say("done close")
    desk.forget([KEY])
    say("done forget")
    desk.close()
    say("end")


main()
