"""Changing a number the documented way: remove, verify, add with the same external ID, verify the person.

Each step is on disk before it is sent, and what comes next is decided by reading the platform, so
that the same code goes on after a crash, a lost connection, or a stop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.errors import InvalidInput, StorageError, VibesDesktopError
from vibes_desktop.model.fields import MOBILE
from vibes_desktop.model.number_change import NumberChange, NumberChangeId, NumberStep
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.add import AddVerdict, prepare_add
from vibes_desktop.people.adding import add
from vibes_desktop.people.holders import Holder, holder
from vibes_desktop.people.journalling import finished
from vibes_desktop.people.lookup import is_same_person
from vibes_desktop.people.number_standing import Offer, Position, Standing, find_position, offers_at
from vibes_desktop.people.number_troubles import KEPT_IT, LOOK_LATER, not_seen, taken, trouble_at
from vibes_desktop.people.outcome import Author, Pauses, SaveResult, SaveStep
from vibes_desktop.people.renumbering import (
    NumberPlan,
    addition_of,
    picture,
    prepare_number_change,
    removal_of,
)
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.people.review import prepare_review
from vibes_desktop.people.save import save
from vibes_desktop.people.sending import go_on_after_stop
from vibes_desktop.people.stop import Stop
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.client import VibesClient

REASON = "Change of number"
MOST_LOOKS = 3  # before the removal, before the addition, and at the end


class NumberAct(StrEnum):
    """What is being done, for the progress."""

    LOOKING = "Looking where it stands"
    WRITING_DOWN = "Writing the plan into the journal"
    REMOVING = "Removing the old number"
    ADDING = "Adding the new number"
    RESTORING = "Restoring the old number"
    CHECKING = "Checking that it is the same person"


_DOING = {
    NumberStep.REMOVING: NumberAct.REMOVING.value,
    NumberStep.ADDING: NumberAct.ADDING.value,
    NumberStep.RESTORING: NumberAct.RESTORING.value,
}
OnAct = Callable[[str], None]


class NumberPlanOutdated(InvalidInput):
    """Something has changed since the look-ups. `plan` is the new one; nothing was sent."""

    def __init__(self, plan: NumberPlan) -> None:
        super().__init__(
            "The platform has changed while you were reading",
            "Look once more: this shows what it holds now.",
        )
        self.plan = plan


@dataclass(frozen=True, slots=True)
class NumberResult:
    """Where a change of number has come to.

    `position` is None where the platform could not be asked; `error` is why it stopped, None where
    it ended or was stopped by the person. `holder`: at the end, the person with the subscriptions.
    """

    change: NumberChange
    position: Position | None
    error: VibesDesktopError | None = None
    holder: Holder | None = None
    is_stopped: bool = False
    is_uncertain: bool = False  # something sent may yet arrive
    journal_error: VibesDesktopError | None = None

    @property
    def offers(self) -> frozenset[Offer]:
        """What can be done from here."""
        if self.change.step.is_over:
            return frozenset()
        if self.position is None:
            return frozenset({Offer.LOOK_AGAIN, Offer.LEAVE})
        return offers_at(self.position, self.change)

    @property
    def person(self) -> Person | None:
        """The person as read last."""
        return None if self.position is None else self.position.person


async def change_number(
    client: VibesClient,
    desk: Desk,
    plan: NumberPlan,
    author: Author,
    *,
    stop: Stop,
    on_act: OnAct = lambda _: None,
    pauses: Pauses | None = None,
) -> NumberResult:
    """Carry out what was planned, as far as it goes.

    Raises, with nothing sent: NumberPlanOutdated, the plan's obstacle, StorageError, and what the
    client raises to the look-ups.
    """
    on_act(NumberAct.LOOKING.value)
    current = await prepare_number_change(client, plan.person, plan.new_number)
    if picture(current) != picture(plan):
        raise NumberPlanOutdated(current)
    if current.obstacle is not None:
        raise current.obstacle
    on_act(NumberAct.WRITING_DOWN.value)
    change, was_cancelled = await finished(lambda: desk.number_changes.begin(_change(current, author)))
    if was_cancelled:
        await finished(lambda: desk.number_changes.step(change, NumberStep.UNCHANGED))
        raise asyncio.CancelledError
    return await _Renumbering(client, desk, change, author, stop, on_act, pauses or Pauses()).run()


async def look(client: VibesClient, desk: Desk, change: NumberChange) -> NumberResult:
    """Find out where a change stands that was left; sends nothing, and closes what has ended by itself."""
    author = Author(change.profile_id, change.os_user, change.reason)
    running = _Renumbering(client, desk, change, author, Stop(), lambda _: None, Pauses())
    return await running.look()


async def go_on(
    client: VibesClient,
    desk: Desk,
    change: NumberChange,
    author: Author,
    *,
    stop: Stop,
    on_act: OnAct = lambda _: None,
    pauses: Pauses | None = None,
) -> NumberResult:
    """Go on with a change from where the platform stands."""
    return await _Renumbering(client, desk, change, author, stop, on_act, pauses or Pauses()).run()


async def restore(
    client: VibesClient,
    desk: Desk,
    change: NumberChange,
    author: Author,
    *,
    stop: Stop,
    on_act: OnAct = lambda _: None,
    pauses: Pauses | None = None,
) -> NumberResult:
    """Give the person the old number again."""
    running = _Renumbering(client, desk, change, author, stop, on_act, pauses or Pauses())
    return await running.run(restores=True)


async def leave(desk: Desk, change: NumberChange, detail: str = "") -> NumberChange:
    """End a change as it stands: nothing is owed any more."""
    return (await finished(lambda: desk.number_changes.step(change, NumberStep.LEFT, detail=detail)))[0]


@dataclass(slots=True)
class _Renumbering:
    """One change under way."""

    client: VibesClient
    desk: Desk
    change: NumberChange
    author: Author
    stop: Stop
    on_act: OnAct
    pauses: Pauses
    is_uncertain: bool = False
    journal_error: VibesDesktopError | None = None

    async def run(self, *, restores: bool = False) -> NumberResult:
        """Go as far as it goes. Raises, with nothing sent, when stopped, and StorageError."""
        try:
            return await self._steps(restores=restores)
        except asyncio.CancelledError:
            if self.change.step is NumberStep.PLANNED:
                await self._write(NumberStep.UNCHANGED)
                raise
            go_on_after_stop()
            return await self.look()
        except StorageError as error:
            if self.change.step is NumberStep.PLANNED:
                raise
            return self._result(None, error)

    async def look(self) -> NumberResult:
        """Read where it stands; sends nothing, and closes what has come to an end."""
        try:
            position = await self._find()
        except VibesDesktopError as error:
            return self._result(None, error)
        if self.change.step is NumberStep.PLANNED:
            return await self._end(NumberStep.UNCHANGED, position)
        if position.standing is Standing.HAS_NEW:
            return await self._end(NumberStep.DONE, position)
        if position.standing is Standing.HAS_OLD and self.change.step is NumberStep.RESTORING:
            return await self._end(NumberStep.RESTORED, position)
        return self._result(position)

    async def _steps(self, *, restores: bool) -> NumberResult:
        """Take the steps that are left, each after a look at where it stands."""
        goal = Standing.HAS_OLD if restores else Standing.HAS_NEW
        for _ in range(MOST_LOOKS):
            try:
                position = await self._find()
            except VibesDesktopError as error:
                return await self._stopped(error, None)
            if position.standing is goal:
                return await self._end(NumberStep.RESTORED if restores else NumberStep.DONE, position)
            if self.stop.is_requested:
                return self._result(position)
            trouble = await self._take_step(position, restores=restores)
            if trouble is not None:
                return await self._find_after(trouble)
        return await self._find_after(not_seen())

    async def _take_step(self, position: Position, *, restores: bool) -> VibesDesktopError | None:
        """Take the step that leads on from here; returns why it led nowhere, if so."""
        person, standing = position.person, position.standing
        if person is None:
            return trouble_at(position)
        if standing is Standing.HAS_OLD and not restores:
            return await self._journalled(NumberStep.REMOVING, lambda: self._remove(person))
        number = self.change.old_number if restores else self.change.new_number
        may_add = standing is Standing.HAS_NONE or (restores and standing is Standing.TAKEN)
        if not may_add or number is None:
            return trouble_at(position)
        step = NumberStep.RESTORING if restores else NumberStep.ADDING
        return await self._journalled(step, lambda: self._add(person, number, step))

    async def _journalled(
        self, step: NumberStep, work: Callable[[], Awaitable[SaveResult]]
    ) -> VibesDesktopError | None:
        """Write a step down, take it, and return why it failed; one that sent nothing is taken back."""
        former = self.change.step
        await self._note(step)
        try:
            result = await work()
        except asyncio.CancelledError:
            await self._write(former)
            raise
        except VibesDesktopError as error:
            await self._write(former)
            return error
        if result.outcome is Outcome.VERIFIED:
            if step is NumberStep.REMOVING:
                await self._write(NumberStep.REMOVED)
            return None
        self.is_uncertain = result.outcome is Outcome.UNKNOWN
        advice = KEPT_IT if step is NumberStep.REMOVING else LOOK_LATER
        return result.error or InvalidInput(result.title, advice, done=result.record.detail)

    async def _remove(self, person: Person) -> SaveResult:
        self.on_act(NumberAct.REMOVING.value)
        review = await prepare_review(self.client, removal_of(person, self._version))
        journal = self.desk.journal
        return await save(
            self.client, journal, review, self._author(), on_step=self._tell, pauses=self.pauses
        )

    async def _add(self, person: Person, number: str, step: NumberStep) -> SaveResult:
        """Add the person again; only where that certainly merges into the same record."""
        is_back = step is NumberStep.RESTORING
        self.on_act((NumberAct.RESTORING if is_back else NumberAct.ADDING).value)
        edit = addition_of(self.change.external_id, number, self._version)
        review = await prepare_add(self.client, edit)
        if any(not is_same_person(each.person, person) for each in review.met):
            raise taken(is_back=is_back)
        if review.verdict is not AddVerdict.MERGES:
            raise trouble_at(Position(Standing.RE_KEYED, person))
        journal = self.desk.journal
        return await add(self.client, journal, review, self._author(), on_step=self._tell, pauses=self.pauses)

    async def _find(self) -> Position:
        """Read where it stands, after closing the journal entries of steps that broke off."""
        self.on_act(NumberAct.LOOKING.value)
        await self._resolve_steps()
        return await find_position(self.client, self.change)

    async def _find_after(self, trouble: VibesDesktopError) -> NumberResult:
        try:
            return await self._stopped(trouble, await self._find())
        except VibesDesktopError as error:
            return await self._stopped(error, None)

    async def _stopped(self, trouble: VibesDesktopError, position: Position | None) -> NumberResult:
        """Tell where it stopped; where certainly nothing was changed, it is over."""
        has_old = position is not None and position.standing is Standing.HAS_OLD
        is_first = self.change.step in {NumberStep.PLANNED, NumberStep.REMOVING}
        if position is not None and position.standing is Standing.HAS_NEW:
            return await self._end(NumberStep.DONE, position)
        if position is not None and position.standing is Standing.HAS_NONE and is_first:
            self.is_uncertain = False  # what was not known a moment ago is seen now
            await self._write(NumberStep.REMOVED)
        if self.change.step is NumberStep.PLANNED or (has_old and is_first and not self.is_uncertain):
            await self._write(NumberStep.UNCHANGED, trouble.title)
        return self._result(position, trouble)

    async def _resolve_steps(self) -> None:
        journal, change = self.desk.journal, self.change
        for record in await asyncio.to_thread(journal.open_records, change.profile_id):
            before = record.intention.before
            is_own = before is not None and change.person.value == before.person_key
            if is_own and any(each.field == MOBILE for each in record.intention.changes):
                await resolve_open(self.client, journal, record)

    async def _end(self, step: NumberStep, position: Position) -> NumberResult:
        """Write the end down, and read what became of the subscriptions."""
        self.on_act(NumberAct.CHECKING.value)
        await self._write(step)
        person = position.person
        found = await holder(self.client, person) if person is not None else None
        return replace(self._result(position), holder=found)

    async def _note(self, step: NumberStep) -> None:
        """Write a step down before it is taken; raises StorageError, and CancelledError when stopped."""
        former = self.change
        write = self.desk.number_changes.step
        self.change, was_cancelled = await finished(lambda: write(former, step))
        if was_cancelled:
            await self._write(former.step)
            raise asyncio.CancelledError

    async def _write(self, step: NumberStep, detail: str = "") -> None:
        """Write down what is so already; where the disk fails, that is told beside it."""
        change, write = self.change, self.desk.number_changes.step
        try:
            self.change, was_cancelled = await finished(lambda: write(change, step, detail=detail))
        except StorageError as error:
            self.journal_error = error
            self.change = replace(change, step=step, detail=detail)
            return
        if was_cancelled:
            go_on_after_stop()

    def _result(self, position: Position | None, error: VibesDesktopError | None = None) -> NumberResult:
        return NumberResult(
            self.change,
            position,
            error,
            is_stopped=self.stop.is_requested,
            is_uncertain=self.is_uncertain,
            journal_error=self.journal_error,
        )

    def _tell(self, step: SaveStep) -> None:
        self.on_act(f"{_DOING.get(self.change.step, '')}: {step.value}")

    def _author(self) -> Author:
        return replace(self.author, reason=" · ".join(filter(None, (REASON, self.author.reason))))

    @property
    def _version(self) -> ApiVersion:
        return self.client.account.api_version


def _change(plan: NumberPlan, author: Author) -> NumberChange:
    return NumberChange(
        NumberChangeId(0),
        author.profile_id,
        plan.target,
        plan.external_id,
        plan.old_number,
        plan.new_number,
        plan.lists,
        author.os_user,
        author.reason,
        datetime.now(UTC),
    )
