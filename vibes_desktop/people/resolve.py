"""Finding out, later, what became of a change that the journal still owes an answer for."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Outcome
from vibes_desktop.model.errors import InvalidInput, NotFound
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.add import find_holders
from vibes_desktop.people.adding import arrived
from vibes_desktop.people.display import heading
from vibes_desktop.people.opt_in import resolve_opt_in
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.readback import (
    differences,
    has_any_wanted,
    is_as_before,
    is_reviewed_record,
    read_back,
)
from vibes_desktop.people.stop_messages import resolve_stop
from vibes_desktop.storage.journal import Journal
from vibes_desktop.vibes.client import VibesClient

NEVER_SENT = "The program ended before it was sent."
READS_AS_BEFORE = "Looked again: the record reads as it did before the change."
NOBODY_NEW = "Looked again: nobody new has these identifiers."
OTHER_VALUES = "Looked again: the record has other values now, neither the old nor the wanted ones."
GONE = "Looked again: the record is no longer there under its ID."
ANOTHER_RECORD = "Looked again: the ID belongs to another record now."
_BY_READING = {ChangeKind.STOP: resolve_stop, ChangeKind.OPT_IN: resolve_opt_in}


async def resolve_open(client: VibesClient, journal: Journal, record: ChangeRecord) -> SaveResult:
    """Look what became of a change that is open or unknown, and close its entry.

    Sends nothing that changes anything. Raises what the client raises, the entry then stays as it
    is, and StorageError; InvalidInput for a change whose outcome is known.
    """
    if not record.outcome.is_open and record.outcome is not Outcome.UNKNOWN:
        raise InvalidInput("There is nothing to find out", "The outcome of this change is known.")
    if record.outcome is Outcome.INTENDED:
        return await _close(journal, record, Outcome.NOT_SAVED, detail=NEVER_SENT)
    version = client.account.api_version
    if record.intention.kind in _BY_READING:
        outcome, detail = await _BY_READING[record.intention.kind](client, record)
        return await _close(journal, record, outcome, detail=detail)
    if record.intention.kind is ChangeKind.ADD:
        return await _resolve_add(client, journal, record, version)
    return await _resolve_update(client, journal, record, version)


async def _resolve_update(
    client: VibesClient, journal: Journal, record: ChangeRecord, version: ApiVersion
) -> SaveResult:
    target, before, changes = record.intention.target, record.intention.before, record.intention.changes
    if target is None or before is None:
        raise InvalidInput(
            "This can't be found out any more",
            "The values of the change are no longer kept on this computer.",
        )
    try:
        person = await read_back(client, target, changes)
    except NotFound:
        return await _close(journal, record, Outcome.UNKNOWN, detail=GONE)
    if not is_reviewed_record(before, person, changes):
        return await _close(journal, record, Outcome.UNKNOWN, person, version, detail=ANOTHER_RECORD)
    if not differences(changes, person, version):
        return await _close(journal, record, Outcome.VERIFIED, person, version)
    if is_as_before(changes, person, version):
        return await _close(journal, record, Outcome.NOT_SAVED, person, version, detail=READS_AS_BEFORE)
    if has_any_wanted(changes, person, version):
        return await _close(journal, record, Outcome.DIFFERS, person, version)
    return await _close(journal, record, Outcome.UNKNOWN, person, version, detail=OTHER_VALUES)


async def _resolve_add(
    client: VibesClient, journal: Journal, record: ChangeRecord, version: ApiVersion
) -> SaveResult:
    changes, before = record.intention.changes, record.intention.before
    identifiers = _identifiers(record)
    if not identifiers:
        raise InvalidInput(
            "This can't be found out any more",
            "The values of the change are no longer kept on this computer.",
        )
    found = [each.person for each in await find_holders(client, identifiers)]
    person = arrived(found, changes, version, [before] if before is not None else [])
    if person is None:
        words = NOBODY_NEW if before is None else READS_AS_BEFORE
        return await _close(journal, record, Outcome.NOT_SAVED, detail=words)
    outcome = Outcome.DIFFERS if differences(changes, person, version) else Outcome.VERIFIED
    return await _close(journal, record, outcome, person, version)


def _identifiers(record: ChangeRecord) -> tuple[Identifier, ...]:
    kinds = {EXTERNAL_ID: IdentifierKind.EXTERNAL_ID, MOBILE: IdentifierKind.MDN}
    return tuple(
        Identifier(kinds[change.field], change.after)
        for change in record.intention.changes
        if change.field in kinds and isinstance(change.after, str)
    )


async def _close(
    journal: Journal,
    record: ChangeRecord,
    outcome: Outcome,
    person: Person | None = None,
    version: ApiVersion = ApiVersion.V2,
    *,
    detail: str = "",
) -> SaveResult:
    changes = record.intention.changes
    wrong = differences(changes, person, version) if person is not None else ()
    shown = wrong if outcome in {Outcome.DIFFERS, Outcome.UNKNOWN} else ()
    known = person or record.intention.before
    closed = await asyncio.to_thread(
        journal.close,
        record.id,
        outcome,
        person=(person.best_identifier if person is not None else None) or record.intention.target,
        differing=tuple(each.field for each in shown),
        detail=detail,
        display_name=heading(known, version) if known is not None else record.display_name,
        now=datetime.now(UTC),
    )
    is_add = record.intention.kind is ChangeKind.ADD
    is_created = record.intention.before is None if is_add and person is not None else None
    return SaveResult(closed, person, shown, is_created=is_created)
