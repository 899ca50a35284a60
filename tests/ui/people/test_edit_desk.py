from __future__ import annotations

import pytest

from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import FieldState, PersonEdit, Unfinished
from vibes_desktop.ui.people.edit_desk import EditDesk

FIRST_NAME = FieldRef("first_name")
POINTS = FieldRef("points")


@pytest.fixture
def told(edit_desk: EditDesk) -> list[FieldRef | None]:
    """Return the fields that the desk told of."""
    names: list[FieldRef | None] = []
    edit_desk.changed.connect(names.append)
    return names


def test_tells_which_field_was_edited(edit_desk: EditDesk, told: list[FieldRef | None]) -> None:
    edit_desk.set(FIRST_NAME, "Stephen")
    edit_desk.set_unfinished(POINTS, "12,", "Not a number.")
    assert told == [FIRST_NAME, POINTS]
    assert edit_desk.edit.value(FIRST_NAME) == "Stephen"
    assert isinstance(edit_desk.edit.value(POINTS), Unfinished)


def test_says_nothing_of_an_edit_that_changes_nothing(
    edit_desk: EditDesk, told: list[FieldRef | None]
) -> None:
    edit_desk.set(FIRST_NAME, "Steve")
    edit_desk.revert(POINTS)
    assert told == []


def test_goes_back_field_by_field_or_all_at_once(edit_desk: EditDesk, told: list[FieldRef | None]) -> None:
    edit_desk.set(FIRST_NAME, "Stephen")
    edit_desk.set(POINTS, None)
    edit_desk.revert(FIRST_NAME)
    assert edit_desk.edit.state(FIRST_NAME) is FieldState.UNTOUCHED
    assert edit_desk.edit.state(POINTS) is FieldState.CLEARED
    edit_desk.revert_all()
    assert not edit_desk.edit.is_changed
    assert told == [FIRST_NAME, POINTS, FIRST_NAME, None]


def test_a_locked_desk_takes_no_edit_and_can_still_be_given_another_record(
    edit_desk: EditDesk, told: list[FieldRef | None], person: Person
) -> None:
    locks: list[bool] = []
    edit_desk.lock_changed.connect(lambda: locks.append(edit_desk.is_locked))
    edit_desk.set_locked(True)
    edit_desk.set_locked(True)
    edit_desk.set(FIRST_NAME, "Stephen")
    edit_desk.set_unfinished(POINTS, "12,", "Not a number.")
    assert told == []
    assert not edit_desk.edit.is_changed
    other = PersonEdit(person, ApiVersion.V1)
    edit_desk.lay_down(other)
    assert edit_desk.edit is other
    assert told == [None]
    edit_desk.set_locked(False)
    edit_desk.set(FIRST_NAME, "Stephen")
    assert edit_desk.edit.value(FIRST_NAME) == "Stephen"
    assert locks == [True, False]
