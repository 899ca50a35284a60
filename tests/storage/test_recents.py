"""Recent people come newest first, in each profile for itself."""

from datetime import datetime, timedelta

import pytest

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.recents import KEPT_PER_PROFILE, Recents

MAIN, OTHER = ProfileId("main"), ProfileId("other")


@pytest.fixture
def recents(desk: Desk) -> Recents:
    """The recents of an open desk."""
    return desk.recents


def person(name: object) -> Identifier:
    """Name somebody."""
    return Identifier(IdentifierKind.EXTERNAL_ID, str(name))


def test_the_last_touched_is_the_first(recents: Recents, now: datetime) -> None:
    for name in ("a", "b", "c", "a"):
        recents.touch(MAIN, person(name), now=now)
    assert recents.list(MAIN) == (person("a"), person("c"), person("b"))
    assert recents.list(MAIN, limit=1) == (person("a"),)
    assert recents.list(OTHER) == ()


def test_the_same_text_of_another_kind_is_somebody_else(recents: Recents) -> None:
    key = Identifier(IdentifierKind.PERSON_KEY, "a")
    recents.touch(MAIN, person("a"))
    recents.touch(MAIN, key)
    assert recents.list(MAIN) == (key, person("a"))


def test_only_so_many_are_kept_in_each_profile(recents: Recents) -> None:
    recents.touch(OTHER, person("other"))
    for number in range(KEPT_PER_PROFILE + 5):
        recents.touch(MAIN, person(number))
    kept = recents.list(MAIN, limit=1000)
    assert len(kept) == KEPT_PER_PROFILE
    assert (kept[0], kept[-1]) == (person(KEPT_PER_PROFILE + 4), person(5))
    assert recents.list(OTHER) == (person("other"),)


def test_a_profile_is_cleared_alone(recents: Recents) -> None:
    recents.touch(MAIN, person("a"))
    recents.touch(OTHER, person("a"))
    recents.clear(MAIN)
    assert (recents.list(MAIN), recents.list(OTHER)) == ((), (person("a"),))


def test_a_person_is_forgotten_in_every_profile(recents: Recents) -> None:
    number = Identifier(IdentifierKind.MDN, "+13125550143")
    recents.touch(MAIN, number)
    recents.touch(OTHER, person("a"))
    recents.touch(MAIN, person("b"))
    assert recents.forget([person("a"), Identifier(IdentifierKind.MDN, "3125550143")]) == 2
    assert (recents.list(MAIN), recents.list(OTHER)) == ((person("b"),), ())


def test_old_ones_expire(recents: Recents, now: datetime) -> None:
    recents.touch(MAIN, person("old"), now=now)
    recents.touch(MAIN, person("new"), now=now + timedelta(seconds=2))
    assert recents.expire(now + timedelta(seconds=1)) == 1
    assert recents.list(MAIN) == (person("new"),)
