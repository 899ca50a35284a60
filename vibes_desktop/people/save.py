"""Saving: one protocol from the review to a named outcome.

Read again and compare; the intention with the before-image goes to disk; only then the request
leaves; read back and compare each field; close the journal entry. A change that may have been
processed is looked at before anything is repeated.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from vibes_desktop.model.change import ChangeKind, Intention, Outcome
from vibes_desktop.model.errors import (
    Conflict,
    InvalidInput,
    OutcomeUnknown,
    Unprocessable,
    VibesDesktopError,
)
from vibes_desktop.model.fields import FieldChange
from vibes_desktop.model.identifier import IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.compare import means_same
from vibes_desktop.people.display import heading
from vibes_desktop.people.journalling import JournalEntry
from vibes_desktop.people.outcome import Author, OnStep, Pauses, SaveResult, SaveStep
from vibes_desktop.people.readback import (
    differences,
    has_any_wanted,
    is_as_before,
    is_reviewed_record,
    read_back,
)
from vibes_desktop.people.review import Review, ReviewOutdated, compare_three_ways, read_again
from vibes_desktop.people.sending import StoppedWhileSending, go_on_after_stop, send_once, sent_request
from vibes_desktop.storage.journal import Journal
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.request import Request

ACCEPTED_UNREAD = "The platform accepted the change, but the record could not be read back."
ACCEPTED_ELSEWHERE = "The platform accepted the change, but for another record than the one reviewed."
STOPPED_READING = "It was sent, and stopped before the record was read back."
ANSWERED_ELSEWHERE = "No usable answer came, and the ID now belongs to another record."
REFUSED_YET_THERE = (
    "The platform refused the change, but what was to be changed reads as wanted, at least in part."
)
UNANSWERED_UNREAD = "No usable answer came, and the record could not be read."
UNANSWERED_OTHER = (
    "No usable answer came. The record has other values now, neither the old nor the wanted ones."
)
UNANSWERED_SAME = (
    "No usable answer came. The record still reads as before, but the change may yet arrive: look again "
    "before you repeat it."
)
UNANSWERED_TWICE = (
    "It was sent twice, the second time after seeing that the record was unchanged. No usable answer came, "
    "and it still reads as before. The change may yet arrive: look again before you repeat it."
)


async def save(
    client: VibesClient,
    journal: Journal,
    review: Review,
    author: Author,
    *,
    on_step: OnStep = lambda _: None,
    pauses: Pauses | None = None,
) -> SaveResult:
    """Send what was reviewed, and find out what became of it.

    Raises, with nothing sent: ReviewOutdated when the record changed since the review, InvalidInput,
    StorageError when the journal can't be written, and what the client raises to the reading.
    Cancelled before sending it ends not saved; later, it still finds out and returns the outcome.
    """
    on_step(SaveStep.READING)
    current = await _still_valid(client, review)
    on_step(SaveStep.WRITING_DOWN)
    entry = await JournalEntry.open(journal, _intention(current, author))
    saving = _Saving(client, entry, current, on_step, pauses or Pauses())
    try:
        return await saving.run()
    except asyncio.CancelledError:
        go_on_after_stop()
        return await saving.end(Outcome.UNKNOWN, detail=STOPPED_READING)


@dataclass(slots=True)
class _Saving:
    """One save after its intention is on disk."""

    client: VibesClient
    entry: JournalEntry
    review: Review
    on_step: OnStep
    pauses: Pauses

    async def run(self) -> SaveResult:
        """Send, find out, close the entry."""
        self.on_step(SaveStep.SENDING)
        try:
            await send_once(self.client, self._request)
        except OutcomeUnknown as error:
            return await self._unanswered(error, sent=1)
        except VibesDesktopError as error:
            return await self._refused(error)
        return await self._accepted()

    async def end(
        self,
        outcome: Outcome,
        *,
        person: Person | None = None,
        error: VibesDesktopError | None = None,
        detail: str = "",
    ) -> SaveResult:
        """Close the journal entry and tell."""
        wrong = differences(self._changes, person, self._version) if person is not None else ()
        is_telling = outcome in {Outcome.DIFFERS, Outcome.UNKNOWN}
        known = person or self.review.fresh
        record = await self.entry.close(
            outcome,
            person=(person.best_identifier if person is not None else None) or self.review.target,
            differing=tuple(each.field for each in wrong) if is_telling else (),
            detail=detail or (error.title if error is not None else ""),
            display_name=heading(known, self._version),
        )
        return SaveResult(
            record,
            person,
            wrong if is_telling else (),
            error,
            changed_meanwhile=self.review.changed_meanwhile,
            journal_error=self.entry.trouble,
        )

    async def _accepted(self) -> SaveResult:
        """After a 2xx: the values decide, not the status."""
        self.on_step(SaveStep.READING_BACK)
        try:
            person = await self._read()
            if is_as_before(self._changes, person, self._version):
                await asyncio.sleep(self.pauses.second_reading)  # a platform that is slow to show it
                person = await self._read()
        except VibesDesktopError as error:
            return await self.end(Outcome.UNKNOWN, error=error, detail=ACCEPTED_UNREAD)
        if not self._is_right(person):
            return await self.end(Outcome.UNKNOWN, person=person, detail=ACCEPTED_ELSEWHERE)
        is_right = not differences(self._changes, person, self._version)
        return await self.end(Outcome.VERIFIED if is_right else Outcome.DIFFERS, person=person)

    async def _refused(self, error: VibesDesktopError) -> SaveResult:
        """After a refusal: whether one is all or nothing is not published, so look (docs/platform.md §14)."""
        if not isinstance(error, Conflict | Unprocessable):
            return await self.end(Outcome.NOT_SAVED, error=error)
        self.on_step(SaveStep.READING_BACK)
        try:
            person = await self._read()
        except VibesDesktopError:
            return await self.end(Outcome.NOT_SAVED, error=error)
        if not self._is_right(person) or not has_any_wanted(self._changes, person, self._version):
            return await self.end(Outcome.NOT_SAVED, person=person, error=error)
        is_right = not differences(self._changes, person, self._version)
        outcome = Outcome.VERIFIED if is_right else Outcome.DIFFERS
        return await self.end(outcome, person=person, error=error, detail=REFUSED_YET_THERE)

    async def _unanswered(self, error: VibesDesktopError, *, sent: int) -> SaveResult:
        """Look what happened; send once more only what is seen not to have arrived."""
        self.on_step(SaveStep.LOOKING)
        try:
            person = await self._read()
        except VibesDesktopError as unread:  # what the person can act on now, a sign-in that ended say
            return await self.end(Outcome.UNKNOWN, error=unread, detail=UNANSWERED_UNREAD)
        if not self._is_right(person):
            return await self.end(Outcome.UNKNOWN, person=person, error=error, detail=ANSWERED_ELSEWHERE)
        if not differences(self._changes, person, self._version):
            return await self.end(Outcome.VERIFIED, person=person)
        if not is_as_before(self._changes, person, self._version):
            is_partly_there = has_any_wanted(self._changes, person, self._version)
            outcome = Outcome.DIFFERS if is_partly_there else Outcome.UNKNOWN
            return await self.end(outcome, person=person, error=error, detail=UNANSWERED_OTHER)
        if sent == 1 and self._may_send_again(error):
            return await self._send_again()
        words = UNANSWERED_SAME if sent == 1 else UNANSWERED_TWICE
        return await self.end(Outcome.UNKNOWN, person=person, error=error, detail=words)

    def _may_send_again(self, error: VibesDesktopError) -> bool:
        """By external ID a second PUT might create a person; and who stopped it wants no second."""
        by_external_id = self.review.target.kind is IdentifierKind.EXTERNAL_ID
        is_stopped = isinstance(error, StoppedWhileSending)
        return isinstance(error, OutcomeUnknown) and not is_stopped and not by_external_id

    async def _send_again(self) -> SaveResult:
        self.on_step(SaveStep.SENDING_AGAIN)
        try:
            await send_once(self.client, self._request)
        except OutcomeUnknown as error:
            return await self._unanswered(error, sent=2)
        except (Conflict, Unprocessable) as error:
            return await self._refused(error)
        except VibesDesktopError as error:  # not processed, but the first may still be on its way
            return await self._unanswered(error, sent=1)
        return await self._accepted()

    async def _read(self) -> Person:
        return await read_back(self.client, self.review.target, self._changes)

    def _is_right(self, person: Person) -> bool:
        return is_reviewed_record(self.review.fresh, person, self._changes)

    @property
    def _changes(self) -> tuple[FieldChange, ...]:
        return self.entry.record.intention.changes

    @property
    def _version(self) -> ApiVersion:
        return self.review.edit.version

    @property
    def _request(self) -> Request:
        assert self.review.request is not None  # noqa: S101 - `_still_valid` looked
        return self.review.request


async def _still_valid(client: VibesClient, review: Review) -> Review:
    """Read once more and compare with what was reviewed; raises ReviewOutdated."""
    if review.request is None:
        raise InvalidInput("There is nothing to send", "Choose a value for each field both sides changed.")
    fresh = await read_again(client, review.fresh, review.target)
    before = {row.field: row for row in review.rows}
    current = compare_three_ways(review.edit, fresh, review.target, review.make_request)
    for row in current.rows:
        old = before.get(row.field)
        if (
            old is not None
            and old.resolution
            and means_same(row.field, old.now, row.now, review.edit.version)
        ):
            current = current.resolve(row.field, old.resolution)
    if current.request != review.request or not _shows_the_same(review, current):
        raise ReviewOutdated(current)
    return current


def _shows_the_same(old: Review, new: Review) -> bool:
    """Tell whether the rows a person read still say what is so."""
    version = old.edit.version
    return len(old.rows) == len(new.rows) and all(
        a.field == b.field and means_same(a.field, a.now, b.now, version)
        for a, b in zip(old.rows, new.rows, strict=True)
    )


def _intention(review: Review, author: Author) -> Intention:
    assert review.request is not None  # noqa: S101 - `_still_valid` looked
    return Intention(
        profile_id=author.profile_id,
        kind=ChangeKind.UPDATE if author.undo_of is None else ChangeKind.UNDO,
        target=review.target,
        before=review.fresh,
        changes=review.changes,
        request=sent_request(review.request),
        os_user=author.os_user,
        reason=author.reason,
        undo_of=author.undo_of,
    )
