"""Why was this person texted? Everything known, in order of time, with what the platform doesn't say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import UTC, datetime
from enum import StrEnum

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Outcome
from vibes_desktop.model.errors import NotFound, VibesDesktopError
from vibes_desktop.model.heard import HearAbout, Heard
from vibes_desktop.model.person import Person
from vibes_desktop.model.subscription import Campaign, Participant, Subscription
from vibes_desktop.people.beside import changes_of
from vibes_desktop.people.dates import read_stamp, stamp_words
from vibes_desktop.people.display import visible
from vibes_desktop.people.holders import Holder, holder, list_words, names_of_lists
from vibes_desktop.people.opt_out import NO_REASON, reason_words
from vibes_desktop.people.opting_in import may_run, pending_of
from vibes_desktop.people.session import PeopleSession, identifiers_of
from vibes_desktop.vibes.client import VibesClient

DOES_NOT_SAY = "the platform doesn't say"
NOT_WHICH_MESSAGES = f"Which messages were sent to them, and when: {DOES_NOT_SAY}."
NOT_HOW = f"Through which campaign, keyword or form they joined: {DOES_NOT_SAY}."
NOT_WHAT = f"What was changed, and by whom: {DOES_NOT_SAY}."
NOT_WHO = f"Who made the record, and where the number came from: {DOES_NOT_SAY}."
NOT_WHEN = f"When: {DOES_NOT_SAY}."
NOT_WHY = f"Why: {DOES_NOT_SAY}."
NO_COLLECTION = (
    "No callbacks are open. What the platform reported at the time would be in them: open the files on the "
    "Callbacks page and ask again."
)
WAITING = "An opt-in text was sent to them and waits for their answer."
MOST_CAMPAIGNS = 25  # asked one by one
STILL_READING = "The callbacks are still being read: there may be more."


class Source(StrEnum):
    """Who says something."""

    PLATFORM = "Platform"
    CALLBACK = "Callback"
    HERE = "Made here"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `written` is a time that could not be read; `gap` is what nobody says."""

    source: Source
    at: datetime | None
    words: str = dataclass_field(repr=False)
    gap: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class WayIn:
    """A list the person is or was on, and how people get onto it now; `trouble`: that is not known."""

    name: str
    campaigns: tuple[Campaign, ...] = ()
    trouble: VibesDesktopError | None = None

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        if self.trouble is not None:
            return f"{self.name}: its campaigns are not known ({self.trouble.title})."
        if not self.campaigns:
            return f"{self.name}: the platform names no campaign that leads into it now."
        return f"{self.name}: {'; '.join(_campaign_words(each) for each in self.campaigns)}."


@dataclass(frozen=True, slots=True)
class TextedPage:
    """The answer, what happened in order of time, the ways onto the lists, and what is not known."""

    person: Person = dataclass_field(repr=False)
    made_at: datetime
    answer: tuple[str, ...]
    events: tuple[Event, ...]
    ways_in: tuple[WayIn, ...]
    gaps: tuple[str, ...]


async def why_texted(
    session: PeopleSession, person: Person, hear_about: HearAbout | None = None
) -> TextedPage:
    """Collect everything known about why somebody is texted; what can't be read is among the gaps.

    Raises what the client raises to the reading of the person.
    """
    client = session.client
    fresh = await session.reread(person)
    own, names, heard, changes, asked = await asyncio.gather(
        holder(client, fresh),
        names_of_lists(client),
        _heard(hear_about, fresh),
        _changes(session, fresh),
        _asked(client, fresh),
    )
    ways_in = await _ways_in(client, own, names)
    events = [
        *_record_events(fresh),
        *(event for each in own.subscriptions for event in _subscription_events(each, names)),
        *(_asked_event(*each) for each in asked[0]),
        *_heard_events(heard),
        *(_change_event(each) for each in changes[0]),
    ]
    gaps = [NOT_WHICH_MESSAGES, *asked[1]]
    if own.trouble is not None:
        gaps.append(f"The subscriptions are not known: {own.trouble.title}.")
    if heard is None or not heard.is_complete:
        gaps.append(NO_COLLECTION if heard is None else STILL_READING)
    if changes[1] is not None:
        gaps.append(f"The changes made here are not known: {changes[1].title}.")
    return TextedPage(
        fresh,
        datetime.now(UTC),
        _answer(own, names, heard, is_asked=bool(asked[0])),
        _in_order(events),
        ways_in,
        tuple(gaps),
    )


def _answer(own: Holder, names: Mapping[str, str], heard: Heard | None, *, is_asked: bool) -> tuple[str, ...]:
    waiting = (WAITING,) if is_asked else ()
    if own.trouble is not None:
        return (f"Not known: the subscriptions could not be read. {own.trouble.title}.", *waiting)
    lists = list(dict.fromkeys(list_words(each.list_id, names) for each in own.active))
    if lists:
        said = f"They are on {_counted(len(lists))} now: {', '.join(visible(each) for each in lists)}."
    elif own.subscriptions:
        said = "They are on no list now; they were before."
    else:
        said = "They are on no list, and the platform shows none they ever were on."
    if own.person.mdn is None:
        return (said, *waiting, "There is no mobile number in the record: nobody can be texted through it.")
    if heard is not None:
        count = len(heard.callbacks)
        return (
            said,
            *waiting,
            f"The open callbacks ({visible(heard.source)}) speak of them {_times(count)}.",
        )
    return (said, *waiting)


def _record_events(person: Person) -> Iterator[Event]:
    if person.created_at:
        yield _at(Source.PLATFORM, person.created_at, "The record was made.", NOT_WHO)
    if person.updated_at and person.updated_at != person.created_at:
        yield _at(Source.PLATFORM, person.updated_at, "The record was changed last.", NOT_WHAT)


def _subscription_events(subscription: Subscription, names: Mapping[str, str]) -> Iterator[Event]:
    name = visible(list_words(subscription.list_id, names))
    joined = f"They joined {name}."
    if subscription.opt_in_date:
        yield _at(Source.PLATFORM, subscription.opt_in_date, joined, NOT_HOW)
    else:
        yield Event(Source.PLATFORM, None, joined, f"{NOT_WHEN} {NOT_HOW}")
    if subscription.is_active:
        return
    reason = reason_words(subscription.opt_out_reason)
    is_known = reason != NO_REASON
    left = f"They left {name}: {reason}." if is_known else f"They left {name}."
    gap = "" if is_known else NOT_WHY
    if subscription.opt_out_date:
        yield _at(Source.PLATFORM, subscription.opt_out_date, left, gap)
    else:
        yield Event(Source.PLATFORM, None, left, f"{NOT_WHEN} {gap}".strip())


def _heard_events(heard: Heard | None) -> Iterator[Event]:
    for each in heard.callbacks if heard is not None else ():
        gap = "" if each.at is not None else NOT_WHEN
        yield Event(Source.CALLBACK, each.at, f"{visible(each.callback_type)}: {visible(each.words)}", gap)


_KIND_WORDS = {
    ChangeKind.UPDATE: "Changed",
    ChangeKind.ADD: "Added",
    ChangeKind.UNDO: "Undone",
    ChangeKind.STOP: "Messages stopped",
    ChangeKind.OPT_IN: "Opt-in",
}
_OUTCOME_WORDS = {
    Outcome.VERIFIED: "verified",
    Outcome.DIFFERS: "read back otherwise",
    Outcome.NOT_SAVED: "not carried out",
    Outcome.UNKNOWN: "outcome unknown",
    Outcome.INTENDED: "not sent",
    Outcome.SENDING: "outcome not looked up yet",
}


def _change_event(record: ChangeRecord) -> Event:
    intention = record.intention
    names = ", ".join(visible(change.field.name) for change in intention.changes)
    what = f"{_KIND_WORDS[intention.kind]}: {names}" if names else _KIND_WORDS[intention.kind]
    reason = f" Reason: {visible(intention.reason)}." if intention.reason else ""
    words = f"{what}, by {visible(intention.os_user)}; {_OUTCOME_WORDS[record.outcome]}.{reason}"
    return Event(Source.HERE, record.started_at, words)


def _at(source: Source, text: str, words: str, gap: str) -> Event:
    """Make an event of a time as the platform writes it; one that can't be read is shown as it came."""
    stamp = read_stamp(text)
    if stamp is None:
        return Event(source, None, words, gap, written=text)
    moment = stamp.moment or datetime.combine(stamp.day, datetime.min.time(), UTC)
    return Event(source, moment.astimezone(UTC), words, gap, written="" if stamp.moment else text)


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Order by time; what has none comes last."""
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(events, key=lambda each: each.at or never))


async def _ways_in(client: VibesClient, own: Holder, names: Mapping[str, str]) -> tuple[WayIn, ...]:
    lists = dict.fromkeys(each.list_id for each in own.subscriptions if each.list_id)
    return tuple(
        await asyncio.gather(*(_way_in(client, list_id, list_words(list_id, names)) for list_id in lists))
    )


async def _way_in(client: VibesClient, list_id: str, name: str) -> WayIn:
    try:
        return WayIn(visible(name), await client.lists.campaigns(list_id))
    except NotFound:
        return WayIn(visible(name))
    except VibesDesktopError as error:
        return WayIn(visible(name), trouble=error)


async def _asked(
    client: VibesClient, person: Person
) -> tuple[tuple[tuple[Campaign, Participant], ...], tuple[str, ...]]:
    """Read the opt-in texts that wait for an answer, and say what of it is not known."""
    try:
        running = [each for each in await client.campaigns.all() if may_run(each)]
        found = await asyncio.gather(
            *(pending_of(client, person, each.id or "") for each in running[:MOST_CAMPAIGNS])
        )
    except VibesDesktopError as error:
        return (), (f"Whether an opt-in text waits for their answer is not known: {error.title}.",)
    pairs = tuple((campaign, each) for campaign, asked in zip(running, found, strict=False) for each in asked)
    left = len(running) - MOST_CAMPAIGNS
    return pairs, (f"{left:,} more campaigns were not asked whether a text waits.",) if left > 0 else ()


def _asked_event(campaign: Campaign, participant: Participant) -> Event:
    until = participant.expire_date
    words = f"An opt-in text of “{_campaign_name(campaign)}” was sent to them, and waits for their answer"
    words = f"{words} until {stamp_words(until)}." if until else f"{words}."
    if not participant.participation_date:
        return Event(Source.PLATFORM, None, words, NOT_WHEN)
    return _at(Source.PLATFORM, participant.participation_date, words, "")


async def _heard(hear_about: HearAbout | None, person: Person) -> Heard | None:
    return None if hear_about is None else await asyncio.to_thread(hear_about, identifiers_of(person))


async def _changes(
    session: PeopleSession, person: Person
) -> tuple[tuple[ChangeRecord, ...], VibesDesktopError | None]:
    try:
        return await changes_of(session, person), None
    except VibesDesktopError as error:
        return (), error


def _campaign_words(campaign: Campaign) -> str:
    name = _campaign_name(campaign)
    keywords = ", ".join(visible(each) for each in campaign.keywords)
    return f"{name} (keywords {keywords})" if keywords else f"{name} (no keyword)"


def _campaign_name(campaign: Campaign) -> str:
    return visible(campaign.description or f"campaign {campaign.id}")


def _counted(count: int) -> str:
    return "one list" if count == 1 else f"{count:,} lists"


def _times(count: int) -> str:
    return "nowhere" if not count else "once" if count == 1 else f"{count:,} times"
