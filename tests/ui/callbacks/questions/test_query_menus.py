"""The menus at the end of the question's box."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from vibes_desktop.ui.callbacks.questions.query_menus import LENGTH, pop_up_commands, pop_up_questions
from vibes_desktop.ui.shell.commands import Command

Place = Callable[[QWidget], QWidget]


@pytest.fixture
def below(place: Place) -> QPushButton:
    made = QPushButton("Menu")
    place(made)
    return made


def menu_of(below: QWidget) -> QMenu:
    menu = below.findChild(QMenu)
    assert menu is not None
    return menu


def test_commands_are_offered_with_their_keys(below: QPushButton) -> None:
    ran: list[str] = []
    pop_up_commands(
        below,
        (
            Command("a", "Group & more", lambda: ran.append("a"), "Ctrl+G"),
            Command("b", "Not now", lambda: ran.append("b"), enabled=lambda: False),
        ),
    )
    first, second = menu_of(below).actions()
    assert first.text() == "Group && more\tCtrl G"
    assert not second.isEnabled()
    first.trigger()
    assert ran == ["a"]
    menu_of(below).close()


def test_the_newest_questions_are_offered_as_they_may_be_shown(below: QPushButton) -> None:
    asked: list[str] = []
    questions = [f"list:{number} &" for number in range(LENGTH + 3)]
    pop_up_questions(below, questions, str.upper, asked.append)
    actions = menu_of(below).actions()
    assert len(actions) == LENGTH
    assert actions[0].text() == "LIST:0 &&"
    actions[1].trigger()
    assert asked == ["list:1 &"]
    menu_of(below).close()


def test_without_questions_it_says_so(below: QPushButton) -> None:
    pop_up_questions(below, (), str, str)
    (action,) = menu_of(below).actions()
    assert (action.text(), action.isEnabled()) == ("Nothing was asked yet", False)
    menu_of(below).close()
