"""Why was this person texted? What is known, in order, and what nobody says."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import Forbidden
from vibes_desktop.model.heard import Heard, HeardCallback
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.stop import Stop
from vibes_desktop.people.texted import (
    NO_COLLECTION,
    NOT_HOW,
    NOT_WHEN,
    NOT_WHICH_MESSAGES,
    NOT_WHY,
    STILL_READING,
    WAITING,
    Event,
    Source,
    TextedPage,
    why_texted,
)
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.subscriptions import Subscription
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.client import VibesClient

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")


@pytest.fixture
def session(client: VibesClient, profile: Profile, desk: Desk) -> PeopleSession:
    return PeopleSession(client, profile, desk, "tester")


def steve(world: "World") -> Person:
    return world.run(world.client.person(STEVE))


def page(world: "World", session: PeopleSession, heard: Heard | None = None) -> TextedPage:
    return world.run(why_texted(session, steve(world), lambda _: heard))


def event(made: TextedPage, words: str) -> Event:
    return next(each for each in made.events if words in each.words)


def test_the_answer_and_the_events_in_order_of_time(world: "World", session: PeopleSession) -> None:
    made = page(world, session)
    assert made.answer[0] == "They are on 2 lists now: Weekly deals, Order updates."
    times = [each.at for each in made.events if each.at is not None]
    assert times == sorted(times)
    assert event(made, "joined Weekly deals").gap == NOT_HOW
    assert event(made, "left Spring sale").words == "They left Spring sale: they opted out."
    assert event(made, "left Spring sale").gap == ""
    assert NOT_WHICH_MESSAGES in made.gaps
    assert NO_COLLECTION in made.gaps


def test_the_campaigns_and_their_keywords_are_named(world: "World", session: PeopleSession) -> None:
    words = [each.words for each in page(world, session).ways_in]
    assert words == [
        "Weekly deals: Weekly deals: welcome (keywords DEALS, WEEKLY).",
        "Order updates: Order updates: at the till (keywords ORDERS).",
        "Spring sale: the platform names no campaign that leads into it now.",
    ]


def test_what_the_open_callbacks_say_stands_between(world: "World", session: PeopleSession) -> None:
    asked: list[Sequence[Identifier]] = []
    first = HeardCallback(datetime(2018, 1, 1, tzinfo=UTC), "subscription_added", "joined Weekly deals")
    timeless = HeardCallback(None, "person_updated", "something")

    def hear(identifiers: Sequence[Identifier]) -> Heard:
        asked.append(identifiers)
        return Heard((first, timeless), "july.jsonl", is_complete=False)

    made = world.run(why_texted(session, steve(world), hear))
    assert STEVE in asked[0]
    assert "2 times" in made.answer[1]
    heard = [each for each in made.events if each.source is Source.CALLBACK]
    assert [each.gap for each in heard] == ["", NOT_WHEN]
    assert made.events[-1] is heard[1]  # what has no time comes last
    assert 0 < made.events.index(heard[0]) < len(made.events) - 1
    assert STILL_READING in made.gaps
    assert NO_COLLECTION not in made.gaps


def test_what_was_done_here_is_there(world: "World", session: PeopleSession) -> None:
    calls = Calls(session)
    plan = world.run(calls.plan_stop(steve(world)))
    world.run(calls.stop_messages(plan.on_list("SL1001"), reason="rang us", stop=Stop()))
    made = page(world, session)
    done = event(made, "Messages stopped: Weekly deals")
    assert done.source is Source.HERE
    assert "by tester; verified. Reason: rang us." in done.words
    assert made.answer[0] == "They are on one list now: Order updates."


def test_what_the_platform_leaves_out_is_labelled(world: "World", session: PeopleSession) -> None:
    record = world.sandbox.platform.people.by_key(STEVE.value)
    assert record is not None
    stays = world.sandbox.platform.subscriptions
    stays.add(Subscription(record, "SL9", "", "2024-01-01", None))
    stays.add(Subscription(record, "SL8", "once upon a time"))
    made = page(world, session)
    assert event(made, "joined List SL9").gap.startswith(NOT_WHEN)
    assert event(made, "left List SL9").gap == NOT_WHY
    assert event(made, "joined List SL8").written == "once upon a time"


def test_on_no_list_is_said_as_such(world: "World", session: PeopleSession) -> None:
    stays, record = world.sandbox.platform.subscriptions, world.sandbox.platform.people.by_key(STEVE.value)
    assert record is not None
    stays.unsubscribe(record, "SL1001")
    stays.unsubscribe(record, "SL1002")
    assert page(world, session).answer[0] == "They are on no list now; they were before."
    world.sandbox.platform.people.set_phone(record, None)
    assert "no mobile number" in page(world, session).answer[1]


def test_who_was_never_on_a_list(world: "World", session: PeopleSession) -> None:
    world.raw("POST", "/", {"external_person_id": "NEW"})
    person = world.run(world.client.person(Identifier(IdentifierKind.EXTERNAL_ID, "NEW")))
    made = world.run(why_texted(session, person))
    assert made.answer[0] == "They are on no list, and the platform shows none they ever were on."
    assert made.ways_in == ()


def test_an_opt_in_text_that_waits_is_a_text_too(world: "World", session: PeopleSession) -> None:
    platform = world.sandbox.platform
    record = platform.people.by_key(STEVE.value)
    assert record is not None
    platform.subscriptions.unsubscribe(record, "SL1001")
    platform.campaigns.join(platform.campaigns.campaigns["ACQ1001"], record)
    made = page(world, session)
    assert WAITING in made.answer
    assert event(made, "An opt-in text of “Weekly deals: welcome” was sent to them").at is not None


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("/participants", "Whether an opt-in text waits"),
        ("/subscriptions", "The subscriptions are not known"),
        ("acquisition_campaigns", "its campaigns are not known"),
    ],
)
def test_a_failed_reading_is_a_gap_and_never_a_none(
    world: "World", session: PeopleSession, pattern: str, words: str
) -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern=pattern))
    made = page(world, session)
    told = [*made.gaps, *(each.words for each in made.ways_in)]
    assert any(words in each for each in told)
    if pattern == "/subscriptions":
        assert made.answer[0].startswith("Not known")


def test_a_journal_that_can_not_be_read_is_a_gap(world: "World", session: PeopleSession) -> None:
    world.desk.close()
    assert any("changes made here are not known" in each for each in page(world, session).gaps)


def test_a_person_who_can_not_be_read_has_no_page(world: "World", session: PeopleSession) -> None:
    person = steve(world)
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    with pytest.raises(Forbidden):
        world.run(why_texted(session, person))
