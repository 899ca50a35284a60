"""The calls that support gets, as one object: stop texting me, you stopped writing, I changed my number."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from vibes_desktop.model.number_change import NumberChange
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Campaign, PushDevice, SubscriptionList
from vibes_desktop.people import opt_in, opting_in, renumber, renumbering, stop_messages, stopping
from vibes_desktop.people.outcome import OnStep
from vibes_desktop.people.renumber import NumberResult, OnAct
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.stop import Stop


@dataclass(frozen=True, slots=True)
class Calls:
    """What a signed-in profile can do about subscriptions and numbers; coroutines for the loop's thread."""

    session: PeopleSession

    async def devices(self, person: Person) -> tuple[PushDevice, ...]:
        """Read a person's push devices; raises what the client raises."""
        identifier = person.best_identifier
        return () if identifier is None else await self.session.client.devices.of(identifier)

    async def plan_stop(self, person: Person) -> stopping.StopPlan:
        """Read who is texted on a person's number, and what of it can be ended."""
        return await stopping.prepare_stop(self.session.client, person)

    async def stop_messages(
        self,
        chosen: Sequence[stopping.Stoppable],
        *,
        reason: str,
        stop: Stop,
        on_words: stop_messages.OnWords = lambda _: None,
    ) -> stop_messages.StopReport:
        """End what was chosen."""
        client, journal = self.session.client, self.session.desk.journal
        author = self.session.author(reason)
        with stop.covering():
            return await stop_messages.stop_messages(
                client, journal, chosen, author, stop=stop, on_words=on_words
            )

    async def lists(self) -> tuple[SubscriptionList, ...]:
        """Read the lists that people can be opted in to."""
        return tuple(each for each in await self.session.client.subscription_lists() if each.id)

    async def campaigns_into(self, list_id: str) -> tuple[Campaign, ...]:
        """Read the campaigns that lead into a list now."""
        return await opting_in.campaigns_into(self.session.client, list_id)

    async def plan_opt_in(
        self, person: Person, onto: SubscriptionList, campaign: Campaign
    ) -> opting_in.OptInPlan:
        """Read how a person stands to a list, and make the request."""
        return await opting_in.prepare_opt_in(self.session.client, person, onto, campaign)

    async def opt_in(
        self,
        plan: opting_in.OptInPlan,
        consent: str,
        *,
        reason: str,
        stop: Stop,
        on_step: OnStep = lambda _: None,
    ) -> opt_in.OptInResult:
        """Send the one request that texts a person."""
        client, journal = self.session.client, self.session.desk.journal
        author = self.session.author(reason)
        with stop.covering():
            return await opt_in.opt_in(client, journal, plan, consent, author, on_step=on_step)

    async def plan_number(self, person: Person, new_number: str) -> renumbering.NumberPlan:
        """Look the new number up, and say what would be sent."""
        return await renumbering.prepare_number_change(self.session.client, person, new_number)

    async def change_number(
        self, plan: renumbering.NumberPlan, *, reason: str, stop: Stop, on_act: OnAct = lambda _: None
    ) -> NumberResult:
        """Change a number as planned."""
        client, desk = self.session.client, self.session.desk
        with stop.covering():
            return await renumber.change_number(
                client, desk, plan, self.session.author(reason), stop=stop, on_act=on_act
            )

    async def go_on(
        self, change: NumberChange, *, stop: Stop, on_act: OnAct = lambda _: None, restores: bool = False
    ) -> NumberResult:
        """Go on with a change of number that was left, or restore the old number."""
        client, desk, author = self.session.client, self.session.desk, self.session.author(change.reason)
        act = renumber.restore if restores else renumber.go_on
        with stop.covering():
            return await act(client, desk, change, author, stop=stop, on_act=on_act)

    async def look(self, change: NumberChange) -> NumberResult:
        """Find out where a change of number stands; sends nothing."""
        return await renumber.look(self.session.client, self.session.desk, change)

    async def leave(self, change: NumberChange) -> NumberChange:
        """End a change of number as it stands."""
        return await renumber.leave(self.session.desk, change)

    async def unfinished_numbers(self) -> tuple[NumberChange, ...]:
        """List the changes of numbers that are not over."""
        desk, profile = self.session.desk, self.session.profile
        return await asyncio.to_thread(desk.number_changes.unfinished, profile.id)
