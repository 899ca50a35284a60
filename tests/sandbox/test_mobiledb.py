"""What can only be done to the mobile database directly."""

from random import Random

import pytest

from vibes_desktop.sandbox.mobiledb import new_key
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.platform import Platform


@pytest.mark.parametrize(
    "taken",
    [
        PersonRecord("c5235a10-e243-42d7-979c-7f6234a21b60", "new"),
        PersonRecord("new", "987654"),
        PersonRecord("new", "new", "EXT542342"),
    ],
)
def test_a_taken_identifier_is_not_stored_twice(taken: PersonRecord) -> None:
    people = Platform(people=3).people
    with pytest.raises(ValueError, match="taken"):
        people.insert(taken)
    assert len(people) == 3


def test_a_new_key_looks_like_a_uuid() -> None:
    random = Random(1)
    keys = {new_key(random) for _ in range(100)}
    assert len(keys) == 100
    assert {tuple(len(part) for part in key.split("-")) for key in keys} == {(8, 4, 4, 4, 12)}
