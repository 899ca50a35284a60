"""The bar: what is edited, what is wrong, what can be done."""

from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import EXTERNAL_ID, FieldRef
from vibes_desktop.model.jsonvalue import JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.ui.people.change_bar import LOCKED, NAMES_SHOWN, ChangeBar

PERSON = Person(obj(person_key="k", custom_fields=JsonObject((("a", "1"), ("b", "2")))))
EDIT = PersonEdit(PERSON, ApiVersion.V2)


def bar_with(qtbot: QtBot, edit: PersonEdit, *, is_locked: bool = False) -> ChangeBar:
    bar = ChangeBar()
    qtbot.addWidget(bar)
    bar.show_edit(edit, is_locked=is_locked)
    return bar


def test_nothing_edited_shows_nothing(qtbot: QtBot) -> None:
    assert bar_with(qtbot, EDIT).isHidden()


def test_edits_are_counted_and_named(qtbot: QtBot) -> None:
    bar = bar_with(qtbot, EDIT.set(FieldRef("a"), "x").clear(FieldRef("b")))
    assert bar.pill.text() == "2 changes"
    assert bar.names.full_text == "a, b"
    assert bar.review.isEnabled()
    assert bar.is_dirty


def test_many_names_end_in_a_count(qtbot: QtBot) -> None:
    edit = EDIT
    for number in range(NAMES_SHOWN + 3):
        edit = edit.set(FieldRef(f"f{number}"), "x")
    assert "3 more" in bar_with(qtbot, edit).names.full_text


def test_a_problem_is_said(qtbot: QtBot) -> None:
    bar = bar_with(qtbot, EDIT.set_unfinished(FieldRef("a"), "12x", "This is not a number."))
    assert bar.names.full_text == "a: This is not a number."
    assert bar.trouble.text() == "1 problem"


def test_a_person_to_be_added_can_be_given_up_before_anything_is_typed(qtbot: QtBot) -> None:
    bar = bar_with(qtbot, PersonEdit.of_new_person(ApiVersion.V2))
    assert not bar.isHidden()
    assert not bar.review.isEnabled()
    edit = PersonEdit.of_new_person(ApiVersion.V2).set(EXTERNAL_ID, "X")
    assert bar_with(qtbot, edit).review.text() == "Review and add"


def test_a_locked_profile_says_how_to_unlock_it(qtbot: QtBot) -> None:
    bar = bar_with(qtbot, EDIT, is_locked=True)
    assert bar.names.full_text.startswith(LOCKED)
    assert bar.review.isHidden()
    assert not bar.is_dirty


def test_hostile_names_are_shown_as_text(qtbot: QtBot) -> None:
    bar = bar_with(qtbot, EDIT.set(FieldRef("<b>x</b>\u202e"), "1"))
    assert "<b>x</b>" in bar.names.full_text
    assert "\u202e" not in bar.names.full_text
