"""Saving while the platform, the line or the disk fails: the outcome is named, nothing repeated blindly."""

import asyncio
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import Outcome
from vibes_desktop.model.errors import Cancelled, InvalidInput, StorageError, VibesDesktopError
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.outcome import Author, Pauses, SaveResult, SaveStep
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.people.save import save
from vibes_desktop.people.stop import Stop
from vibes_desktop.sandbox.faults import Change, Fault, FaultKind
from vibes_desktop.sandbox.platform import SuccessBody
from vibes_desktop.storage.desk import Desk

if TYPE_CHECKING:
    from tests.people.conftest import Line, World

LAST = FieldRef("last_name")
EXTERNAL = Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")
AUTHOR = Author(ProfileId("profile"), "tester")
WAIT_SECONDS = 30.0


def fault(kind: FaultKind, **more: object) -> Fault:
    return replace(Fault(kind, method="PUT"), **more)  # type: ignore[arg-type]


# kind, how often, outcome, PUTs received, saved on the platform
ONCE_AND_ALWAYS = [
    (fault(FaultKind.DROP_AT_HEAD, times=1), Outcome.VERIFIED, 2, True),
    (fault(FaultKind.DROP_AT_HEAD), Outcome.UNKNOWN, 2, False),
    (fault(FaultKind.DROP_BEFORE, times=1), Outcome.VERIFIED, 2, True),
    (fault(FaultKind.DROP_BEFORE), Outcome.UNKNOWN, 2, False),
    (fault(FaultKind.DROP_AFTER, times=1), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.DROP_AFTER), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.CUT, at_byte=0), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.CUT, at_byte=40), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.CUT, at_byte=400), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.TRUNCATED_JSON), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.TRUNCATED_JSON, at_byte=0), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.WRONG_CHARSET), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.OVERSIZED), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.OVERSIZED, gzip=True), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.LATENCY, seconds=0.05), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.STATUS, status=500), Outcome.UNKNOWN, 2, False),
    (fault(FaultKind.STATUS, status=502, applied=True), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.STATUS, status=503, times=1), Outcome.VERIFIED, 2, True),
    (fault(FaultKind.STATUS, status=504, applied=True, times=1), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.STATUS, status=429, times=1), Outcome.VERIFIED, 2, True),
    (fault(FaultKind.STATUS, status=429, times=2, retry_after=0), Outcome.VERIFIED, 3, True),
    (fault(FaultKind.STATUS, status=429), Outcome.NOT_SAVED, 4, False),
    (fault(FaultKind.STATUS, status=400), Outcome.NOT_SAVED, 1, False),
    (fault(FaultKind.STATUS, status=401), Outcome.NOT_SAVED, 1, False),
    (fault(FaultKind.STATUS, status=403), Outcome.NOT_SAVED, 1, False),
    (fault(FaultKind.STATUS, status=404), Outcome.NOT_SAVED, 1, False),
    (fault(FaultKind.STATUS, status=409), Outcome.NOT_SAVED, 1, False),
    (fault(FaultKind.STATUS, status=409, applied=True), Outcome.VERIFIED, 1, True),
    (fault(FaultKind.STATUS, status=422), Outcome.NOT_SAVED, 1, False),
    (fault(FaultKind.REDIRECT), Outcome.UNKNOWN, 2, False),
    (fault(FaultKind.REDIRECT, applied=True), Outcome.VERIFIED, 1, True),
]


def told(each: Fault) -> str:
    parts = [each.kind.value, str(each.status) if each.kind is FaultKind.STATUS else ""]
    parts += [f"at {each.at_byte}" if each.at_byte is not None else "", "gzip" if each.gzip else ""]
    parts += ["applied" if each.applied else "", f"{each.times} times" if each.times else "always"]
    return " ".join(filter(None, parts))


@pytest.mark.parametrize(
    ("broken", "outcome", "puts", "is_saved"),
    ONCE_AND_ALWAYS,
    ids=[told(case[0]) for case in ONCE_AND_ALWAYS],
)
def test_a_fault_of_the_update_ends_in_its_outcome(
    world: "World", broken: Fault, outcome: Outcome, puts: int, is_saved: bool
) -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.sandbox.faults.add(broken)
    result = world.save(review)
    assert result.outcome is outcome
    assert world.received("PUT") == puts
    assert world.custom_raw("last_name") == ("Miller" if is_saved else "Millar")
    assert world.journal()[0].outcome is outcome
    if outcome is not Outcome.VERIFIED:
        assert result.record.detail or result.differences or result.error


@pytest.mark.parametrize("body", list(SuccessBody))
@pytest.mark.parametrize("status", [200, 201])
def test_whatever_a_success_carries_the_record_is_read(
    world: "World", body: SuccessBody, status: int
) -> None:
    world.sandbox.platform.success_body = body
    world.sandbox.platform.update_status = status
    result = world.save(world.edit({"last_name": "Miller"}))
    assert result.outcome is Outcome.VERIFIED
    assert result.person is not None
    assert result.person.custom_fields.get("first_name") == "Steve"


def test_a_platform_that_is_slow_to_show_a_change_is_read_twice(world: "World") -> None:
    world.sandbox.faults.add(
        Fault(FaultKind.CHANGED_VALUE, method="PUT", field="last_name", change=Change.DROP)
    )
    review = world.review(world.edit({"last_name": "Miller"}))
    steve = world.sandbox.platform.people.by_external_id("EXT542342")
    assert steve is not None
    readings = world.received("GET")

    async def show_late() -> None:
        while world.received("GET") < readings + 2:  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0)
        steve.custom_fields["last_name"] = "Miller"

    async def work() -> SaveResult:
        showing = asyncio.ensure_future(show_late())
        pauses = Pauses(second_reading=0.2)
        result = await save(world.client, world.desk.journal, review, AUTHOR, pauses=pauses)
        await showing
        return result

    assert world.run(work()).outcome is Outcome.VERIFIED
    assert world.received("GET") == readings + 3


READING_BACK = [
    fault(FaultKind.DROP_BEFORE, method="GET"),
    fault(FaultKind.STATUS, method="GET", status=503),
    fault(FaultKind.STATUS, method="GET", status=404),
    fault(FaultKind.TRUNCATED_JSON, method="GET"),
    fault(FaultKind.STATUS, method="GET", status=401),
]


@pytest.mark.parametrize("broken", READING_BACK, ids=told)
def test_a_change_that_can_not_be_read_back_is_unknown_and_resolved_later(
    world: "World", broken: Fault
) -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.sandbox.faults.add(replace(broken, skip=1))  # one reading before the sending
    result = world.save(review)
    assert result.outcome is Outcome.UNKNOWN
    assert result.error is not None
    assert world.received("PUT") == 1
    world.sandbox.faults.clear()
    world.client.resume()
    resolved = world.run(resolve_open(world.client, world.desk.journal, result.record))
    assert resolved.outcome is Outcome.VERIFIED
    assert world.journal()[0].outcome is Outcome.VERIFIED


def test_an_unanswered_change_that_can_not_be_read_is_unknown_and_not_repeated(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.sandbox.faults.add(fault(FaultKind.DROP_BEFORE))
    world.sandbox.faults.add(fault(FaultKind.DROP_BEFORE, method="GET", skip=1))
    result = world.save(review)
    assert result.outcome is Outcome.UNKNOWN
    assert world.received("PUT") == 1
    world.sandbox.faults.clear()
    resolved = world.run(resolve_open(world.client, world.desk.journal, result.record))
    assert resolved.outcome is Outcome.NOT_SAVED
    assert world.received("PUT") == 1


def test_a_reading_that_fails_sends_nothing(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, method="GET", status=503))
    with pytest.raises(VibesDesktopError):
        world.save(review)
    assert world.received("PUT") == 0
    assert world.journal() == ()


def test_nothing_is_sent_again_once_somebody_else_wrote_the_field(far_world: "World", line: "Line") -> None:
    theirs = {"custom_fields": {"last_name": "Theirs"}}
    review = far_world.review(far_world.edit({"last_name": "Miller"}))
    line.cut_request = 100
    line.meanwhile = lambda: far_world.raw("PUT", "/external/EXT542342", theirs)
    result = far_world.save(review)
    assert result.outcome is Outcome.UNKNOWN
    assert [(d.wanted, d.came) for d in result.differences] == [("Miller", "Theirs")]
    assert line.seen.count("PUT") == 1
    assert far_world.custom_raw("last_name") == "Theirs"


def test_a_connection_that_is_refused_is_not_saved(world: "World", connect: Callable[..., object]) -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.runtime.submit(world.sandbox.stop()).result(WAIT_SECONDS)
    with pytest.raises(VibesDesktopError):
        world.save(review)
    assert world.journal() == ()


def saved_over(far_world: "World", line: "Line", times: int, **cut: int) -> SaveResult:
    review = far_world.review(far_world.edit({"last_name": "Miller"}))
    line.seen.clear()
    line.times, line.cut_request, line.cut_answer = times, cut.get("request"), cut.get("answer")
    return far_world.save(review)


def check_every_byte(far_world: "World", line: "Line", positions: Callable[[int], list[int]]) -> None:
    """Break the line at each position, once and always; compare outcome, state, and what was repeated."""
    saved_over(far_world, line, 0)
    for part, length in (("request", line.request_bytes), ("answer", line.answer_bytes)):
        for at in positions(length):
            for times in (1, 9):
                far_world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Millar"}})
                result = saved_over(far_world, line, times, **{part: at})
                arrived = far_world.custom_raw("last_name") == "Miller"
                assert result.outcome is (Outcome.VERIFIED if arrived else Outcome.UNKNOWN), (part, at, times)
                assert arrived is (part == "answer" or times == 1)
                assert re.fullmatch(r"GET PUT GET( PUT GET)?", " ".join(line.seen)), (part, at, line.seen)
                assert line.seen.count("PUT") == (1 if part == "answer" else 2)
                assert far_world.desk.journal.record(result.record.id).outcome is result.outcome


def test_a_server_that_goes_at_some_bytes_of_a_save(far_world: "World", line: "Line") -> None:
    check_every_byte(far_world, line, lambda length: sorted({0, 1, 17, length // 2, length - 1}))


@pytest.mark.full
def test_a_server_that_goes_at_each_byte_of_a_save(far_world: "World", line: "Line") -> None:
    check_every_byte(far_world, line, lambda length: list(range(length)))


# stopping


def stopped_at(world: "World", step: SaveStep) -> "asyncio.Future[SaveResult] | SaveResult":
    """Save and stop when a step begins; the result, or what was raised."""
    review = world.review(world.edit({"last_name": "Miller"}))
    stop = Stop()

    def at(reached: SaveStep) -> None:
        if reached is step:
            stop.now()

    async def work() -> SaveResult:
        with stop.covering():
            return await save(world.client, world.desk.journal, review, AUTHOR, on_step=at)

    return world.run(work())


@pytest.mark.parametrize("step", [SaveStep.READING, SaveStep.WRITING_DOWN])
def test_stopped_before_sending_nothing_is_sent(world: "World", step: SaveStep) -> None:
    with pytest.raises(Cancelled):
        stopped_at(world, step)
    assert world.received("PUT") == 0
    assert all(record.outcome is Outcome.NOT_SAVED for record in world.journal())
    assert len(world.journal()) == (step is SaveStep.WRITING_DOWN)


def test_stopped_while_sending_the_outcome_is_found_out(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, method="PUT", applied=True))
    review = world.review(world.edit({"last_name": "Miller"}))
    stop = Stop()

    async def work() -> SaveResult:
        with stop.covering():
            return await save(world.client, world.desk.journal, review, AUTHOR)

    async def stop_when_received() -> SaveResult:
        saving = asyncio.ensure_future(work())
        await world.put_received()
        stop.now()
        return await saving

    result = world.run(stop_when_received())
    assert result.outcome is Outcome.VERIFIED
    assert world.received("PUT") == 1
    assert world.custom_raw("last_name") == "Miller"


def test_stopped_while_sending_what_did_not_arrive_is_not_sent_again(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, method="PUT"))
    review = world.review(world.edit({"last_name": "Miller"}))

    async def work() -> SaveResult:
        saving = asyncio.ensure_future(save(world.client, world.desk.journal, review, AUTHOR))
        await world.put_received()
        saving.cancel()
        return await saving

    result = world.run(work())
    assert result.outcome is Outcome.UNKNOWN
    assert result.record.detail
    assert world.received("PUT") == 1


def test_stopped_while_reading_back_it_is_unknown_and_resolved_later(world: "World") -> None:
    result = stopped_at(world, SaveStep.READING_BACK)
    assert isinstance(result, SaveResult)
    assert result.outcome is Outcome.UNKNOWN
    assert world.journal()[0].outcome is Outcome.UNKNOWN
    resolved = world.run(resolve_open(world.client, world.desk.journal, result.record))
    assert resolved.outcome is Outcome.VERIFIED


# the disk


def test_a_journal_that_can_not_be_written_sends_nothing(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    with sqlite3.connect(world.desk._database.path) as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'disk'); END")
    other.close()
    with pytest.raises(StorageError):
        world.save(review)
    assert world.received("PUT") == 0


def test_a_journal_that_fails_at_the_last_moment_sends_nothing(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    with sqlite3.connect(world.desk._database.path) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON changes WHEN NEW.outcome = 'sending'"
            " BEGIN SELECT RAISE(ABORT, 'disk'); END"
        )
    other.close()
    with pytest.raises(StorageError):
        world.save(review)
    assert world.received("PUT") == 0
    assert world.journal()[0].outcome is Outcome.NOT_SAVED


def test_an_outcome_that_can_not_be_written_is_still_told_and_resolved_later(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    with sqlite3.connect(world.desk._database.path) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON changes WHEN NEW.outcome = 'verified'"
            " BEGIN SELECT RAISE(ABORT, 'disk'); END"
        )
    other.close()
    result = world.save(review)
    assert result.outcome is Outcome.VERIFIED
    assert result.journal_error is not None
    (record,) = world.desk.journal.open_records(ProfileId("profile"))
    assert record.outcome is Outcome.SENDING
    with sqlite3.connect(world.desk._database.path) as other:
        other.execute("DROP TRIGGER full")
    other.close()
    resolved = world.run(resolve_open(world.client, world.desk.journal, record))
    assert resolved.outcome is Outcome.VERIFIED


def test_a_read_only_store_sends_nothing(world: "World", desk: Desk) -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    desk.close()
    with pytest.raises(StorageError):
        world.save(review)
    assert world.received("PUT") == 0


def test_an_edit_of_a_record_without_any_id_is_refused(world: "World") -> None:
    edit = PersonEdit(Person(obj(custom_fields=obj(a="x"))), world.client.account.api_version)
    with pytest.raises(InvalidInput) as refused:
        world.review(edit.set(FieldRef("a"), "y"))
    assert "can't be changed" in refused.value.title
