"""The record's commands and its menu."""

import json
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from vibes_desktop.model.jsonvalue import JsonObject, parse
from vibes_desktop.model.person import Person
from vibes_desktop.ui.people.record_commands import (
    RecordActs,
    RecordStates,
    commands_of,
    copy_record,
    fill_menu,
)


def acts(done: list[str]) -> RecordActs:
    def act(name: str) -> Callable[[], object]:
        return lambda: done.append(name)

    names = ("refresh", "review", "discard", "escape", "undo_last", "forget", "add", "recents")
    more = ("clear_recents", "search", "side", "copied")
    return RecordActs(**{name: act(name) for name in (*names, *more)}, person=lambda: Person(JsonObject()))


def states(*, answer: bool) -> RecordStates:
    return RecordStates(*([lambda: answer] * 6))


def test_each_key_is_given_once_and_runs_its_act() -> None:
    done: list[str] = []
    commands = commands_of(acts(done), states(answer=True))
    keys = [command.shortcut for command in commands if command.shortcut]
    assert len(keys) == len(set(keys))
    by_key = {command.shortcut: command for command in commands}
    by_key["Ctrl+Return"].run()
    by_key["F5"].run()
    assert done == ["review", "refresh"]


def test_without_a_record_only_what_needs_none_is_offered() -> None:
    offered = {each.id for each in commands_of(acts([]), states(answer=False)) if each.enabled()}
    assert offered == {"people.search", "people.escape"}


def test_the_menu_offers_no_undo_on_a_locked_profile(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_menu(menu, acts([]), states(answer=False))
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions() if action.text()] == [False, True, True]


def test_the_record_is_copied_as_it_came(qapp: QApplication) -> None:
    raw = parse('{"visits": 1.10, "name": "<b>"}')
    assert isinstance(raw, JsonObject)
    done: list[str] = []
    copy_record(replace(acts(done), person=lambda: Person(raw)))
    assert done == ["copied"]
    copied = QApplication.clipboard().text()
    assert "1.10" in copied
    assert json.loads(copied) == {"visits": 1.1, "name": "<b>"}
