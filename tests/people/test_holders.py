"""Who has a number, and what is not known about them."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import NotFound
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.people.holders import holder, holders_of, list_words, names_of_lists, read_subscriptions
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import SHARED_MDN

if TYPE_CHECKING:
    from tests.people.conftest import World


def test_everybody_with_the_number_comes_with_their_subscriptions(world: "World") -> None:
    platform = world.sandbox.platform
    platform.subscriptions.subscribe(platform.people.by_mdn(SHARED_MDN)[1], "SL1001")
    found = world.run(holders_of(world.client, SHARED_MDN))
    assert all(each.trouble is None for each in found)
    assert [bool(each.active) for each in found] == [False, True, False]


def test_nobody_is_an_empty_answer(world: "World") -> None:
    assert world.run(holders_of(world.client, "+13125550199")) == ()


def test_a_failed_reading_is_trouble_and_not_an_empty_list(world: "World") -> None:
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="/subscriptions"))
    for each in world.run(holders_of(world.client, SHARED_MDN)):
        assert each.trouble is not None
        assert each.active == ()


def test_a_record_without_any_id_has_trouble(world: "World") -> None:
    assert world.run(holder(world.client, Person(obj()))).trouble is not None
    with pytest.raises(NotFound):
        world.run(read_subscriptions(world.client, Person(obj())))


def test_lists_have_their_ids_for_names_where_these_can_not_be_read(world: "World") -> None:
    assert world.run(names_of_lists(world.client))["SL1001"] == "Weekly deals"
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=403, pattern="subscription_lists"))
    names = world.run(names_of_lists(world.client))
    assert names == {}
    assert list_words("SL1001", names) == "List SL1001"
    assert list_words(None, names) == "A list without an ID"
