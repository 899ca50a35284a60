from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.commands import Command, CommandRegistry, DuplicateShortcutError

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    """Return an active window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_key_runs_its_command_while_it_is_enabled(owner: QWidget) -> None:
    runs: list[str] = []
    allowed = [True]
    registry = CommandRegistry()
    registry.add(Command("a", "Refresh", lambda: runs.append("a"), "F5", enabled=lambda: allowed[0]), owner)
    QTest.keyClick(owner, Qt.Key.Key_F5)
    allowed[0] = False
    QTest.keyClick(owner, Qt.Key.Key_F5)
    assert runs == ["a"]


def test_return_means_the_enter_of_the_keypad_too(owner: QWidget) -> None:
    runs: list[str] = []
    CommandRegistry().add(Command("a", "Review", lambda: runs.append("a"), "Ctrl+Return"), owner)
    QTest.keyClick(owner, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(owner, Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    assert runs == ["a", "a"]


def test_a_key_works_only_where_its_owner_is_in_view(owner: QWidget) -> None:
    runs: list[str] = []
    pages = [QWidget(), QWidget()]
    column = QVBoxLayout(owner)
    registry = CommandRegistry()
    for number, page in enumerate(pages):
        column.addWidget(page)
        page.hide()
        registry.add(
            Command(str(number), "Act", partial(runs.append, str(number)), "F6", page=str(number)), page
        )
    pages[1].show()
    QTest.keyClick(owner, Qt.Key.Key_F6)
    assert runs == ["1"]


def test_two_commands_cannot_have_one_key(owner: QWidget) -> None:
    registry = CommandRegistry()
    registry.add(Command("a", "Find", lambda: None, "Ctrl+F", page="people"), owner)
    registry.add(Command("b", "Find", lambda: None, "Ctrl+F", page="history"), owner)
    for page in ("people", None):
        with pytest.raises(DuplicateShortcutError):
            registry.add(Command("c", "Filter", lambda: None, "Ctrl+F", page=page), owner)
    with pytest.raises(DuplicateShortcutError):
        registry.add(Command("a", "Other", lambda: None), owner)


def test_a_group_takes_the_place_of_the_one_before(owner: QWidget) -> None:
    runs: list[str] = []
    registry = CommandRegistry()
    registry.add(Command("fixed", "Fixed", lambda: None), owner)
    registry.set_group("profiles", [Command("p1", "One", lambda: runs.append("p1"), "F7")], owner)
    registry.set_group("profiles", [Command("p2", "Two", lambda: runs.append("p2"), "F7")], owner)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.keyClick(owner, Qt.Key.Key_F7)
    assert runs == ["p2"]
    assert [command.id for command in registry.commands] == ["fixed", "p2"]
    assert registry.command("p2").title == "Two"
    with pytest.raises(KeyError):
        registry.command("p1")


def test_matching_offers_what_can_run_best_first(owner: QWidget) -> None:
    registry = CommandRegistry()
    for command in (
        Command("1", "Show history", lambda: None),
        Command("2", "Go to History", lambda: None),
        Command("3", "History: export", lambda: None, page="history"),
        Command("4", "History: clear", lambda: None, enabled=lambda: False),
        Command("5", "History: hidden", lambda: None, listed=False),
    ):
        registry.add(command, owner)
    assert [command.id for command in registry.matching("hist")] == ["3", "1", "2"]
    assert [command.id for command in registry.matching("", page="history")] == ["3", "1", "2"]
    assert registry.matching("zzz") == []
