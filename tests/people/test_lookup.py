"""Looking up against the sandbox: parallel, merged, several, none, failures."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import (
    BadRequest,
    InvalidInput,
    ServerTrouble,
    Unauthorized,
    Unprocessable,
    VibesDesktopError,
)
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.lookup import Found, LookupResult, NothingFound, Several, look_up
from vibes_desktop.people.recognise import recognise
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import DEMO_PERSON_KEY, ODD_EXTERNAL_IDS, SHARED_MDN
from vibes_desktop.sandbox.platform import MdnShape, NobodyFound
from vibes_desktop.vibes.client import VibesClient

if TYPE_CHECKING:
    from tests.people.conftest import World


def find(world: "World", text: str, forced: IdentifierKind | None = None) -> LookupResult:
    return world.run(look_up(world.client, recognise(text, "US", forced)))


@pytest.mark.parametrize(
    "text",
    [
        "EXT542342",
        DEMO_PERSON_KEY,
        DEMO_PERSON_KEY.upper(),
        "987654",
        "(206) 555-0143",
        "2065550143 ",
        "External ID: EXT542342",
        f"https://x.example/companies/demo-retail/mobiledb/persons/{DEMO_PERSON_KEY}/subscriptions",
        '{"person": {"person_id": "987654"}, "callback_type": "person_updated"}',
    ],
)
def test_a_person_is_found_by_whatever_was_pasted(world: "World", text: str) -> None:
    world.sandbox.platform.people.by_external_id("2065550143")
    result = find(world, text)
    people = result.people if isinstance(result, Several) else (result,)
    assert any(isinstance(each, Found) and each.person.person_key == DEMO_PERSON_KEY for each in people)


@pytest.mark.parametrize("external_id", ODD_EXTERNAL_IDS)
def test_odd_external_ids_are_found(world: "World", external_id: str) -> None:
    result = find(world, external_id, IdentifierKind.EXTERNAL_ID)
    assert isinstance(result, Found)
    assert result.person.external_person_id == external_id


def test_one_person_found_in_two_ways_is_one(world: "World") -> None:
    world.raw("PUT", "/external/EXT542342", {"external_person_id": "987654"})
    result = find(world, "987654")
    assert isinstance(result, Found)
    assert result.by == Identifier(IdentifierKind.EXTERNAL_ID, "987654")
    assert result.notes == ()


def test_different_people_found_in_different_ways_are_several(world: "World") -> None:
    result = find(world, "2065550143")  # Steve's number, and somebody's external ID
    assert isinstance(result, Several)
    assert [each.by.kind for each in result.people] == [IdentifierKind.MDN, IdentifierKind.EXTERNAL_ID]
    assert result.people[0].person.person_key == DEMO_PERSON_KEY


def test_several_people_with_one_number_are_a_choice(world: "World") -> None:
    result = find(world, SHARED_MDN)
    assert isinstance(result, Several)
    assert len(result.people) == 3
    assert {each.person.mdn for each in result.people} == {SHARED_MDN}


@pytest.mark.parametrize("shape", list(MdnShape))
def test_a_number_answers_as_object_or_array(world: "World", shape: MdnShape) -> None:
    world.sandbox.platform.mdn_shape = shape
    assert isinstance(find(world, "+1 206 555 0143"), Found)


@pytest.mark.parametrize("nobody", list(NobodyFound))
def test_nobody_is_told_with_what_was_tried(world: "World", nobody: NobodyFound) -> None:
    world.sandbox.platform.nobody_found = nobody
    result = find(world, "3125550143")
    assert result == NothingFound(
        (
            Identifier(IdentifierKind.MDN, "+13125550143"),
            Identifier(IdentifierKind.EXTERNAL_ID, "3125550143"),
            Identifier(IdentifierKind.PERSON_ID, "3125550143"),
        )
    )


def test_the_candidates_are_asked_at_the_same_time(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, method="GET"))

    async def all_asked() -> None:
        looking = asyncio.ensure_future(look_up(world.client, recognise("3125550143", "US")))
        while world.received("GET") < 3:  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0)
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking

    world.run(all_asked())


def test_what_speaks_of_one_person_is_asked_in_order_and_no_further(world: "World") -> None:
    text = '{"person_key": "nobody", "external_person_id": "EXT542342", "mobile_phone": {"mdn": "%s"}}'
    result = find(world, text % SHARED_MDN)
    assert isinstance(result, Found)
    assert result.by == Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342")
    assert world.received("GET") == 2


def test_a_failure_beside_a_find_is_a_note(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, pattern=r"persons\?mdn=", status=503))
    result = find(world, "2065550143")
    assert isinstance(result, Found)
    assert result.by.kind is IdentifierKind.EXTERNAL_ID
    assert len(result.notes) == 1
    assert "mobile number" in result.notes[0]


def test_a_failure_with_nobody_found_is_raised(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, pattern=r"persons\?mdn=", status=503))
    with pytest.raises(ServerTrouble):
        find(world, "3125550143")


def test_a_wrong_guess_is_no_failure(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, pattern=r"persons/312", status=422))
    result = find(world, "3125550143")
    assert isinstance(result, NothingFound)
    assert [each.kind for each in result.tried] == [IdentifierKind.MDN, IdentifierKind.EXTERNAL_ID]
    assert "Person ID" in result.notes[0] or "person id" in result.notes[0]


def test_a_lone_refusal_is_raised(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=400))
    with pytest.raises(BadRequest):
        find(world, "+1 312 555 0143")


def test_a_number_version_1_can_not_carry_is_said(
    connect: Callable[..., VibesClient], world: "World"
) -> None:
    world.client = connect(version=ApiVersion.V1)
    assert isinstance(find(world, "206-555-0143", IdentifierKind.MDN), Found)
    with pytest.raises(InvalidInput):
        find(world, "+44 7700 900123")


def test_a_person_whose_number_version_1_can_not_show_is_not_nobody(
    connect: Callable[..., VibesClient], world: "World"
) -> None:
    abroad = next(iter(world.sandbox.platform.people))
    world.sandbox.platform.people.set_phone(abroad, "+447700900199")
    world.client = connect(version=ApiVersion.V1)
    with pytest.raises(Unprocessable) as refused:
        find(world, abroad.person_key)
    assert "Version 2" in refused.value.advice


def test_a_sign_in_refused_is_raised_whatever_else_was_found(
    connect: Callable[..., VibesClient], world: "World"
) -> None:
    world.client = connect(password="wrong")
    with pytest.raises(Unauthorized):
        find(world, "2065550143")
    with pytest.raises(Unauthorized):
        find(world, '{"person_key": "a", "external_person_id": "b"}')
    assert world.client.is_stopped


FAULTS = [
    Fault(FaultKind.DROP_AT_HEAD),
    Fault(FaultKind.DROP_BEFORE),
    Fault(FaultKind.DROP_AFTER),
    Fault(FaultKind.CUT, at_byte=0),
    Fault(FaultKind.CUT, at_byte=300),
    Fault(FaultKind.TRUNCATED_JSON),
    Fault(FaultKind.WRONG_CHARSET),
    Fault(FaultKind.OVERSIZED),
    Fault(FaultKind.OVERSIZED, gzip=True),
    Fault(FaultKind.REDIRECT),
    *(Fault(FaultKind.STATUS, status=status) for status in (400, 403, 409, 422, 429, 500, 502, 503)),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind.value} {fault.status}")
def test_a_fault_that_stays_is_an_error_with_words(world: "World", fault: Fault) -> None:
    world.sandbox.faults.add(fault)
    with pytest.raises(VibesDesktopError) as failed:
        find(world, "EXT542342", IdentifierKind.EXTERNAL_ID)
    assert failed.value.title
    assert failed.value.advice


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.DROP_BEFORE, times=2),
        Fault(FaultKind.CUT, at_byte=200, times=2),
        Fault(FaultKind.STATUS, status=503, times=3),
        Fault(FaultKind.STATUS, status=429, retry_after=0, times=2),
        Fault(FaultKind.LATENCY, seconds=0.05),
    ],
    ids=lambda fault: fault.kind.value,
)
def test_a_fault_that_passes_goes_unnoticed(world: "World", fault: Fault) -> None:
    world.sandbox.faults.add(fault)
    assert isinstance(find(world, "EXT542342", IdentifierKind.EXTERNAL_ID), Found)
