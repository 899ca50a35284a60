"""The protocol of an add: journal, one POST that is never repeated, and the record it ended in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from vibes_desktop.model.change import ChangeKind, Intention, Outcome
from vibes_desktop.model.errors import Conflict, OutcomeUnknown, VibesDesktopError
from vibes_desktop.model.fields import FieldChange
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.add import (
    AddOutdated,
    AddReview,
    find_holders,
    identifiers_of,
    prepare_add,
)
from vibes_desktop.people.display import heading
from vibes_desktop.people.journalling import JournalEntry
from vibes_desktop.people.lookup import is_same_person
from vibes_desktop.people.outcome import Author, OnStep, Pauses, SaveResult, SaveStep
from vibes_desktop.people.readback import differences
from vibes_desktop.people.sending import StoppedWhileSending, go_on_after_stop, send_once, sent_request
from vibes_desktop.storage.journal import Journal
from vibes_desktop.vibes.client import VibesClient, WriteAnswer

CREATED_STATUS = 201
ACCEPTED_NOT_FOUND = "The platform accepted it, but none of the identifiers finds the record yet."
NOT_SEEN = (
    "No usable answer came. Looked again {times}: nobody new has these identifiers. It may yet arrive: look "
    "again before you repeat it."
)
NOT_SEEN_MERGED = (
    "No usable answer came. Looked again {times}: the record it would be merged into reads as before. It may "
    "yet arrive: look again before you repeat it."
)
UNREAD = "No usable answer came, and the platform could not be asked what became of it."
STOPPED = "It was sent, and stopped before it was found out what became of it."


async def add(
    client: VibesClient,
    journal: Journal,
    review: AddReview,
    author: Author,
    *,
    on_step: OnStep = lambda _: None,
    pauses: Pauses | None = None,
) -> SaveResult:
    """Send what was reviewed, once, and find the record it ended in.

    Raises, with nothing sent: AddOutdated when it would meet others than shown, StorageError when
    the journal can't be written, and what the client raises to the look-ups. Cancelled before
    sending it ends not saved; later, it still returns what is known.
    """
    on_step(SaveStep.READING)
    current = await prepare_add(client, review.edit)
    if _picture(current) != _picture(review):
        raise AddOutdated(current)
    on_step(SaveStep.WRITING_DOWN)
    entry = await JournalEntry.open(journal, _intention(current, author))
    adding = _Adding(client, entry, current, on_step, pauses or Pauses())
    try:
        return await adding.run()
    except asyncio.CancelledError:
        go_on_after_stop()
        return await adding.end(Outcome.UNKNOWN, detail=STOPPED)


@dataclass(slots=True)
class _Adding:
    """One add after its intention is on disk."""

    client: VibesClient
    entry: JournalEntry
    review: AddReview
    on_step: OnStep
    pauses: Pauses

    async def run(self) -> SaveResult:
        """Send once, find the record, close the entry."""
        self.on_step(SaveStep.SENDING)
        try:
            answer = await send_once(self.client, self.review.request)
        except OutcomeUnknown as error:
            return await self._unanswered(error)
        except Conflict as error:
            return await self._conflict(error)
        except VibesDesktopError as error:
            return await self.end(Outcome.NOT_SAVED, error=error)
        return await self._accepted(answer)

    async def end(
        self,
        outcome: Outcome,
        *,
        person: Person | None = None,
        error: VibesDesktopError | None = None,
        detail: str = "",
        others: tuple[Person, ...] = (),
        is_created: bool | None = None,
    ) -> SaveResult:
        """Close the journal entry and tell."""
        wrong = differences(self._changes, person, self._version) if person is not None else ()
        shown = wrong if outcome is Outcome.DIFFERS else ()
        target = self.review.merged_into
        known = person or (target.person if target is not None else None)
        record = await self.entry.close(
            outcome,
            person=known.best_identifier if known is not None else None,
            differing=tuple(each.field for each in shown),
            detail=detail or (error.title if error is not None else ""),
            display_name=heading(known, self._version) if known is not None else "",
        )
        return SaveResult(
            record,
            person,
            shown,
            error,
            others=others,
            is_created=is_created,
            journal_error=self.entry.trouble,
        )

    async def _accepted(self, answer: WriteAnswer) -> SaveResult:
        """After a 2xx: read the record it ended in, new or merged."""
        self.on_step(SaveStep.READING_BACK)
        try:
            person = await self._record_of(answer)
        except VibesDesktopError as error:
            return await self.end(Outcome.UNKNOWN, error=error, detail=ACCEPTED_NOT_FOUND)
        if person is None:
            return await self.end(Outcome.UNKNOWN, detail=ACCEPTED_NOT_FOUND)
        return await self._found(person, is_created=answer.status == CREATED_STATUS and self._is_new(person))

    async def _found(self, person: Person, *, is_created: bool) -> SaveResult:
        is_right = not differences(self._changes, person, self._version)
        outcome = Outcome.VERIFIED if is_right else Outcome.DIFFERS
        return await self.end(outcome, person=person, is_created=is_created)

    async def _conflict(self, error: Conflict) -> SaveResult:
        """After a 409: show who has the identifiers (C-6)."""
        self.on_step(SaveStep.LOOKING)
        try:
            others = await self._holders()
        except VibesDesktopError:
            others = tuple(each.person for each in self.review.met)
        return await self.end(Outcome.NOT_SAVED, error=error, others=others)

    async def _unanswered(self, error: OutcomeUnknown) -> SaveResult:
        """Look for the record, a few times; a POST is never repeated."""
        is_stopped = isinstance(error, StoppedWhileSending)
        pauses = self.pauses.look_ups[:1] if is_stopped else self.pauses.look_ups
        trouble: VibesDesktopError | None = None
        has_looked = 0
        for pause in pauses:
            self.on_step(SaveStep.LOOKING)
            await asyncio.sleep(pause)
            try:
                person = await self._arrived()
            except VibesDesktopError as unread:
                trouble = unread
                continue
            has_looked += 1
            if person is not None:
                return await self._found(person, is_created=self._is_new(person))
        if not has_looked:
            return await self.end(Outcome.UNKNOWN, error=trouble or error, detail=UNREAD)
        words = NOT_SEEN if self.review.merged_into is None else NOT_SEEN_MERGED
        times = "once" if has_looked == 1 else f"{has_looked} times"
        return await self.end(Outcome.UNKNOWN, error=error, detail=words.format(times=times))

    async def _arrived(self) -> Person | None:
        """Find a record that shows that the add was processed."""
        found = await self._holders()
        return arrived(found, self._changes, self._version, [each.person for each in self.review.met])

    async def _record_of(self, answer: WriteAnswer) -> Person | None:
        """Read the record an answer speaks of; without one in it, by the identifiers."""
        address = answer.person.best_identifier if answer.person is not None else None
        if address is not None:
            return await self.client.person(address)
        found = await self._holders()
        best = arrived(found, self._changes, self._version, [each.person for each in self.review.met])
        target = self.review.merged_into
        same = (each for each in found if target is not None and is_same_person(each, target.person))
        return best or next(same, None)

    async def _holders(self) -> tuple[Person, ...]:
        met = await find_holders(self.client, identifiers_of(self.review.edit))
        return tuple(each.person for each in met)

    def _is_new(self, person: Person) -> bool:
        return not any(is_same_person(person, each.person) for each in self.review.met)

    @property
    def _changes(self) -> tuple[FieldChange, ...]:
        return self.review.changes

    @property
    def _version(self) -> ApiVersion:
        return self.review.edit.version


def arrived(
    found: Iterable[Person], changes: tuple[FieldChange, ...], version: ApiVersion, met: list[Person]
) -> Person | None:
    """Choose the record that shows an add was processed: one with all the values, else a new one."""
    people = list(found)
    for person in people:
        if not differences(changes, person, version):
            return person
    return next((each for each in people if not any(is_same_person(each, old) for old in met)), None)


def _picture(review: AddReview) -> tuple[object, ...]:
    """What a person was shown: the verdict, whom it meets, and what becomes of them."""
    met = ((each.person.best_identifier, each.by, each.effects, each.changes) for each in review.met)
    return (review.verdict, review.request, *met)


def _intention(review: AddReview, author: Author) -> Intention:
    target = review.merged_into
    return Intention(
        profile_id=author.profile_id,
        kind=ChangeKind.ADD,
        target=None,
        before=target.person if target is not None else None,
        changes=review.changes,
        request=sent_request(review.request),
        os_user=author.os_user,
        reason=author.reason,
    )
