"""Every fault of a stop ends in a named outcome, and only a reading calls it stopped."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.model.change import ChangeKind, Outcome
from vibes_desktop.model.errors import Cancelled, InvalidInput, StorageError, VibesDesktopError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.outcome import Author, Pauses
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.people.stop import Stop
from vibes_desktop.people.stop_messages import HAD_ENDED, StopReport, stop_messages
from vibes_desktop.people.stopping import Stoppable, prepare_stop
from vibes_desktop.people.undo import STOPPED_FOR_GOOD, reason_not_to_undo
from vibes_desktop.sandbox.faults import Fault, FaultKind

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
AUTHOR = Author(ProfileId("profile"), "tester", "TICKET-1")
NO_PAUSES = Pauses(second_reading=0.0)
SUBSCRIPTIONS = "/subscriptions"


def plan(world: "World") -> tuple[Stoppable, ...]:
    return world.run(prepare_stop(world.client, world.run(world.client.person(STEVE)))).on_list(None)


def stop_all(
    world: "World",
    chosen: tuple[Stoppable, ...],
    stop: Stop | None = None,
    on_words: Callable[[str], None] = lambda _: None,
) -> StopReport:
    wish = stop or Stop()

    async def work() -> StopReport:
        with wish.covering():
            return await stop_messages(
                world.client,
                world.desk.journal,
                chosen,
                AUTHOR,
                stop=wish,
                on_words=on_words,
                pauses=NO_PAUSES,
            )

    return world.run(work())


def active(world: "World") -> set[Any]:
    world.sandbox.faults.clear()
    return {each["subscription_list"]["id"] for each in world.raw("GET", f"/{STEVE.value}/subscriptions")[1]}


def test_all_are_ended_each_with_its_entry(world: "World") -> None:
    report = stop_all(world, plan(world))
    assert report.is_complete
    assert active(world) == set()
    second, first = world.journal()
    assert [first.intention.list_id, second.intention.list_id] == ["SL1001", "SL1002"]
    assert first.intention.kind is ChangeKind.STOP
    assert first.intention.reason == "TICKET-1"
    assert first.intention.before is not None
    assert first.intention.request.method == "DELETE"
    assert first.outcome is second.outcome is Outcome.VERIFIED
    assert [each.field.name for each in first.intention.changes] == ["Weekly deals"]
    assert reason_not_to_undo(first) == STOPPED_FOR_GOOD
    assert report.results[0][1].title == "Stopped and verified"


def test_one_list_leaves_the_other(world: "World") -> None:
    assert stop_all(world, plan(world)[:1]).is_complete
    assert active(world) == {"SL1002"}


def fault(kind: FaultKind, **more: object) -> Fault:
    return replace(Fault(kind, method="DELETE"), **more)  # type: ignore[arg-type]


FAULTS = [
    (fault(FaultKind.DROP_AT_HEAD, times=1), Outcome.VERIFIED, 2),
    (fault(FaultKind.DROP_BEFORE, times=1), Outcome.VERIFIED, 2),
    (fault(FaultKind.DROP_BEFORE), Outcome.UNKNOWN, 2),
    (fault(FaultKind.DROP_AFTER), Outcome.VERIFIED, 1),
    (fault(FaultKind.CUT, at_byte=5), Outcome.VERIFIED, 1),
    (fault(FaultKind.STATUS, status=500), Outcome.UNKNOWN, 2),
    (fault(FaultKind.STATUS, status=503, applied=True), Outcome.VERIFIED, 1),
    (fault(FaultKind.STATUS, status=429, times=1), Outcome.VERIFIED, 2),
    (fault(FaultKind.STATUS, status=404), Outcome.NOT_SAVED, 1),
    (fault(FaultKind.STATUS, status=404, applied=True), Outcome.VERIFIED, 1),
    (fault(FaultKind.STATUS, status=403), Outcome.NOT_SAVED, 1),
    (fault(FaultKind.STATUS, status=422), Outcome.NOT_SAVED, 1),
    (fault(FaultKind.STATUS, status=200), Outcome.DIFFERS, 1),
    (fault(FaultKind.REDIRECT), Outcome.UNKNOWN, 2),
]


@pytest.mark.parametrize(("broken", "outcome", "sent"), FAULTS, ids=[str(each[0].shown()) for each in FAULTS])
def test_a_fault_ends_in_its_outcome(world: "World", broken: Fault, outcome: Outcome, sent: int) -> None:
    chosen = plan(world)[:1]
    world.sandbox.faults.add(broken)
    ((_, result),) = stop_all(world, chosen).results
    assert result.outcome is outcome
    assert world.received("DELETE") == sent
    assert ("SL1001" not in active(world)) is (outcome is Outcome.VERIFIED)
    assert world.journal()[0].outcome is outcome
    if outcome is not Outcome.VERIFIED:
        assert result.record.detail


def test_not_found_counts_as_stopped_only_where_the_reading_says_so(world: "World") -> None:
    chosen = plan(world)[:1]
    world.raw("DELETE", f"/{STEVE.value}/subscriptions/SL1001")
    ((_, result),) = stop_all(world, chosen).results
    assert (result.outcome, result.record.detail) == (Outcome.VERIFIED, HAD_ENDED)


def test_not_found_without_a_reading_is_not_known(world: "World") -> None:
    chosen = plan(world)[:1]
    world.sandbox.faults.add(fault(FaultKind.STATUS, status=404, applied=True))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, method="GET", pattern=SUBSCRIPTIONS))
    ((_, result),) = stop_all(world, chosen).results
    assert result.outcome is Outcome.UNKNOWN
    world.sandbox.faults.clear()
    assert world.run(resolve_open(world.client, world.desk.journal, result.record)).outcome is (
        Outcome.VERIFIED
    )


def test_a_person_who_is_gone_by_then_is_not_taken_for_stopped(world: "World") -> None:
    chosen = plan(world)[:1]
    world.sandbox.faults.add(fault(FaultKind.STATUS, status=404))
    person = f"/persons/{STEVE.value}$"
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=404, method="GET", pattern=person, skip=1))
    ((_, result),) = stop_all(world, chosen).results
    assert result.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("broken", "open_outcome", "outcome"),
    [
        (FaultKind.DROP_BEFORE, Outcome.UNKNOWN, Outcome.NOT_SAVED),
        (FaultKind.DROP_AFTER, Outcome.UNKNOWN, Outcome.VERIFIED),
    ],
)
def test_what_was_unknown_is_found_out_later(
    world: "World", broken: FaultKind, open_outcome: Outcome, outcome: Outcome
) -> None:
    chosen = plan(world)[:1]
    world.sandbox.faults.add(fault(broken))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, method="GET", pattern=SUBSCRIPTIONS))
    ((_, result),) = stop_all(world, chosen).results
    assert result.outcome is open_outcome
    world.sandbox.faults.clear()
    assert world.run(resolve_open(world.client, world.desk.journal, result.record)).outcome is outcome


def test_a_lost_sign_in_ends_the_series_and_names_what_is_left(world: "World") -> None:
    chosen = plan(world)
    world.sandbox.faults.add(fault(FaultKind.STATUS, status=401))
    report = stop_all(world, chosen)
    assert [result.outcome for _, result in report.results] == [Outcome.NOT_SAVED]
    assert [each.list_id for each in report.left] == ["SL1002"]
    assert report.error is not None
    assert not report.is_complete


def test_one_refused_lets_the_others_go_on(world: "World") -> None:
    chosen = plan(world)
    world.sandbox.faults.add(fault(FaultKind.STATUS, status=422, times=1))
    report = stop_all(world, chosen)
    assert [result.outcome for _, result in report.results] == [Outcome.NOT_SAVED, Outcome.VERIFIED]
    assert not report.is_complete


def test_stopped_in_between_the_rest_is_left(world: "World") -> None:
    stop = Stop()

    def on_words(words: str) -> None:
        if words.startswith("Weekly deals: Reading back"):
            stop.now()

    report = stop_all(world, plan(world), stop, on_words)
    assert [each.list_id for each in report.left] == ["SL1002"]
    assert report.results[0][1].outcome in {Outcome.UNKNOWN, Outcome.VERIFIED}
    assert active(world) == {"SL1002"}


def test_stopped_before_anything_nothing_is_sent(world: "World") -> None:
    stop, chosen = Stop(), plan(world)
    stop.now()
    with pytest.raises(Cancelled):
        stop_all(world, chosen, stop)
    assert world.received("DELETE") == 0


def test_a_journal_that_can_not_be_written_sends_nothing(world: "World") -> None:
    chosen = plan(world)
    world.desk.close()
    with pytest.raises(StorageError):
        stop_all(world, chosen)
    assert world.received("DELETE") == 0


def test_a_journal_that_fails_from_the_second_on_leaves_the_rest(world: "World") -> None:
    chosen = plan(world)

    def on_words(words: str) -> None:
        if words.startswith("Order updates"):
            world.desk.close()

    report = stop_all(world, chosen, on_words=on_words)
    assert isinstance(report.error, StorageError)
    assert [each.list_id for each in report.left] == ["SL1002"]


def test_nothing_chosen_is_refused(world: "World") -> None:
    with pytest.raises(InvalidInput):
        stop_all(world, ())


def test_a_first_reading_that_fails_is_raised(world: "World") -> None:
    chosen = plan(world)
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    with pytest.raises(VibesDesktopError):
        stop_all(world, chosen)
    assert world.journal() == ()
