"""Where a change of number stands is what the platform says."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import Forbidden
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.number_change import NumberChange, NumberChangeId
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.number_standing import Offer, Position, Standing, find_position, offers_at
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.mobiledb import MobileDatabase
from vibes_desktop.sandbox.people import DEMO_MDN
from vibes_desktop.sandbox.persons import PersonRecord

if TYPE_CHECKING:
    from tests.people.conftest import World

STEVE = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
NEW, THIRD = "+12065550187", "+12065550188"


def change(old: str | None = DEMO_MDN, person: Identifier = STEVE) -> NumberChange:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return NumberChange(NumberChangeId(1), ProfileId("p"), person, "EXT542342", old, NEW, (), "me", "", now)


def nothing(people: MobileDatabase, steve: PersonRecord) -> None:
    """Leave it as it is."""


def no_number(people: MobileDatabase, steve: PersonRecord) -> None:
    people.set_phone(steve, None)


def new_number(people: MobileDatabase, steve: PersonRecord) -> None:
    people.set_phone(steve, NEW)


def third_number(people: MobileDatabase, steve: PersonRecord) -> None:
    people.set_phone(steve, THIRD)


def taken(people: MobileDatabase, steve: PersonRecord) -> None:
    people.set_phone(steve, None)
    other = next(each for each in people if each is not steve)
    people.set_phone(other, NEW)


def re_keyed(people: MobileDatabase, steve: PersonRecord) -> None:
    people.set_external_id(steve, "NEW-ID")


def swapped(people: MobileDatabase, steve: PersonRecord) -> None:
    people.set_external_id(steve, "NEW-ID")
    other = next(each for each in people if each is not steve)
    people.set_external_id(other, "EXT542342")


@pytest.mark.parametrize(
    ("prepare", "standing", "offers"),
    [
        (nothing, Standing.HAS_OLD, {Offer.GO_ON, Offer.LEAVE, Offer.LOOK_AGAIN}),
        (no_number, Standing.HAS_NONE, {Offer.GO_ON, Offer.RESTORE, Offer.LEAVE, Offer.LOOK_AGAIN}),
        (new_number, Standing.HAS_NEW, set()),
        (third_number, Standing.HAS_OTHER, {Offer.LEAVE, Offer.LOOK_AGAIN}),
        (taken, Standing.TAKEN, {Offer.RESTORE, Offer.LEAVE, Offer.LOOK_AGAIN}),
        (re_keyed, Standing.RE_KEYED, {Offer.LEAVE, Offer.LOOK_AGAIN}),
        (swapped, Standing.RE_KEYED, {Offer.LEAVE, Offer.LOOK_AGAIN}),
    ],
)
def test_each_standing_has_its_ways_on(
    world: "World",
    prepare: Callable[[MobileDatabase, PersonRecord], None],
    standing: Standing,
    offers: set[Offer],
) -> None:
    people = world.sandbox.platform.people
    steve = people.by_key(STEVE.value)
    assert steve is not None
    prepare(people, steve)
    position = world.run(find_position(world.client, change()))
    assert position.standing is standing
    assert offers_at(position, change()) == offers
    assert bool(position.others) is (standing is Standing.TAKEN)


def test_nobody_is_gone(world: "World") -> None:
    missing = Identifier(IdentifierKind.PERSON_KEY, "nobody")
    position = world.run(find_position(world.client, change(person=missing)))
    assert position == Position(Standing.GONE)


@pytest.mark.parametrize("standing", [Standing.HAS_NONE, Standing.TAKEN])
def test_who_had_no_number_has_none_to_be_restored(standing: Standing) -> None:
    assert Offer.RESTORE not in offers_at(Position(standing), change(old=None))


def test_a_failed_reading_is_raised(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403))
    with pytest.raises(Forbidden):
        world.run(find_position(world.client, change()))
