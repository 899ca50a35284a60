"""A program to be killed at any moment: it journals without end, and tells of each step that returned."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from vibes_desktop.model.change import ChangeKind, Intention, Outcome, SentRequest
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.desk import Desk

journal = Desk(Path(sys.argv[1])).journal
request = SentRequest("POST", "/companies/c/mobiledb/persons/", "{}")
while True:
    intention = Intention(ProfileId("main"), ChangeKind.ADD, None, None, (), request, "agnes")
    change = journal.begin(intention, now=datetime.now(UTC))
    print(change, "intended", flush=True)  # noqa: T201 - the parent reads it
    journal.sending(change)
    print(change, "sending", flush=True)  # noqa: T201
    journal.close(change, Outcome.VERIFIED)
    print(change, "verified", flush=True)  # noqa: T201
