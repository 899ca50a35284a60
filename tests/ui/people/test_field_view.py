from __future__ import annotations

from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.jsonvalue import JsonNumber
from vibes_desktop.people.edit import FieldState, Unfinished
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_view import FieldView, is_set, view_of, views_of

FIRST_NAME, POINTS, NEW = FieldRef("first_name"), FieldRef("points"), FieldRef("new_one")


def test_views_tell_what_was_opened_and_what_stands_there_now(edit_desk: EditDesk) -> None:
    edit_desk.set(FIRST_NAME, None)
    edit_desk.set_unfinished(POINTS, "12,", "Not a number.")
    edit_desk.set(NEW, "x")
    views = views_of(edit_desk.edit, [FIRST_NAME, POINTS, NEW, EXTERNAL_ID])
    assert views[FIRST_NAME] == FieldView("Steve", None, FieldState.CLEARED)
    assert views[POINTS] == FieldView(
        JsonNumber("12.50"), Unfinished("12,", "Not a number."), FieldState.SET, problem="Not a number."
    )
    assert views[NEW] == FieldView(ABSENT, "x", FieldState.SET)
    assert views[EXTERNAL_ID] == FieldView("EXT1", "EXT1", FieldState.UNTOUCHED)


def test_one_view_is_the_same_as_among_many(edit_desk: EditDesk) -> None:
    edit_desk.set(FIRST_NAME, "")
    names = [*edit_desk.edit.fields, FieldRef("unknown")]
    assert {name: view_of(edit_desk.edit, name) for name in names} == views_of(edit_desk.edit, names)


def test_a_number_has_the_problem_that_it_cannot_be_changed(edit_desk: EditDesk) -> None:
    edit_desk.set(MOBILE, "+13125550199")
    assert view_of(edit_desk.edit, MOBILE).problem is not None


def test_values_do_not_show_in_a_repr(edit_desk: EditDesk) -> None:
    edit_desk.set(FIRST_NAME, "Secretive")
    assert "Steve" not in repr(view_of(edit_desk.edit, FIRST_NAME))
    assert "Secretive" not in repr(view_of(edit_desk.edit, FIRST_NAME))


def test_blank_false_and_unfinished_are_set() -> None:
    assert all(is_set(value) for value in ("", False, Unfinished("", "")))
    assert not is_set(None)
    assert not is_set(ABSENT)
