"""A journal with a few changes in it, and the bridge to read it through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vibes_desktop.model.change import ChangeId, ChangeKind, Intention, Outcome, SentRequest
from vibes_desktop.model.fields import ABSENT, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonObject, dump, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile, ProfileId, Region, Safety
from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.bridge import Bridge

DEMO = ProfileId("demo")
ACME = ProfileId("acme")
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

Write = Callable[..., ChangeId]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a record store in a folder of its own."""
    opened = Desk(tmp_path / "desk.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def journal(desk: Desk) -> Journal:
    return desk.journal


@pytest.fixture
def bridge(qapp: object, runtime: Runtime) -> Bridge:
    return Bridge(runtime)


@pytest.fixture
def profiles() -> tuple[Profile, ...]:
    return (
        Profile(DEMO, "Demo Retail", "DEMO", Region.US.base_url, "demo", Safety.SANDBOX),
        Profile(ACME, "Acme Retail", "ACME", Region.EU.base_url, "acme", Safety.PRODUCTION),
    )


@pytest.fixture
def write(journal: Journal) -> Write:
    """Return a function that writes one change and, unless it is to stay open, its outcome."""

    def write_change(
        first_name: str = "Steve",
        *,
        outcome: Outcome = Outcome.VERIFIED,
        profile: ProfileId = DEMO,
        kind: ChangeKind = ChangeKind.UPDATE,
        reason: str = "",
        after: Json = "Miller",
        days: int = 0,
        detail: str = "",
        differing: tuple[FieldRef, ...] = (),
    ) -> ChangeId:
        before = None if kind is ChangeKind.ADD else person(first_name)
        started = NOON + timedelta(days=days)
        change_id = journal.begin(intention(before, kind, profile, reason, after), now=started)
        if outcome is Outcome.INTENDED:
            return change_id
        journal.sending(change_id)
        if not outcome.is_open:
            journal.close(
                change_id,
                outcome,
                person=Identifier(IdentifierKind.PERSON_KEY, f"key-{first_name}"),
                display_name=f"{first_name} Millar",
                detail=detail,
                differing=differing,
                now=started + timedelta(seconds=1),
            )
        return change_id

    return write_change


def person(first_name: str) -> Person:
    """Make a person as the platform would send it."""
    fields = obj(first_name=first_name, last_name="Millar")
    return Person(obj(person_key=f"key-{first_name}", external_person_id="EXT1", custom_fields=fields))


def intention(
    before: Person | None, kind: ChangeKind, profile: ProfileId, reason: str, after: Json
) -> Intention:
    """Intend to change one field."""
    changes = (FieldChange(FieldRef("last_name"), "Millar" if before else ABSENT, after),)
    body = dump(obj(custom_fields=JsonObject((("last_name", after),))))
    request = SentRequest("PUT", "/companies/DEMO/mobiledb/persons/key", body)
    target = before.best_identifier if before else None
    return Intention(profile, kind, target, before, changes, request, "mia", reason)
