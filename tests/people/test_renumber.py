"""Changing a number: every failure ends in a named state with a way on, and never in somebody else."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.errors import Cancelled, InvalidInput, StorageError, VibesDesktopError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.number_change import NumberChange, NumberStep
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.number_standing import Offer, Standing
from vibes_desktop.people.number_troubles import KEPT_IT
from vibes_desktop.people.outcome import Author, Pauses
from vibes_desktop.people.renumber import (
    NumberAct,
    NumberPlanOutdated,
    NumberResult,
    change_number,
    go_on,
    leave,
    look,
    restore,
)
from vibes_desktop.people.renumbering import NumberPlan, prepare_number_change
from vibes_desktop.people.stop import Stop
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import DEMO_MDN, DEMO_PERSON_KEY, SHARED_MDN

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)
PROFILE = ProfileId("profile")
AUTHOR = Author(PROFILE, "tester", "TICKET-1")
NO_PAUSES = Pauses(look_ups=(0.0, 0.0, 0.0), second_reading=0.0)
NEW = "+12065550187"
OnAct = Callable[[str], None]


def plan(world: "World", number: str = NEW) -> NumberPlan:
    return world.run(prepare_number_change(world.client, world.run(world.client.person(STEVE)), number))


def change(
    world: "World", what: NumberPlan, on_act: OnAct = lambda _: None, stop: Stop | None = None
) -> NumberResult:
    wish = stop or Stop()
    work = change_number(world.client, world.desk, what, AUTHOR, stop=wish, on_act=on_act, pauses=NO_PAUSES)
    return world.run(covered(wish, work))


async def covered(stop: Stop, work: Coroutine[Any, Any, NumberResult]) -> NumberResult:
    with stop.covering():
        return await work


def attempt(world: "World", what: NumberPlan) -> NumberResult | None:
    """Change it; None where it was refused with nothing sent."""
    try:
        return change(world, what)
    except VibesDesktopError:
        return None


def carry_on(world: "World", what: NumberChange, *, restores: bool = False) -> NumberResult:
    act = restore if restores else go_on
    return world.run(act(world.client, world.desk, what, AUTHOR, stop=Stop(), pauses=NO_PAUSES))


def number(world: "World") -> Any:
    person = world.read_raw(STEVE)
    assert person["external_person_id"] == "EXT542342"
    return person["mobile_phone"] and person["mobile_phone"]["mdn"]


def unfinished(world: "World") -> tuple[NumberChange, ...]:
    return world.desk.number_changes.unfinished(PROFILE)


def test_the_same_person_has_the_new_number_and_each_step_is_in_the_journal(world: "World") -> None:
    acts: list[str] = []
    result = change(world, plan(world), acts.append)
    assert result.change.step is NumberStep.DONE
    assert result.person is not None
    assert result.person.person_key == DEMO_PERSON_KEY
    assert result.holder is not None
    assert {each.list_id for each in result.holder.active} == {"SL1001", "SL1002"}
    assert result.offers == frozenset()
    assert number(world) == NEW
    assert unfinished(world) == ()
    addition, removal = world.journal()
    assert addition.outcome is removal.outcome is Outcome.VERIFIED
    assert (removal.intention.request.method, addition.intention.request.method) == ("PUT", "POST")
    assert removal.intention.reason == "Change of number · TICKET-1"
    assert acts.index(NumberAct.REMOVING.value) < acts.index(NumberAct.ADDING.value)
    assert len([each for each in world.sandbox.platform.people if each.mdn == NEW]) == 1


def test_who_had_no_number_gets_one(world: "World") -> None:
    record = world.sandbox.platform.people.by_key(DEMO_PERSON_KEY)
    assert record is not None
    world.sandbox.platform.people.set_phone(record, None)
    result = change(world, plan(world))
    assert (result.change.step, number(world)) == (NumberStep.DONE, NEW)
    assert world.received("PUT") == 0


def test_somebody_with_the_new_number_is_an_obstacle_and_nothing_is_removed(world: "World") -> None:
    with pytest.raises(InvalidInput):
        change(world, plan(world, SHARED_MDN))
    assert number(world) == DEMO_MDN
    assert unfinished(world) == ()
    assert world.received("PUT") == 0


def test_what_changed_since_the_plan_is_shown_before_anything_is_removed(world: "World") -> None:
    made = plan(world)
    world.raw("POST", "/", {"external_person_id": "OTHER", "mobile_phone": {"mdn": NEW}})
    with pytest.raises(NumberPlanOutdated) as raised:
        change(world, made)
    assert raised.value.plan.obstacle is not None
    assert world.received("PUT") == 0


def fault(kind: FaultKind, method: str, **more: object) -> Fault:
    return replace(Fault(kind, method=method), **more)  # type: ignore[arg-type]


PUT, POST = "PUT", "POST"
# fault, the step it ends in, where it stands, whether the outcome is uncertain
REMOVAL = [
    (fault(FaultKind.DROP_BEFORE, PUT, times=1), NumberStep.DONE, NEW),
    (fault(FaultKind.DROP_AFTER, PUT), NumberStep.DONE, NEW),
    (fault(FaultKind.CUT, PUT, at_byte=20), NumberStep.DONE, NEW),
    (fault(FaultKind.STATUS, PUT, status=503, applied=True), NumberStep.DONE, NEW),
    (fault(FaultKind.STATUS, PUT, status=429, times=1), NumberStep.DONE, NEW),
    (fault(FaultKind.DROP_BEFORE, PUT), NumberStep.REMOVING, DEMO_MDN),
    (fault(FaultKind.STATUS, PUT, status=500), NumberStep.REMOVING, DEMO_MDN),
    (fault(FaultKind.STATUS, PUT, status=409), NumberStep.UNCHANGED, DEMO_MDN),
    (fault(FaultKind.STATUS, PUT, status=422), NumberStep.UNCHANGED, DEMO_MDN),
    (fault(FaultKind.STATUS, PUT, status=403), NumberStep.UNCHANGED, DEMO_MDN),
    (fault(FaultKind.STATUS, PUT, status=200), NumberStep.UNCHANGED, DEMO_MDN),
]
ADDITION = [
    (fault(FaultKind.DROP_AFTER, POST), NumberStep.DONE, NEW),
    (fault(FaultKind.CUT, POST, at_byte=20), NumberStep.DONE, NEW),
    (fault(FaultKind.STATUS, POST, status=502, applied=True), NumberStep.DONE, NEW),
    (fault(FaultKind.STATUS, POST, status=409, applied=True), NumberStep.DONE, NEW),
    (fault(FaultKind.DROP_BEFORE, POST), NumberStep.ADDING, None),
    (fault(FaultKind.STATUS, POST, status=500), NumberStep.ADDING, None),
    (fault(FaultKind.STATUS, POST, status=409), NumberStep.ADDING, None),
    (fault(FaultKind.STATUS, POST, status=422), NumberStep.ADDING, None),
    (fault(FaultKind.STATUS, POST, status=403), NumberStep.ADDING, None),
    (fault(FaultKind.STATUS, POST, status=200), NumberStep.ADDING, None),
]
CASES = [*REMOVAL, *ADDITION]


@pytest.mark.parametrize(
    ("broken", "step", "held"), CASES, ids=[f"{each[0].method} {each[0].shown()}" for each in CASES]
)
def test_a_fault_ends_in_a_named_state_with_a_way_on(
    world: "World", broken: Fault, step: NumberStep, held: str | None
) -> None:
    made = plan(world)
    world.sandbox.faults.add(broken)
    result = change(world, made)
    assert result.change.step is step
    assert number(world) == held
    assert result.person is not None
    if step.is_over:
        assert unfinished(world) == ()
        assert (result.error is None) is (step is NumberStep.DONE)
        return
    assert result.error is not None
    assert unfinished(world) == (result.change,)
    assert {Offer.GO_ON, Offer.LEAVE} <= result.offers
    assert (Offer.RESTORE in result.offers) is (held is None)
    done = carry_on(world, unfinished(world)[0])  # the fault is off
    assert (done.change.step, number(world)) == (NumberStep.DONE, NEW)
    assert unfinished(world) == ()
    assert world.desk.journal.open_records(PROFILE) == ()


@pytest.mark.parametrize("broken", [each[0] for each in ADDITION if each[2] is None])
def test_after_a_failed_addition_the_old_number_comes_back(world: "World", broken: Fault) -> None:
    made = plan(world)
    world.sandbox.faults.add(broken)
    result = change(world, made)
    world.sandbox.faults.clear()
    back = carry_on(world, result.change, restores=True)
    assert (back.change.step, number(world)) == (NumberStep.RESTORED, DEMO_MDN)
    assert back.holder is not None
    assert unfinished(world) == ()


@pytest.mark.parametrize("skip", range(14))
def test_a_line_that_breaks_at_any_reading_leaves_a_state_to_go_on_from(world: "World", skip: int) -> None:
    made = plan(world)
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, method="GET", skip=skip))
    result = attempt(world, made)
    held = number(world)
    if result is None:
        assert (held, unfinished(world)) == (DEMO_MDN, ())
        return
    if result.change.step.is_over:
        assert held == (DEMO_MDN if result.change.step is NumberStep.UNCHANGED else NEW)
        return
    assert result.error is not None
    found = world.run(look(world.client, world.desk, unfinished(world)[0]))
    if not found.change.step.is_over:
        assert Offer.GO_ON in found.offers
        found = carry_on(world, found.change)
    assert (found.change.step, number(world)) == (NumberStep.DONE, NEW)


def test_a_removal_that_is_taken_and_not_made_says_what_can_be_done(world: "World") -> None:
    made = plan(world)
    world.sandbox.faults.add(fault(FaultKind.STATUS, PUT, status=200))
    result = change(world, made)
    assert result.change.step is NumberStep.UNCHANGED
    assert result.error is not None
    assert result.error.advice == KEPT_IT


def test_somebody_takes_the_new_number_in_between(world: "World") -> None:
    people = world.sandbox.platform.people
    other = next(each for each in people if each.mdn == SHARED_MDN)

    def on_act(words: str) -> None:
        if words == NumberAct.ADDING.value:
            people.set_phone(other, NEW)

    result = change(world, plan(world), on_act)
    assert result.position is not None
    assert result.position.standing is Standing.TAKEN
    assert [each.person_key for each in result.position.others] == [other.person_key]
    assert result.offers == {Offer.RESTORE, Offer.LEAVE, Offer.LOOK_AGAIN}
    assert carry_on(world, result.change).error is not None  # it does not go on by itself
    back = carry_on(world, result.change, restores=True)
    assert (back.change.step, number(world)) == (NumberStep.RESTORED, DEMO_MDN)


def test_an_external_id_that_was_lost_in_between_makes_no_new_person(world: "World") -> None:
    people = world.sandbox.platform.people
    steve = people.by_key(DEMO_PERSON_KEY)
    assert steve is not None

    def on_act(words: str) -> None:
        if words == NumberAct.ADDING.value:
            people.set_external_id(steve, None)

    count = len(people)
    result = change(world, plan(world), on_act)
    assert result.position is not None
    assert result.position.standing is Standing.RE_KEYED
    assert len(people) == count
    assert world.received(POST) == 0
    people.set_external_id(steve, "EXT542342")
    assert carry_on(world, result.change).change.step is NumberStep.DONE


def test_a_shared_old_number_can_not_come_back_and_says_so(world: "World") -> None:
    people = world.sandbox.platform.people
    made = plan(world)
    people.set_phone(next(each for each in people if each.mdn == SHARED_MDN), DEMO_MDN)
    world.sandbox.faults.add(fault(FaultKind.STATUS, POST, status=422))
    result = change(world, made)
    world.sandbox.faults.clear()
    back = carry_on(world, result.change, restores=True)
    assert back.error is not None
    assert back.error.title == "Somebody else has the old number"
    assert Offer.GO_ON in back.offers
    assert carry_on(world, back.change).change.step is NumberStep.DONE


@pytest.mark.parametrize(
    ("at", "step", "held"),
    [
        (NumberAct.REMOVING.value, NumberStep.UNCHANGED, DEMO_MDN),
        ("Removing the old number: Reading back", NumberStep.REMOVED, None),
        (NumberAct.ADDING.value, NumberStep.REMOVED, None),
    ],
)
def test_stopped_it_says_where_and_nothing_more_is_sent(
    world: "World", at: str, step: NumberStep, held: str | None
) -> None:
    stop = Stop()

    def on_act(words: str) -> None:
        if words == at:
            stop.now()

    if step is NumberStep.UNCHANGED:
        with pytest.raises(Cancelled):
            change(world, plan(world), on_act, stop)
        assert unfinished(world) == ()
    else:
        result = change(world, plan(world), on_act, stop)
        assert result.change.step is step
        assert result.is_stopped
        assert not result.is_uncertain
        assert {Offer.GO_ON, Offer.RESTORE} <= result.offers
    assert number(world) == held


def test_stopped_after_the_new_number_was_sent_it_finds_the_end(world: "World") -> None:
    stop = Stop()

    def on_act(words: str) -> None:
        if words == "Adding the new number: Reading back":
            stop.now()

    result = change(world, plan(world), on_act, stop)
    assert (result.change.step, number(world)) == (NumberStep.DONE, NEW)


def test_a_journal_that_can_not_be_written_sends_nothing(world: "World") -> None:
    made = plan(world)
    world.desk.close()
    with pytest.raises(StorageError):
        change(world, made)
    assert number(world) == DEMO_MDN


def test_a_journal_that_fails_after_the_removal_adds_nothing_and_says_where_it_stands(world: "World") -> None:
    def on_act(words: str) -> None:
        if words == "Removing the old number: Reading back":
            world.desk.close()

    result = change(world, plan(world), on_act)
    assert isinstance(result.error, StorageError) or result.journal_error is not None
    assert world.received(POST) == 0
    assert number(world) is None


def test_it_is_left_as_it_is_on_wish(world: "World") -> None:
    made = plan(world)
    world.sandbox.faults.add(fault(FaultKind.STATUS, POST, status=422))
    result = change(world, made)
    left = world.run(leave(world.desk, result.change))
    assert left.step is NumberStep.LEFT
    assert unfinished(world) == ()
