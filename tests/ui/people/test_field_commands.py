from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import EXTERNAL_ID, FieldKind, FieldRef, FieldSpec
from vibes_desktop.people.edit import FieldState, Unfinished
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.runtime import Runtime
from vibes_desktop.ui.people.add_field_sheet import AddFieldSheet
from vibes_desktop.ui.people.field_commands import FIRST_PROBLEM
from vibes_desktop.ui.people.json_editor import JsonEditor
from vibes_desktop.ui.people.json_sheet import JsonSheet, JsonView
from vibes_desktop.ui.people.page import PeoplePage
from vibes_desktop.ui.shell.commands import Command

OpenPerson = Callable[..., PeoplePage]
WAIT_SECONDS = 30.0


@pytest.fixture
def steve(open_person: OpenPerson, qtbot: QtBot) -> PeoplePage:
    """Return the page with the demo person's record and all its rows."""
    page = open_person()
    qtbot.waitUntil(lambda: page.record.custom.is_complete)
    return page


def command(page: PeoplePage, command_id: str) -> Command:
    """Find a command of the page."""
    return next(each for each in page.commands() if each.id == command_id)


def text_field(page: PeoplePage) -> FieldRef:
    """Find a custom field with a text in it."""
    return next(row.name for row in page.record.custom.rows if row.plan.kind is FieldKind.TEXT)


def enter(page: PeoplePage, name: FieldRef) -> QWidget:
    """Put the cursor into a field."""
    page.record.focus_field(name)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_without_a_cursor_in_a_field_there_is_nothing_to_act_on(steve: PeoplePage) -> None:
    steve.search.edit.setFocus()
    ids = ["field.clear", "field.revert", "field.copy", "field.json", "field.menu", "field.kind.json"]
    assert [each for each in ids if command(steve, each).enabled()] == []
    for each in ids:
        command(steve, each).run()
    assert not steve.desk.edit.is_changed
    assert QApplication.activeModalWidget() is None


def test_the_field_with_the_cursor_is_cleared_and_reverted(steve: PeoplePage) -> None:
    name = text_field(steve)
    enter(steve, name)
    assert command(steve, "field.clear").enabled()
    command(steve, "field.clear").run()
    assert steve.desk.edit.state(name) is FieldState.CLEARED
    command(steve, "field.revert").run()
    assert not steve.desk.edit.is_changed


def test_a_locked_record_is_not_cleared_and_can_be_copied(steve: PeoplePage) -> None:
    name = text_field(steve)
    value = steve.desk.edit.value(name)
    steve.set_locked(True)
    enter(steve, name)
    disabled = ["field.clear", "field.revert", "field.add"]
    assert not any(command(steve, each).enabled() for each in disabled)
    command(steve, "field.copy").run()
    assert QGuiApplication.clipboard().text() == value


def test_a_field_is_edited_as_json_and_gets_the_editor_that_shows_it(steve: PeoplePage, qtbot: QtBot) -> None:
    name = text_field(steve)
    enter(steve, name)
    command(steve, "field.json").run()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), JsonSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, JsonSheet)
    assert sheet.edit.toPlainText() == f'"{steve.desk.edit.value(name)}"'
    sheet.edit.setPlainText('{"a": true}')
    sheet.take.click()
    row = steve.record.custom.row_of(name)
    assert row is not None
    assert isinstance(row.editor, JsonEditor)
    assert steve.desk.edit.state(name) is FieldState.SET


def test_a_locked_field_is_shown_as_json(steve: PeoplePage, qtbot: QtBot) -> None:
    steve.set_locked(True)
    enter(steve, text_field(steve))
    command(steve, "field.json").run()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), JsonView))


def test_the_platforms_own_fields_have_neither_json_nor_kinds(steve: PeoplePage) -> None:
    enter(steve, EXTERNAL_ID)
    assert command(steve, "field.clear").enabled()
    assert not command(steve, "field.json").enabled()
    assert not command(steve, "field.kind.json").enabled()


def test_another_kind_is_kept_in_the_profile_and_shown_at_once(
    steve: PeoplePage, session: PeopleSession, runtime: Runtime, qtbot: QtBot
) -> None:
    name = text_field(steve)
    enter(steve, name)
    assert not command(steve, "field.kind.number").enabled()
    command(steve, "field.kind.json").run()
    rows = steve.record.custom
    qtbot.waitUntil(lambda: (row := rows.row_of(name)) is not None and isinstance(row.editor, JsonEditor))
    specs = runtime.submit(session.catalogue()).result(WAIT_SECONDS)
    assert [spec.kind for spec in specs if spec.name == name.name] == [FieldKind.JSON]
    row = rows.row_of(name)
    assert row is not None
    qtbot.waitUntil(lambda: row.has_focus)
    assert not steve.desk.edit.is_changed


def test_the_menu_opens_at_the_field_by_key(steve: PeoplePage, qtbot: QtBot) -> None:
    name = text_field(steve)
    enter(steve, name)
    command(steve, "field.menu").run()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.accessibleName() == f"Field {name}"
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_a_field_that_was_added_waits_for_a_value_with_the_cursor_in_it(
    steve: PeoplePage, qtbot: QtBot
) -> None:
    name = FieldRef("brand_new")
    command(steve, "field.add").run()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AddFieldSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, AddFieldSheet)
    assert sheet.name.findText(str(text_field(steve))) == -1
    sheet.name.setEditText(str(name))
    sheet.take.click()
    assert sheet.spec == FieldSpec("brand_new", FieldKind.TEXT, is_fixed=True)
    assert steve.desk.edit.value(name) == Unfinished("", FIRST_PROBLEM)
    row = steve.record.custom.row_of(name)
    assert row is not None
    qtbot.waitUntil(lambda: row.has_focus)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    QTest.keyClicks(focused, "x")
    assert steve.desk.edit.value(name) == "x"


def test_the_filter_is_reached_by_its_command(steve: PeoplePage) -> None:
    command(steve, "field.filter").run()
    assert steve.record.custom.filter.hasFocus()
