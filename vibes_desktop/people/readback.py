"""Reading a record back after a change, and comparing it with what was wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vibes_desktop.model.errors import NotFound
from vibes_desktop.model.fields import EXTERNAL_ID, FieldChange, value_in
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.compare import means_same
from vibes_desktop.people.outcome import Difference
from vibes_desktop.people.review import is_same_record
from vibes_desktop.vibes.client import VibesClient


async def read_back(client: VibesClient, target: Identifier, changes: Sequence[FieldChange]) -> Person:
    """Read the person a change was sent to; after a re-keying by the new external ID, else by the old.

    Raises what the client raises.
    """
    wanted = _wanted_external_id(changes)
    if target.kind is IdentifierKind.EXTERNAL_ID and wanted is not None:
        try:
            return await client.person(Identifier(target.kind, wanted))
        except NotFound:
            return await client.person(target)
    return await client.person(target)


def is_reviewed_record(known: Person, person: Person, changes: Sequence[FieldChange]) -> bool:
    """Tell whether this is the record that was reviewed, its external ID changed or not (C-8)."""
    wanted = _wanted_external_id(changes)
    if wanted is None or is_same_record(known, person):
        return is_same_record(known, person)
    re_keyed = Person(known.raw.having(EXTERNAL_ID.name, wanted))
    return is_same_record(re_keyed, person)


def differences(
    changes: Iterable[FieldChange], person: Person, version: ApiVersion
) -> tuple[Difference, ...]:
    """List the fields that do not read as wanted."""
    return tuple(
        Difference(change.field, change.after, came)
        for change in changes
        if not means_same(change.field, change.after, came := value_in(person, change.field), version)
    )


def is_as_before(changes: Iterable[FieldChange], person: Person, version: ApiVersion) -> bool:
    """Tell whether every field still has the value from before the change."""
    return all(
        means_same(change.field, change.before, value_in(person, change.field), version) for change in changes
    )


def has_any_wanted(changes: Sequence[FieldChange], person: Person, version: ApiVersion) -> bool:
    """Tell whether at least one field reads as wanted."""
    return len(differences(changes, person, version)) < len(changes)


def _wanted_external_id(changes: Iterable[FieldChange]) -> str | None:
    for change in changes:
        if change.field == EXTERNAL_ID and isinstance(change.after, str):
            return change.after
    return None
