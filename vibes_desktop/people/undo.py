"""Undo: a new edit built from the before-image, on top of what the platform holds now."""

from __future__ import annotations

from dataclasses import dataclass, field

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Outcome
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.compare import means_same
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.review import read_again
from vibes_desktop.vibes.client import VibesClient

CREATED = "The platform has no way to delete a person: a person that was added stays."
NEVER_SAVED = "This change was not saved, so there is nothing to undo."
STILL_OPEN = "It is not known yet whether this change was saved. Look again first."
STOPPED_FOR_GOOD = (
    "Ending a subscription can't be undone: the platform has no call for it. To rejoin, the person is opted "
    "in anew, which sends a real text message."
)
OPTED_IN = "An opt-in can't be taken back: the text message was sent. What it led to can be stopped."
EXPIRED = "The record as it was before is no longer kept on this computer."
OTHER_NUMBER = (
    "The mobile number can't be restored: the record has another one now, and the platform doesn't change a "
    "number in place."
)
REMOVED_NUMBER = (
    "The platform takes a number only when a person is added. To give it back, add the person again with "
    "the same external ID and the number: the two are merged."
)
CHANGED_SINCE = "It was changed again since. Undoing overwrites that value."
WAS_ABSENT = "The record didn't have this field before; it will be cleared."
ALREADY_BACK = "It already has the value it had before."


_FOR_GOOD = {ChangeKind.STOP: STOPPED_FOR_GOOD, ChangeKind.OPT_IN: OPTED_IN}


@dataclass(frozen=True, slots=True)
class UndoNote:
    """Something to know about the undoing of one field."""

    field: FieldRef
    words: str


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """An edit that brings the fields back, for the usual review; and what it can't bring back."""

    record: ChangeRecord = field(repr=False)
    edit: PersonEdit
    impossible: tuple[UndoNote, ...] = ()
    warnings: tuple[UndoNote, ...] = ()
    notes: tuple[UndoNote, ...] = ()


def reason_not_to_undo(record: ChangeRecord) -> str | None:
    """Say why a change can't be undone at all; None when it can be tried."""
    if record.outcome.is_open:
        return STILL_OPEN
    if record.outcome is Outcome.NOT_SAVED:
        return NEVER_SAVED
    if record.intention.kind in _FOR_GOOD:
        return _FOR_GOOD[record.intention.kind]
    if record.intention.kind is ChangeKind.ADD and not _was_merged(record):
        return CREATED
    return EXPIRED if record.intention.before is None else None


async def prepare_undo(client: VibesClient, record: ChangeRecord) -> UndoPlan:
    """Read the person of a change and plan its undoing.

    Raises InvalidInput when it can't be undone or the person is gone, and what the client raises.
    """
    reason = reason_not_to_undo(record)
    before = record.intention.before
    address = _address(record)
    if reason is not None or before is None or address is None:
        raise InvalidInput("This change can't be undone", reason or EXPIRED)
    fresh = await _read(client, before, address)
    return plan_undo(record, fresh, client.account.api_version)


def plan_undo(record: ChangeRecord, fresh: Person, version: ApiVersion) -> UndoPlan:
    """Build the edit, field by field, from what was, what was wanted and what is."""
    edit = PersonEdit(fresh, version)
    impossible: list[UndoNote] = []
    warnings: list[UndoNote] = []
    notes: list[UndoNote] = []
    for change in record.intention.changes:
        name, now = change.field, edit.original(change.field)
        if means_same(name, change.before, now, version):
            notes.append(UndoNote(name, ALREADY_BACK))
        elif name == MOBILE and isinstance(change.before, str):
            impossible.append(UndoNote(name, OTHER_NUMBER if isinstance(now, str) else REMOVED_NUMBER))
        else:
            edit = edit.set(name, None if change.before is ABSENT else change.before)
            warnings += _warning(change, edit, version)
            notes += [UndoNote(name, WAS_ABSENT)] if change.before is ABSENT else []
    return UndoPlan(record, edit, tuple(impossible), tuple(warnings), tuple(notes))


def _warning(change: FieldChange, edit: PersonEdit, version: ApiVersion) -> list[UndoNote]:
    now = edit.original(change.field)
    if means_same(change.field, change.after, now, version):
        return []
    return [UndoNote(change.field, CHANGED_SINCE)]


def _was_merged(record: ChangeRecord) -> bool:
    """Tell whether an add met the person of its before-image, rather than creating one."""
    before, person = record.intention.before, record.person
    return before is not None and person is not None and person == before.best_identifier


def _address(record: ChangeRecord) -> Identifier | None:
    before = record.intention.before
    return record.person or (before.best_identifier if before is not None else record.intention.target)


async def _read(client: VibesClient, before: Person, address: Identifier) -> Person:
    """Read the person by what names them after the change, a new external ID included."""
    if address.kind is not IdentifierKind.EXTERNAL_ID or address == before.best_identifier:
        return await read_again(client, before, address)
    re_keyed = Person(before.raw.having(EXTERNAL_ID.name, address.value))
    return await read_again(client, re_keyed, address)
