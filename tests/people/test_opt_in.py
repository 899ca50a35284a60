"""Each documented answer has its name, and nothing is ever sent a second time."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import ChangeKind, Outcome
from vibes_desktop.model.errors import Cancelled, InvalidInput, StorageError
from vibes_desktop.model.jsonvalue import JsonArray, obj
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.model.subscription import Campaign, OptIn, OptInRefusal, SubscriptionList
from vibes_desktop.people.opt_in import LOOKED_FREE, NOT_AGAIN, OptInResult, opt_in
from vibes_desktop.people.opting_in import OptInPlan, Stand, Standing, prepare_opt_in
from vibes_desktop.people.outcome import Author, OnStep, Pauses, SaveStep
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.people.stop import Stop
from vibes_desktop.people.undo import OPTED_IN, reason_not_to_undo
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import DEMO_MDN
from vibes_desktop.sandbox.persons import PersonRecord

if TYPE_CHECKING:
    from tests.people.conftest import World

AUTHOR = Author(ProfileId("profile"), "tester", "TICKET-1")
NO_PAUSES = Pauses(look_ups=(0.0, 0.0, 0.0), second_reading=0.0)
CONSENT = "asked for it on the phone"
DEALS = SubscriptionList(obj(id="SL1001", name="Weekly deals"))
ORDERS = SubscriptionList(obj(id="SL1002", name="Order updates"))


@pytest.fixture(autouse=True)
def off_the_lists(world: "World") -> None:
    """Take the person off the lists that the tests opt them in to."""
    for each in (DEALS, ORDERS):
        world.sandbox.platform.subscriptions.unsubscribe(someone(world), each.id or "")


def someone(world: "World") -> PersonRecord:
    return world.sandbox.platform.people.by_mdn(DEMO_MDN)[0]


def plan(world: "World", *, confirms: bool = True) -> OptInPlan:
    onto, campaign_id = (DEALS, "ACQ1001") if confirms else (ORDERS, "ACQ1002")
    person = world.run(world.client.persons_by_mdn(DEMO_MDN))[0]
    campaign = Campaign(
        obj(
            acquisition_id=campaign_id,
            status="active",
            acquisition_campaign=obj(keywords=JsonArray(("DEALS",))),
        )
    )
    return world.run(prepare_opt_in(world.client, person, onto, campaign))


def send(
    world: "World", what: OptInPlan, on_step: OnStep = lambda _: None, stop: Stop | None = None
) -> OptInResult:
    async def work() -> OptInResult:
        with (stop or Stop()).covering():
            return await opt_in(
                world.client,
                world.desk.journal,
                what,
                CONSENT,
                AUTHOR,
                on_step=on_step,
                pauses=NO_PAUSES,
            )

    return world.run(work())


def test_a_text_is_sent_and_the_answer_awaited(world: "World") -> None:
    result = send(world, plan(world))
    assert result.answer is OptIn.PENDING
    assert result.stand is not None
    assert result.stand.standing is Standing.PENDING
    assert result.title == "The opt-in text was sent"
    (record,) = world.journal()
    assert record.outcome is Outcome.VERIFIED
    assert record.intention.kind is ChangeKind.OPT_IN
    assert record.intention.list_id == "SL1001"
    assert record.intention.reason == f"TICKET-1 · Consent: {CONSENT}"
    assert reason_not_to_undo(record) == OPTED_IN
    assert world.received("POST") == 1


def test_a_campaign_that_asks_nothing_subscribes_at_once(world: "World") -> None:
    result = send(world, plan(world, confirms=False))
    assert (result.answer, result.title) == (OptIn.SUBSCRIBED, "Subscribed")
    assert result.stand is not None
    assert result.stand.standing is Standing.SUBSCRIBED


def meanwhile(world: "World", act: Callable[[], object]) -> OptInResult:
    """Let something happen between the last look and the sending."""

    def on_step(step: SaveStep) -> None:
        if step is SaveStep.SENDING:
            act()

    return send(world, plan(world), on_step)


def test_already_pending(world: "World") -> None:
    campaigns = world.sandbox.platform.campaigns
    result = meanwhile(world, lambda: campaigns.join(campaigns.campaigns["ACQ1001"], someone(world)))
    assert (result.answer, result.result.outcome) == (OptIn.ALREADY_PENDING, Outcome.NOT_SAVED)
    assert result.title == "They were asked before"


def test_already_subscribed(world: "World") -> None:
    platform = world.sandbox.platform
    result = meanwhile(world, lambda: platform.subscriptions.subscribe(someone(world), "SL1001"))
    assert (result.answer, result.result.outcome) == (OptIn.ALREADY_SUBSCRIBED, Outcome.NOT_SAVED)
    assert result.title == "Already subscribed"


def test_who_said_no_before(world: "World") -> None:
    world.sandbox.platform.campaigns.block("ACQ1001", DEMO_MDN)
    result = send(world, plan(world))
    assert (result.refusal, result.result.outcome) == (OptInRefusal.CONFIRMATION_BLOCK, Outcome.NOT_SAVED)
    assert "answered No" in result.title
    assert any("DEALS" in each for each in result.sentences)


def test_a_landline(world: "World") -> None:
    world.sandbox.platform.campaigns.landlines.add(DEMO_MDN)
    result = send(world, plan(world))
    assert result.refusal is OptInRefusal.NO_MOBILE_CARRIER
    assert result.sentences[0] == "No text message was sent."


def test_another_external_id_than_the_platform_has(world: "World") -> None:
    made = plan(world)
    body = obj(external_person_id="SOMEBODY", mobile_phone=obj(mdn=DEMO_MDN))
    request = world.client.campaigns.opt_in_request("ACQ1001", body)
    result = send(world, replace(made, request=request))
    assert (result.refusal, result.result.outcome) == (OptInRefusal.ID_MISMATCH, Outcome.NOT_SAVED)
    assert "different people" in result.title


def test_an_unknown_custom_field(world: "World") -> None:
    made = plan(world)
    body = obj(external_person_id="EXT542342", custom_fields=obj(nonsense="x"))
    request = world.client.campaigns.opt_in_request("ACQ1001", body)
    result = send(world, replace(made, request=request))
    assert result.refusal is OptInRefusal.UNKNOWN_FIELDS
    assert any("nonsense" in each for each in result.sentences)


def test_any_other_refusal_tells_what_the_platform_says(world: "World") -> None:
    made = plan(world)
    platform = world.sandbox.platform
    record = platform.people.by_mdn(DEMO_MDN)[0]
    request = world.client.campaigns.opt_in_request("ACQ1003", obj(person_key=record.person_key))
    result = send(world, replace(made, request=request))
    assert result.refusal is OptInRefusal.OTHER
    assert any("not active" in each for each in result.sentences)


def fault(kind: FaultKind, **more: object) -> Fault:
    return replace(Fault(kind, method="POST"), **more)  # type: ignore[arg-type]


FAULTS = [
    (fault(FaultKind.DROP_AT_HEAD), Outcome.UNKNOWN, False),
    (fault(FaultKind.DROP_BEFORE), Outcome.UNKNOWN, False),
    (fault(FaultKind.DROP_AFTER), Outcome.VERIFIED, True),
    (fault(FaultKind.CUT, at_byte=30), Outcome.VERIFIED, True),
    (fault(FaultKind.TRUNCATED_JSON), Outcome.VERIFIED, True),
    (fault(FaultKind.STATUS, status=500), Outcome.UNKNOWN, False),
    (fault(FaultKind.STATUS, status=502, applied=True), Outcome.VERIFIED, True),
    (fault(FaultKind.STATUS, status=201), Outcome.DIFFERS, False),
    (fault(FaultKind.STATUS, status=400), Outcome.NOT_SAVED, False),
    (fault(FaultKind.STATUS, status=401), Outcome.NOT_SAVED, False),
    (fault(FaultKind.STATUS, status=404), Outcome.NOT_SAVED, False),
    (fault(FaultKind.REDIRECT), Outcome.UNKNOWN, False),
]


@pytest.mark.parametrize(("broken", "outcome", "is_asked"), FAULTS, ids=[str(e[0].shown()) for e in FAULTS])
def test_a_fault_ends_in_its_outcome_with_one_request(
    world: "World", broken: Fault, outcome: Outcome, is_asked: bool
) -> None:
    made = plan(world)
    world.sandbox.faults.add(broken)
    result = send(world, made)
    assert result.result.outcome is outcome
    assert world.received("POST") <= 1
    assert bool(world.sandbox.platform.campaigns.pending(someone(world), "ACQ1001")) is is_asked
    assert result.title
    assert result.sentences
    if outcome is Outcome.UNKNOWN:
        assert NOT_AGAIN in result.result.record.detail


@pytest.mark.parametrize(
    ("kind", "outcome"), [(FaultKind.DROP_AFTER, Outcome.VERIFIED), (FaultKind.DROP_BEFORE, Outcome.UNKNOWN)]
)
def test_what_could_not_be_read_is_found_out_later(world: "World", kind: FaultKind, outcome: Outcome) -> None:
    made = plan(world)
    world.sandbox.faults.add(fault(kind))
    world.sandbox.faults.add(
        Fault(FaultKind.STATUS, status=403, method="GET", pattern="/participants", skip=1)
    )
    result = send(world, made)
    assert result.result.outcome is Outcome.UNKNOWN
    world.sandbox.faults.clear()
    found = world.run(resolve_open(world.client, world.desk.journal, result.result.record))
    assert found.outcome is outcome
    if outcome is Outcome.UNKNOWN:
        assert found.record.detail == LOOKED_FREE


def test_accepted_and_unread_says_so(world: "World") -> None:
    made = plan(world)
    world.sandbox.faults.add(
        Fault(FaultKind.STATUS, status=403, method="GET", pattern="/participants", skip=1)
    )
    result = send(world, made)
    assert (result.answer, result.result.outcome) == (None, Outcome.UNKNOWN)
    assert "PENDING" in result.result.record.detail


@pytest.mark.parametrize("standing", [Standing.PENDING, Standing.SUBSCRIBED])
def test_who_came_onto_it_since_the_plan_is_not_texted(world: "World", standing: Standing) -> None:
    made, platform = plan(world), world.sandbox.platform
    if standing is Standing.PENDING:
        platform.campaigns.join(platform.campaigns.campaigns["ACQ1001"], someone(world))
    else:
        platform.subscriptions.subscribe(someone(world), "SL1001")
    with pytest.raises(InvalidInput):
        send(world, made)
    assert world.received("POST") == 0
    assert world.journal() == ()


def test_another_number_since_the_plan_is_not_texted(world: "World") -> None:
    made = plan(world)
    world.sandbox.platform.people.set_phone(someone(world), "+12065550171", "104")
    with pytest.raises(InvalidInput):
        send(world, made)


def test_stopped_while_it_is_sent_is_looked_at_once(world: "World") -> None:
    stop, looks = Stop(), []
    world.sandbox.faults.add(fault(FaultKind.NEVER_ANSWERS, applied=True))

    def on_step(step: SaveStep) -> None:
        if step is SaveStep.SENDING:
            world.runtime.submit(_stop_when_posted(world, stop))
        looks.append(step)

    result = send(world, plan(world), on_step, stop)
    assert looks.count(SaveStep.LOOKING) == 1
    assert result.result.outcome is Outcome.VERIFIED
    assert world.received("POST") == 1


async def _stop_when_posted(world: "World", stop: Stop) -> None:
    import asyncio

    while not world.received("POST"):  # noqa: ASYNC110 - the sandbox has no event for it
        await asyncio.sleep(0)
    stop.now()


def test_stopped_before_nothing_is_sent(world: "World") -> None:
    stop, made = Stop(), plan(world)
    stop.now()
    with pytest.raises(Cancelled):
        send(world, made, stop=stop)
    assert world.received("POST") == 0


def test_a_journal_that_can_not_be_written_sends_nothing(world: "World") -> None:
    made = plan(world)
    world.desk.close()
    with pytest.raises(StorageError):
        send(world, made)
    assert world.received("POST") == 0


def test_a_stand_is_a_value() -> None:
    assert Stand(Standing.FREE) == Stand(Standing.FREE, None, None)
