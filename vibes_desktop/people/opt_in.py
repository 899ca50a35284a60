"""The protocol of an opt-in: journal, one POST that is never repeated, and how the person stands then."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from urllib.parse import unquote

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Intention, Outcome
from vibes_desktop.model.errors import (
    InvalidInput,
    OutcomeUnknown,
    Unprocessable,
    VibesDesktopError,
)
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.subscription import OptIn, OptInRefusal, Participant
from vibes_desktop.people.dates import stamp_words
from vibes_desktop.people.display import heading
from vibes_desktop.people.journalling import JournalEntry
from vibes_desktop.people.opting_in import OptInPlan, Stand, Standing, check_consent, read_stand
from vibes_desktop.people.outcome import Author, OnStep, Pauses, SaveResult, SaveStep
from vibes_desktop.people.review import read_again
from vibes_desktop.people.sending import StoppedWhileSending, go_on_after_stop, sent_request, uncut
from vibes_desktop.storage.journal import Journal
from vibes_desktop.vibes.campaigns import OptInAnswer, opt_in_refusal
from vibes_desktop.vibes.client import VibesClient

OFF_LIST, ASKED = "not subscribed", "opt-in requested"
NOT_AGAIN = "It is not sent a second time: that could text the person twice."
NOT_SEEN = (
    "No usable answer came. Looked again: they are neither on the list nor asked and due to answer. It "
    f"may yet arrive. {NOT_AGAIN}"
)
UNREAD = f"No usable answer came, and it could not be read how they stand. {NOT_AGAIN}"
ACCEPTED_UNREAD = "The platform accepted it, but it could not be read how they stand."
ACCEPTED_NOT_SEEN = (
    "The platform accepted it, but they read neither as subscribed nor as waiting. They may have answered No."
)
STOPPED = f"It was sent, and stopped before it was read what became of it. {NOT_AGAIN}"
LOOKED_FREE = (
    "Looked again: neither on the list nor waiting. Either it never arrived, or they have answered No."
)
_CAMPAIGN_PLACE = -2  # in /companies/…/campaigns/acquisition/{id}/participants


@dataclass(frozen=True, slots=True)
class OptInResult:
    """How an opt-in ended: what the platform answered, where it did, and how the person stands."""

    result: SaveResult
    answer: OptIn | None = None
    refusal: OptInRefusal | None = None
    stand: Stand | None = None
    keywords: tuple[str, ...] = dataclass_field(default=())

    @property
    def title(self) -> str:
        """The answer in a few words."""
        if self.refusal is not None:
            return _REFUSALS[self.refusal][0]
        if self.answer is not None and self.result.outcome is not Outcome.UNKNOWN:
            return _ANSWERS[self.answer][0]
        return self.result.title

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it means, and what can be done."""
        if self.refusal is not None:
            return self._refused()
        found = []
        if self.answer is not None and self.result.outcome is not Outcome.UNKNOWN:
            found.append(_ANSWERS[self.answer][1])
        elif self.result.error is not None:
            found += [f"{self.result.error.title}.", self.result.error.advice]
        detail = self.result.record.detail
        return tuple(dict.fromkeys(filter(None, (*found, detail))))

    def _refused(self) -> tuple[str, ...]:
        assert self.refusal is not None  # noqa: S101 - its one caller looked
        said = [_REFUSALS[self.refusal][1]]
        if self.refusal is OptInRefusal.CONFIRMATION_BLOCK and self.keywords:
            said.append(f"The keywords of this campaign: {', '.join(self.keywords)}.")
        if self.result.error is not None and self.refusal in {
            OptInRefusal.OTHER,
            OptInRefusal.UNKNOWN_FIELDS,
        }:
            said.append(self.result.error.advice)
        return ("No text message was sent.", *said)


_ANSWERS = {
    OptIn.PENDING: (
        "The opt-in text was sent",
        "They are on the list as soon as they confirm by answering it; until then they are not.",
    ),
    OptIn.ALREADY_PENDING: (
        "They were asked before",
        "An opt-in text waits for their answer already. The platform did not count this as a new one.",
    ),
    OptIn.SUBSCRIBED: ("Subscribed", "This campaign asks for no confirmation: they are on the list now."),
    OptIn.ALREADY_SUBSCRIBED: ("Already subscribed", "They are on this list already; nothing was changed."),
    OptIn.ACCEPTED: ("Accepted", "The platform did not say whether they are asked first."),
}
_REFUSALS = {
    OptInRefusal.CONFIRMATION_BLOCK: (
        "They answered No before",
        "The platform lets nobody but themselves undo that: they can join by texting the keyword.",
    ),
    OptInRefusal.ID_MISMATCH: (
        "The identifiers belong to different people",
        "Look the person up again, by person key where there is one.",
    ),
    OptInRefusal.NO_MOBILE_CARRIER: (
        "This number can't be texted",
        "It is a landline, or of a carrier that the platform does not reach. Ask for a mobile number.",
    ),
    OptInRefusal.UNKNOWN_FIELDS: ("The platform knows a field of it not", "Read the record again and retry."),
    OptInRefusal.OTHER: ("The platform refused the opt-in", "It understood the request and refused it."),
}


async def opt_in(
    client: VibesClient,
    journal: Journal,
    plan: OptInPlan,
    consent: str,
    author: Author,
    *,
    on_step: OnStep = lambda _: None,
    pauses: Pauses | None = None,
) -> OptInResult:
    """Send an opt-in once, and find out how the person stands.

    Raises, with nothing sent: InvalidInput without consent or where there is nothing to send any
    more, StorageError, and what the client raises to the readings. Once sent, it always returns.
    """
    agreed = check_consent(consent)
    on_step(SaveStep.READING)
    current = await _still_free(client, plan)
    on_step(SaveStep.WRITING_DOWN)
    entry = await JournalEntry.open(journal, _intention(current, agreed, author))
    running = _OptingIn(client, entry, current, on_step, pauses or Pauses())
    try:
        return await running.run()
    except asyncio.CancelledError:
        go_on_after_stop()
        return await running.end(Outcome.UNKNOWN, detail=STOPPED)


async def resolve_opt_in(client: VibesClient, record: ChangeRecord) -> tuple[Outcome, str]:
    """Find out later how the person of an opt-in stands. Raises what the client raises."""
    before, target, list_id = record.intention.before, record.intention.target, record.intention.list_id
    parts = record.intention.request.path.split("/")
    if before is None or target is None or list_id is None or len(parts) < -_CAMPAIGN_PLACE:
        raise InvalidInput(
            "This can't be found out any more",
            "The values of the change are no longer kept on this computer.",
        )
    fresh = await read_again(client, before, target)
    stand = await read_stand(client, fresh, list_id, unquote(parts[_CAMPAIGN_PLACE]))
    if stand.standing is Standing.FREE:
        return Outcome.UNKNOWN, LOOKED_FREE
    return Outcome.VERIFIED, _stand_words(stand)


@dataclass(slots=True)
class _OptingIn:
    """One opt-in after its intention is on disk."""

    client: VibesClient
    entry: JournalEntry
    plan: OptInPlan
    on_step: OnStep
    pauses: Pauses

    async def run(self) -> OptInResult:
        """Send once, find out, close the entry."""
        self.on_step(SaveStep.SENDING)
        try:
            answer = await uncut(self.client.campaigns.opt_in(self.plan.request))
        except OutcomeUnknown as error:
            return await self._unanswered(error)
        except Unprocessable as error:
            return await self.end(Outcome.NOT_SAVED, error=error, refusal=opt_in_refusal(error))
        except VibesDesktopError as error:
            return await self.end(Outcome.NOT_SAVED, error=error)
        return await self._answered(answer)

    async def end(
        self,
        outcome: Outcome,
        *,
        answer: OptIn | None = None,
        refusal: OptInRefusal | None = None,
        stand: Stand | None = None,
        error: VibesDesktopError | None = None,
        detail: str = "",
    ) -> OptInResult:
        """Close the journal entry and tell."""
        words = detail
        if not words and refusal is not None:
            words = f"{_REFUSALS[refusal][0]}."
        record = await self.entry.close(
            outcome,
            person=self.plan.target,
            detail=words or (error.title if error is not None else ""),
            display_name=heading(self.plan.person, self.client.account.api_version),
        )
        result = SaveResult(record, self.plan.person, error=error, journal_error=self.entry.trouble)
        return OptInResult(result, answer, refusal, stand, self.plan.campaign.keywords)

    async def _answered(self, answer: OptInAnswer) -> OptInResult:
        """After an answer: the reading has the last word on what it led to."""
        self.on_step(SaveStep.READING_BACK)
        changed_nothing = answer.result in {OptIn.ALREADY_PENDING, OptIn.ALREADY_SUBSCRIBED}
        try:
            stand = await self._stand()
            if stand.standing is Standing.FREE and not changed_nothing:
                await asyncio.sleep(self.pauses.second_reading)
                stand = await self._stand()
        except VibesDesktopError as error:
            told = _told(answer.participant)
            if changed_nothing:
                return await self.end(Outcome.NOT_SAVED, answer=answer.result, detail=told)
            return await self.end(Outcome.UNKNOWN, error=error, detail=f"{ACCEPTED_UNREAD} {told}".strip())
        words = _stand_words(stand)
        if changed_nothing:
            detail = f"{_ANSWERS[answer.result][0]}. {words}".strip()
            return await self.end(Outcome.NOT_SAVED, answer=answer.result, stand=stand, detail=detail)
        if stand.standing is Standing.FREE:
            return await self.end(
                Outcome.DIFFERS, answer=answer.result, stand=stand, detail=ACCEPTED_NOT_SEEN
            )
        return await self.end(Outcome.VERIFIED, answer=answer.result, stand=stand, detail=words)

    async def _unanswered(self, error: OutcomeUnknown) -> OptInResult:
        """Look, a few times; a second request could text the person twice."""
        is_stopped = isinstance(error, StoppedWhileSending)
        trouble: VibesDesktopError | None = None
        has_looked = False
        for pause in self.pauses.look_ups[:1] if is_stopped else self.pauses.look_ups:
            self.on_step(SaveStep.LOOKING)
            await asyncio.sleep(pause)
            try:
                stand = await self._stand()
            except VibesDesktopError as unread:
                trouble = unread
                continue
            has_looked = True
            if stand.standing is not Standing.FREE:
                return await self.end(Outcome.VERIFIED, stand=stand, detail=_stand_words(stand))
        if not has_looked:
            return await self.end(Outcome.UNKNOWN, error=trouble or error, detail=UNREAD)
        return await self.end(Outcome.UNKNOWN, error=error, detail=NOT_SEEN)

    async def _stand(self) -> Stand:
        return await read_stand(self.client, self.plan.person, self.plan.list_id, self.plan.campaign.id or "")


async def _still_free(client: VibesClient, plan: OptInPlan) -> OptInPlan:
    """Read once more; raises InvalidInput where there is nothing to send."""
    onto = plan.list_id
    fresh = await read_again(client, plan.person, plan.target)
    stand = await read_stand(client, fresh, onto, plan.campaign.id or "")
    if stand.standing is Standing.PENDING:
        raise InvalidInput("They were asked before", f"{_stand_words(stand)} {NOT_AGAIN}")
    if stand.standing is Standing.SUBSCRIBED:
        raise InvalidInput("They are on this list already", _stand_words(stand))
    if fresh.mdn != plan.person.mdn:
        raise InvalidInput(
            "The record has changed while you were reading",
            "It has another mobile number now. Close this and begin again.",
        )
    return plan


def _told(participant: Participant | None) -> str:
    status = participant.status if participant is not None else None
    return f"It answered “{status}”." if status else ""


def _stand_words(stand: Stand) -> str:
    since = f" since {stamp_words(stand.since)}" if stand.since else ""
    if stand.standing is Standing.SUBSCRIBED:
        return f"They read as subscribed{since}."
    if stand.standing is Standing.PENDING:
        until = f", until {stamp_words(stand.until)}" if stand.until else ""
        return f"A text waits for their answer{since}{until}."
    return "They read as not subscribed."


def _intention(plan: OptInPlan, consent: str, author: Author) -> Intention:
    reason = f"Consent: {consent}"
    return Intention(
        profile_id=author.profile_id,
        kind=ChangeKind.OPT_IN,
        target=plan.target,
        before=plan.person,
        changes=(FieldChange(FieldRef(plan.list_name, is_custom=False), OFF_LIST, ASKED),),
        request=sent_request(plan.request),
        os_user=author.os_user,
        reason=f"{author.reason} · {reason}" if author.reason else reason,
        list_id=plan.list_id,
    )
