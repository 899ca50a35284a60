"""The protocol of a stop: journal, DELETE, and what the subscriptions say afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Intention, Outcome
from vibes_desktop.model.errors import (
    ConnectionFailed,
    InvalidInput,
    NotFound,
    OutcomeUnknown,
    Unauthorized,
    VibesDesktopError,
)
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.person import Person
from vibes_desktop.people.display import heading
from vibes_desktop.people.holders import read_subscriptions
from vibes_desktop.people.journalling import JournalEntry
from vibes_desktop.people.outcome import Author, Pauses, SaveResult, SaveStep
from vibes_desktop.people.review import read_again
from vibes_desktop.people.sending import StoppedWhileSending, go_on_after_stop, send_once, sent_request
from vibes_desktop.people.stop import Stop
from vibes_desktop.people.stopping import Stoppable
from vibes_desktop.storage.journal import Journal
from vibes_desktop.vibes.client import VibesClient

ON_LIST, OFF_LIST = "subscribed", "not subscribed"
HAD_ENDED = "The platform called it ended already, and the subscriptions read so."
NOT_FOUND_YET_ACTIVE = "The platform answered “not found”, but the subscription still reads as active."
NOT_FOUND_UNREAD = "The platform answered “not found”, and the subscriptions could not be read to confirm it."
ACCEPTED_UNREAD = "The platform accepted it, but the subscriptions could not be read back."
ACCEPTED_YET_ACTIVE = "The platform accepted it, but the subscription still reads as active."
UNANSWERED_UNREAD = "No usable answer came, and the subscriptions could not be read."
UNANSWERED_YET_ACTIVE = (
    "No usable answer came. The subscription still reads as active, but the stop may yet arrive: look again."
)
STOPPED_READING = "It was sent, and stopped before the subscriptions were read back."
READS_ACTIVE = "Looked again: the subscription reads as active."
READS_ENDED = "Looked again: the subscription has ended."

OnWords = Callable[[str], None]
# After these no other call would fare better.
_ENDS_SERIES = (Unauthorized, ConnectionFailed)


@dataclass(frozen=True, slots=True)
class StopReport:
    """How each stop ended. `left` were not tried; `error` is why, where it was not the person's wish."""

    results: tuple[tuple[Stoppable, SaveResult], ...]
    left: tuple[Stoppable, ...] = ()
    error: VibesDesktopError | None = None

    @property
    def is_complete(self) -> bool:
        """Tell whether everything chosen reads as ended."""
        return not self.left and all(result.outcome is Outcome.VERIFIED for _, result in self.results)


async def stop_messages(
    client: VibesClient,
    journal: Journal,
    chosen: Sequence[Stoppable],
    author: Author,
    *,
    stop: Stop,
    on_words: OnWords = lambda _: None,
    pauses: Pauses | None = None,
) -> StopReport:
    """End the chosen subscriptions, one after the other, each with its own journal entry.

    Raises, with nothing sent, what the first one raises; from the second on that is in the report.
    """
    if not chosen:
        raise InvalidInput("There is nothing to stop", "Choose at least one list.")
    results: list[tuple[Stoppable, SaveResult]] = []
    for place, each in enumerate(chosen):
        rest = tuple(chosen[place:])
        if results and stop.is_requested:
            return StopReport(tuple(results), rest)
        try:
            result = await _stop_one(client, journal, each, author, on_words, pauses or Pauses())
        except (VibesDesktopError, asyncio.CancelledError) as error:
            if not results:
                raise
            if isinstance(error, VibesDesktopError):
                return StopReport(tuple(results), rest, error)
            go_on_after_stop()
            return StopReport(tuple(results), rest)
        results.append((each, result))
        if isinstance(result.error, _ENDS_SERIES):
            return StopReport(tuple(results), rest[1:], result.error)
    return StopReport(tuple(results))


async def still_active(client: VibesClient, person: Person, target: Identifier, list_id: str) -> bool:
    """Tell whether somebody is on a list now. Raises what the client raises, and InvalidInput when gone.

    The person is read first: for nobody the platform answers as for somebody on no list.
    """
    fresh = await read_again(client, person, target)
    found = await read_subscriptions(client, fresh)
    return any(each.is_active and each.list_id == list_id for each in found)


async def resolve_stop(client: VibesClient, record: ChangeRecord) -> tuple[Outcome, str]:
    """Find out later what became of a stop. Raises what the client raises."""
    before, target, list_id = record.intention.before, record.intention.target, record.intention.list_id
    if before is None or target is None or list_id is None:
        raise InvalidInput(
            "This can't be found out any more",
            "The values of the change are no longer kept on this computer.",
        )
    if await still_active(client, before, target, list_id):
        return Outcome.NOT_SAVED, READS_ACTIVE
    return Outcome.VERIFIED, READS_ENDED


async def _stop_one(
    client: VibesClient,
    journal: Journal,
    each: Stoppable,
    author: Author,
    on_words: OnWords,
    pauses: Pauses,
) -> SaveResult:
    on_words(f"{each.list_name}: {SaveStep.READING.value}")
    fresh = await read_again(client, each.person, each.target)
    on_words(f"{each.list_name}: {SaveStep.WRITING_DOWN.value}")
    entry = await JournalEntry.open(journal, _intention(each, fresh, author))
    stopping = _Stopping(client, entry, each, fresh, on_words, pauses)
    try:
        return await stopping.run()
    except asyncio.CancelledError:
        go_on_after_stop()
        return await stopping.end(Outcome.UNKNOWN, detail=STOPPED_READING)


@dataclass(slots=True)
class _Stopping:
    """One stop after its intention is on disk."""

    client: VibesClient
    entry: JournalEntry
    each: Stoppable
    person: Person
    on_words: OnWords
    pauses: Pauses

    async def run(self, *, times: int = 1) -> SaveResult:
        """Send, read again, close the entry."""
        self._say(SaveStep.SENDING if times == 1 else SaveStep.SENDING_AGAIN)
        try:
            await send_once(self.client, self.each.request)
        except OutcomeUnknown as error:
            return await self._unanswered(error, times)
        except NotFound as error:
            return await self._not_found(error)
        except VibesDesktopError as error:
            if times > 1:  # the first may still be on its way
                return await self._unanswered(error, times)
            return await self.end(Outcome.NOT_SAVED, error=error)
        return await self._accepted()

    async def end(
        self, outcome: Outcome, *, error: VibesDesktopError | None = None, detail: str = ""
    ) -> SaveResult:
        """Close the journal entry and tell."""
        record = await self.entry.close(
            outcome,
            person=self.each.target,
            detail=detail or (error.title if error is not None else ""),
            display_name=heading(self.person, self.client.account.api_version),
        )
        return SaveResult(record, self.person, error=error, journal_error=self.entry.trouble)

    async def _accepted(self) -> SaveResult:
        self._say(SaveStep.READING_BACK)
        try:
            is_active = await self._is_active()
            if is_active:
                await asyncio.sleep(self.pauses.second_reading)  # a platform that is slow to show it
                is_active = await self._is_active()
        except VibesDesktopError as error:
            return await self.end(Outcome.UNKNOWN, error=error, detail=ACCEPTED_UNREAD)
        if is_active:
            return await self.end(Outcome.DIFFERS, detail=ACCEPTED_YET_ACTIVE)
        return await self.end(Outcome.VERIFIED)

    async def _not_found(self, error: NotFound) -> SaveResult:
        """After a 404, which may mean ended already, or a wrong address: only the reading decides."""
        self._say(SaveStep.READING_BACK)
        try:
            is_active = await self._is_active()
        except VibesDesktopError as unread:
            return await self.end(Outcome.UNKNOWN, error=unread, detail=NOT_FOUND_UNREAD)
        if is_active:
            return await self.end(Outcome.NOT_SAVED, error=error, detail=NOT_FOUND_YET_ACTIVE)
        return await self.end(Outcome.VERIFIED, detail=HAD_ENDED)

    async def _unanswered(self, error: VibesDesktopError, times: int) -> SaveResult:
        """Look; a second DELETE ends nothing more than the first, so it is sent once again."""
        self._say(SaveStep.LOOKING)
        try:
            is_active = await self._is_active()
        except VibesDesktopError as unread:
            return await self.end(Outcome.UNKNOWN, error=unread, detail=UNANSWERED_UNREAD)
        if not is_active:
            return await self.end(Outcome.VERIFIED)
        if times == 1 and not isinstance(error, StoppedWhileSending):
            return await self.run(times=2)
        return await self.end(Outcome.UNKNOWN, error=error, detail=UNANSWERED_YET_ACTIVE)

    async def _is_active(self) -> bool:
        return await still_active(self.client, self.person, self.each.target, self.each.list_id)

    def _say(self, step: SaveStep) -> None:
        self.on_words(f"{self.each.list_name}: {step.value}")


def _intention(each: Stoppable, fresh: Person, author: Author) -> Intention:
    since = f"{ON_LIST} since {each.since}" if each.since else ON_LIST
    return Intention(
        profile_id=author.profile_id,
        kind=ChangeKind.STOP,
        target=each.target,
        before=fresh,
        changes=(FieldChange(FieldRef(each.list_name, is_custom=False), since, OFF_LIST),),
        request=sent_request(each.request),
        os_user=author.os_user,
        reason=author.reason,
        list_id=each.list_id,
    )
