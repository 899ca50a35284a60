from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from vibes_desktop.model.fields import EXTERNAL_ID, FieldKind, FieldRef
from vibes_desktop.people.edit import FieldState
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import LineEditor
from vibes_desktop.ui.people.field_menu import CLEAR_WORDS, FieldActs, menu_for
from vibes_desktop.ui.people.field_row import FieldRow, Plan, custom_row, fits_kind, plan_of
from vibes_desktop.ui.people.field_view import view_of

Shown = Callable[[QWidget], QWidget]
MenuOf = Callable[[FieldRef], QMenu]
EDIT_JSON, SHOW_JSON = "Edit as JSON…", "Show as JSON…"


@pytest.fixture
def done() -> list[object]:
    """Return what the menu did."""
    return []


@pytest.fixture
def menu_of(edit_desk: EditDesk, done: list[object], shown: Shown) -> MenuOf:
    """Return a function that makes the menu of a field."""
    window = shown(QWidget())
    acts = FieldActs(
        copy=lambda row: done.append(("copy", row.name)),
        reveal=lambda row: edit_desk.reveal(row.name),
        edit_json=lambda row: done.append(("json", row.name)),
        set_kind=lambda row, kind: done.append((kind, row.name)),
        fits=lambda row, kind: fits_kind(kind, view_of(edit_desk.edit, row.name), None),
    )

    def make(name: FieldRef) -> QMenu:
        view = view_of(edit_desk.edit, name)
        if name.is_custom:
            row = custom_row(name, plan_of(None, view), edit_desk, window)
        else:
            editor = LineEditor(name.name, FieldKind.TEXT)
            row = FieldRow(name, name.name, Plan(FieldKind.TEXT), editor, edit_desk, parent=window)
        row.refresh(view)
        return menu_for(row, edit_desk, acts, window)

    return make


def actions(menu: QMenu) -> dict[str, QAction]:
    """Return the menu's actions by their words, without the keys."""
    return {action.text().split("\t")[0]: action for action in menu.actions() if not action.isSeparator()}


def kinds(menu: QMenu) -> dict[str, QAction]:
    """Return the actions of the menu of kinds."""
    submenu = actions(menu)["Kind"].menu()
    assert isinstance(submenu, QMenu)
    return actions(submenu)


def test_a_field_is_cleared_and_reverted_where_that_does_something(
    menu_of: MenuOf, edit_desk: EditDesk
) -> None:
    name = FieldRef("is_member")
    found = actions(menu_of(name))
    assert found[CLEAR_WORDS].isEnabled()
    assert not found["Revert"].isEnabled()
    found[CLEAR_WORDS].trigger()
    assert edit_desk.edit.state(name) is FieldState.CLEARED
    found = actions(menu_of(name))
    assert not found[CLEAR_WORDS].isEnabled()
    assert not found["Copy the value"].isEnabled()
    found["Revert"].trigger()
    assert not edit_desk.edit.is_changed


def test_keys_are_shown_and_stay_the_commands_own(menu_of: MenuOf) -> None:
    found = actions(menu_of(FieldRef("points")))
    assert found[CLEAR_WORDS].text().endswith("\tAlt+Del")
    assert found["Revert"].text().endswith("\tAlt+Backspace")
    assert found[EDIT_JSON].text().endswith("\tAlt+J")
    assert found[CLEAR_WORDS].shortcut().isEmpty()


def test_the_rest_is_done_with_the_row(menu_of: MenuOf, done: list[object]) -> None:
    name = FieldRef("first_name")
    menu = menu_of(name)
    actions(menu)["Copy the value"].trigger()
    actions(menu)[EDIT_JSON].trigger()
    kinds(menu)["JSON"].trigger()
    assert done == [("copy", name), ("json", name), (FieldKind.JSON, name)]


def test_only_kinds_that_fit_can_be_chosen_and_the_present_one_is_ticked(menu_of: MenuOf) -> None:
    found = kinds(menu_of(FieldRef("points")))
    assert [words for words, action in found.items() if action.isChecked()] == ["Number"]
    enabled = [words for words, action in found.items() if action.isEnabled()]
    assert enabled == ["Number", "JSON", "As learned from what was seen"]
    unknown = kinds(menu_of(FieldRef("nothing")))
    assert not any(action.isChecked() for action in unknown.values())


def test_a_line_keeps_the_commands_of_its_text_and_the_platforms_own_field_has_no_kind(
    menu_of: MenuOf,
) -> None:
    menu = menu_of(EXTERNAL_ID)
    assert any("Copy" in words and words != "Copy the value" for words in actions(menu))
    assert CLEAR_WORDS in actions(menu)
    assert not {EDIT_JSON, SHOW_JSON, "Kind"} & set(actions(menu))


def test_a_locked_record_can_be_looked_at_only(menu_of: MenuOf, edit_desk: EditDesk) -> None:
    edit_desk.set(FieldRef("points"), None)
    edit_desk.set_locked(True)
    found = actions(menu_of(FieldRef("points")))
    assert not found[CLEAR_WORDS].isEnabled()
    assert not found["Revert"].isEnabled()
    assert SHOW_JSON in found
    assert actions(menu_of(FieldRef("is_member")))["Copy the value"].isEnabled()


def test_it_is_named_with_all_of_the_name(menu_of: MenuOf) -> None:
    assert menu_of(FieldRef("first\u202ename")).accessibleName() == "Field first⟨U+202E⟩name"
