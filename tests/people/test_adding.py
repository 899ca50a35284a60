"""Adding against the sandbox: one POST, never repeated, and the right record on screen."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import ChangeKind, Outcome
from vibes_desktop.model.errors import Cancelled, Conflict, InvalidInput, StorageError, Unprocessable
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.add import AddOutdated, AddReview, prepare_add
from vibes_desktop.people.adding import add
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import Author, OnStep, Pauses, SaveResult, SaveStep
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.people.stop import Stop
from vibes_desktop.sandbox.faults import Change, Fault, FaultKind
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID, DEMO_MDN, DEMO_PERSON_KEY
from vibes_desktop.sandbox.platform import SuccessBody

if TYPE_CHECKING:
    from tests.people.conftest import Line, World

AUTHOR = Author(ProfileId("profile"), "tester", "TICKET-2")
NO_PAUSES = Pauses(look_ups=(0.0, 0.0, 0.0), second_reading=0.0)
FREE_MDN = "+13125550143"
NEW = Identifier(IdentifierKind.EXTERNAL_ID, "CRM-77")
LAST = FieldRef("last_name")


def new(external_id: str | None = "CRM-77", mdn: str | None = FREE_MDN, last_name: str = "Doe") -> PersonEdit:
    edit = PersonEdit.of_new_person(ApiVersion.V2)
    return edit.set(EXTERNAL_ID, external_id).set(MOBILE, mdn).set(LAST, last_name)


def look(world: "World", edit: PersonEdit) -> AddReview:
    return world.run(prepare_add(world.client, edit))


def send(world: "World", what: PersonEdit | AddReview, on_step: OnStep = lambda _: None) -> SaveResult:
    review = look(world, what) if isinstance(what, PersonEdit) else what
    return world.run(add(world.client, world.desk.journal, review, AUTHOR, on_step=on_step, pauses=NO_PAUSES))


def test_somebody_new_is_added_and_verified(world: "World") -> None:
    result = send(world, new())
    assert result.outcome is Outcome.VERIFIED
    assert result.is_created is True
    assert result.title == "Added and verified"
    raw = world.read_raw(NEW)
    assert raw["mobile_phone"]["mdn"] == FREE_MDN
    assert raw["custom_fields"]["last_name"] == "Doe"
    assert result.person is not None
    assert result.person.person_key == raw["person_key"]
    (record,) = world.journal()
    assert record.intention.kind is ChangeKind.ADD
    assert record.intention.before is None
    assert record.intention.reason == "TICKET-2"
    assert record.person == Identifier(IdentifierKind.PERSON_KEY, raw["person_key"])


def test_a_person_who_exists_is_merged_and_verified(world: "World") -> None:
    result = send(world, new(DEMO_EXTERNAL_ID, DEMO_MDN))
    assert result.outcome is Outcome.VERIFIED
    assert result.is_created is False
    assert result.title == "Merged and verified"
    assert world.custom_raw("last_name") == "Doe"
    assert world.custom_raw("first_name") == "Steve"
    assert result.record.intention.before is not None
    assert [change.before for change in result.record.intention.changes][-1] == "Millar"


def test_a_merge_that_changes_the_external_id_ends_in_the_same_record(world: "World") -> None:
    result = send(world, new("CRM-77", DEMO_MDN))
    assert result.outcome is Outcome.VERIFIED
    assert result.person is not None
    assert result.person.person_key == DEMO_PERSON_KEY
    assert world.read_raw(NEW)["person_key"] == DEMO_PERSON_KEY


def test_a_conflict_shows_the_other_records_and_changes_nothing(world: "World") -> None:
    world.raw("POST", "/", {"external_person_id": "CRM-77"})
    result = send(world, new("CRM-77", DEMO_MDN))
    assert result.outcome is Outcome.NOT_SAVED
    assert isinstance(result.error, Conflict)
    assert {person.external_person_id for person in result.others} == {"CRM-77", DEMO_EXTERNAL_ID}
    assert world.custom_raw("last_name") == "Millar"
    assert world.read_raw(NEW)["mobile_phone"] is None


def test_a_conflict_nobody_expected_still_shows_who_is_in_the_way(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, method="POST", status=409))
    result = send(world, new(DEMO_EXTERNAL_ID))
    assert result.outcome is Outcome.NOT_SAVED
    assert [person.person_key for person in result.others] == [DEMO_PERSON_KEY]


def test_an_unknown_field_is_not_saved(world: "World") -> None:
    result = send(world, new().set(FieldRef("shoe_size"), "44"))
    assert result.outcome is Outcome.NOT_SAVED
    assert isinstance(result.error, Unprocessable)
    assert [complaint.field for complaint in result.error.complaints] == ["shoe_size"]
    assert world.read_raw(NEW) is None


def test_a_success_that_changed_a_value_is_told(world: "World") -> None:
    world.sandbox.faults.add(
        Fault(FaultKind.CHANGED_VALUE, method="POST", field="last_name", change=Change.LOWER)
    )
    result = send(world, new())
    assert result.outcome is Outcome.DIFFERS
    assert [(d.field, d.came) for d in result.differences] == [(LAST, "doe")]


def test_whom_it_meets_is_looked_up_again_before_sending(world: "World") -> None:
    review = look(world, new())
    world.raw("POST", "/", {"external_person_id": "CRM-77"})
    with pytest.raises(AddOutdated) as outdated:
        send(world, review)
    assert len(outdated.value.review.met) == 1
    assert world.received("POST") == 1  # the other one's
    assert world.journal() == ()


@pytest.mark.parametrize("body", list(SuccessBody))
def test_whatever_a_success_carries_the_record_is_found(world: "World", body: SuccessBody) -> None:
    world.sandbox.platform.success_body = body
    for edit, created in (
        (new(), True),
        (new("CRM-77", FREE_MDN, "Roe"), False),
        (new(None, DEMO_MDN), False),
    ):
        result = send(world, edit)
        assert (result.outcome, result.is_created) == (Outcome.VERIFIED, created)


def fault(kind: FaultKind, **more: object) -> Fault:
    return replace(Fault(kind, method="POST"), **more)  # type: ignore[arg-type]


# the fault, the outcome, whether the person exists afterwards
FAULTS = [
    (fault(FaultKind.DROP_AT_HEAD), Outcome.UNKNOWN, False),
    (fault(FaultKind.DROP_BEFORE), Outcome.UNKNOWN, False),
    (fault(FaultKind.DROP_AFTER), Outcome.VERIFIED, True),
    (fault(FaultKind.CUT, at_byte=0), Outcome.VERIFIED, True),
    (fault(FaultKind.CUT, at_byte=250), Outcome.VERIFIED, True),
    (fault(FaultKind.TRUNCATED_JSON), Outcome.VERIFIED, True),
    (fault(FaultKind.TRUNCATED_JSON, at_byte=0), Outcome.VERIFIED, True),
    (fault(FaultKind.WRONG_CHARSET), Outcome.VERIFIED, True),
    (fault(FaultKind.OVERSIZED), Outcome.VERIFIED, True),
    (fault(FaultKind.LATENCY, seconds=0.05), Outcome.VERIFIED, True),
    (fault(FaultKind.STATUS, status=500), Outcome.UNKNOWN, False),
    (fault(FaultKind.STATUS, status=502, applied=True), Outcome.VERIFIED, True),
    (fault(FaultKind.STATUS, status=503), Outcome.UNKNOWN, False),
    (fault(FaultKind.REDIRECT), Outcome.UNKNOWN, False),
    (fault(FaultKind.REDIRECT, applied=True), Outcome.VERIFIED, True),
    (fault(FaultKind.STATUS, status=400), Outcome.NOT_SAVED, False),
    (fault(FaultKind.STATUS, status=401), Outcome.NOT_SAVED, False),
    (fault(FaultKind.STATUS, status=403), Outcome.NOT_SAVED, False),
    (fault(FaultKind.STATUS, status=409), Outcome.NOT_SAVED, False),
    (fault(FaultKind.STATUS, status=422), Outcome.NOT_SAVED, False),
]


@pytest.mark.parametrize(
    ("broken", "outcome", "exists"),
    FAULTS,
    ids=[f"{case[0].kind.value} {case[0].status} {case[0].applied} {case[0].at_byte}" for case in FAULTS],
)
def test_a_fault_of_the_add_ends_in_its_outcome_and_nothing_is_sent_twice(
    world: "World", broken: Fault, outcome: Outcome, exists: bool
) -> None:
    review = look(world, new())
    world.sandbox.faults.add(broken)
    result = send(world, review)
    assert result.outcome is outcome
    assert world.received("POST") == 1
    assert (world.read_raw(NEW) is not None) is exists
    assert world.journal()[0].outcome is outcome
    if exists:
        assert result.is_created is True


@pytest.mark.parametrize(
    ("broken", "outcome"),
    [
        (fault(FaultKind.DROP_BEFORE), Outcome.UNKNOWN),
        (fault(FaultKind.DROP_AFTER), Outcome.VERIFIED),
        (fault(FaultKind.STATUS, status=503), Outcome.UNKNOWN),
        (fault(FaultKind.STATUS, status=503, applied=True), Outcome.VERIFIED),
    ],
    ids=lambda value: value.name if isinstance(value, Outcome) else value.kind.value,
)
def test_an_unanswered_merge_is_told_by_the_record_it_meets(
    world: "World", broken: Fault, outcome: Outcome
) -> None:
    review = look(world, new(DEMO_EXTERNAL_ID, None))
    world.sandbox.faults.add(broken)
    result = send(world, review)
    assert result.outcome is outcome
    assert world.received("POST") == 1
    if outcome is Outcome.VERIFIED:
        assert result.is_created is False
        assert result.person is not None
        assert result.person.person_key == DEMO_PERSON_KEY


def test_what_became_known_only_later_is_resolved(world: "World") -> None:
    review = look(world, new())
    world.sandbox.faults.add(fault(FaultKind.DROP_AFTER))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, method="GET", status=503, skip=2))
    result = send(world, review)
    assert result.outcome is Outcome.UNKNOWN
    assert result.error is not None
    world.sandbox.faults.clear()
    resolved = world.run(resolve_open(world.client, world.desk.journal, result.record))
    assert resolved.outcome is Outcome.VERIFIED
    assert resolved.is_created is True
    assert world.received("POST") == 1


def test_what_never_arrived_is_resolved_as_not_saved(world: "World") -> None:
    review = look(world, new())
    world.sandbox.faults.add(fault(FaultKind.DROP_BEFORE))
    result = send(world, review)
    assert result.outcome is Outcome.UNKNOWN
    assert "3 times" in result.record.detail
    world.sandbox.faults.clear()
    resolved = world.run(resolve_open(world.client, world.desk.journal, result.record))
    assert resolved.outcome is Outcome.NOT_SAVED
    assert world.read_raw(NEW) is None


def test_an_accepted_add_that_can_not_be_found_is_unknown(world: "World") -> None:
    review = look(world, new())
    world.sandbox.faults.add(Fault(FaultKind.STATUS, method="GET", status=404, skip=2))
    result = send(world, review)
    assert result.outcome is Outcome.UNKNOWN
    assert world.read_raw(NEW) is not None


def test_a_journal_that_can_not_be_written_adds_nobody(world: "World") -> None:
    review = look(world, new())
    world.desk.close()
    with pytest.raises(StorageError):
        send(world, review)
    assert world.received("POST") == 0


def test_stopped_before_sending_nobody_is_added(world: "World") -> None:
    review = look(world, new())
    stop = Stop()

    async def work() -> SaveResult:
        with stop.covering():
            return await add(
                world.client,
                world.desk.journal,
                review,
                AUTHOR,
                on_step=lambda _: stop.now(),
                pauses=NO_PAUSES,
            )

    with pytest.raises(Cancelled):
        world.run(work())
    assert world.received("POST") == 0


def test_stopped_while_sending_it_is_found_out(world: "World") -> None:
    review = look(world, new())
    world.sandbox.faults.add(fault(FaultKind.NEVER_ANSWERS, applied=True))

    async def work() -> SaveResult:
        adding = asyncio.ensure_future(
            add(world.client, world.desk.journal, review, AUTHOR, pauses=NO_PAUSES)
        )
        while not world.received("POST"):  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0)
        adding.cancel()
        return await adding

    assert world.run(work()).outcome is Outcome.VERIFIED
    assert world.received("POST") == 1


def test_stopped_while_looking_it_is_unknown(world: "World") -> None:
    review = look(world, new())
    world.sandbox.faults.add(fault(FaultKind.DROP_AFTER))
    stop = Stop()

    def at(step: SaveStep) -> None:
        if step is SaveStep.LOOKING:
            stop.now()

    async def work() -> SaveResult:
        with stop.covering():
            return await add(world.client, world.desk.journal, review, AUTHOR, on_step=at)

    result = world.run(work())
    assert result.outcome is Outcome.UNKNOWN
    assert world.journal()[0].outcome is Outcome.UNKNOWN


def check_every_byte(far_world: "World", line: "Line", positions: "range | list[int]", part: str) -> None:
    for number, at in enumerate(positions):
        external_id = f"{part}-{number}"
        review = look(far_world, new(external_id, None))
        line.seen.clear()
        line.times = 1
        line.cut_request, line.cut_answer = (at, None) if part == "request" else (None, at)
        result = send(far_world, review)
        exists = far_world.read_raw(Identifier(IdentifierKind.EXTERNAL_ID, external_id)) is not None
        assert exists is (part == "answer")
        assert result.outcome is (Outcome.VERIFIED if exists else Outcome.UNKNOWN), (part, at)
        assert line.seen.count("POST") == 1


def lengths(far_world: "World", line: "Line") -> dict[str, int]:
    send(far_world, new("probe", None))
    return {"request": line.request_bytes - 10, "answer": line.answer_bytes - 10}  # IDs differ in length


def test_a_server_that_goes_at_some_bytes_of_an_add(far_world: "World", line: "Line") -> None:
    for part, length in lengths(far_world, line).items():
        check_every_byte(far_world, line, [0, 1, 17, length // 2, length - 1], part)


@pytest.mark.full
def test_a_server_that_goes_at_each_byte_of_an_add(far_world: "World", line: "Line") -> None:
    for part, length in lengths(far_world, line).items():
        check_every_byte(far_world, line, range(length), part)


def test_an_existing_person_can_not_be_added_twice_by_a_stale_review(world: "World") -> None:
    review = look(world, new())
    assert send(world, review).outcome is Outcome.VERIFIED
    with pytest.raises(InvalidInput):
        send(world, review)
    assert world.received("POST") == 1
