"""What stands beside a record: subscriptions with their lists' names, and the changes made here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.people.session import PeopleSession, identifiers_of


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """A person's subscriptions, active ones first, and the names of lists by ID."""

    entries: tuple[Subscription, ...]
    names: Mapping[str, str]


async def subscriptions_of(session: PeopleSession, person: Person, known: Mapping[str, str]) -> Subscriptions:
    """Read a person's subscriptions, and the lists' names where one is not known yet.

    Raises what the client raises; where only the names can't be read, the IDs have to do.
    """
    entries = await session.subscriptions(person)
    if all(each.list_id in known for each in entries if each.list_id):
        return Subscriptions(entries, known)
    try:
        lists = await session.client.subscription_lists()
    except VibesDesktopError:
        return Subscriptions(entries, known)
    return Subscriptions(
        entries, {**known, **{each.id: each.name for each in lists if each.id and each.name}}
    )


async def changes_of(session: PeopleSession, person: Person) -> tuple[ChangeRecord, ...]:
    """Read the changes made to a person here, newest first; raises StorageError."""
    journal, profile_id = session.desk.journal, session.profile.id
    best = person.best_identifier
    if best is None:
        return ()
    own = set(identifiers_of(person))
    records = await asyncio.to_thread(lambda: journal.records(profile_id, text=best.value))
    return tuple(record for record in records if own & {record.person, record.intention.target})
