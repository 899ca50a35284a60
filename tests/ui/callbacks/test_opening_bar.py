"""The top bar's part of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.opening_bar import OpeningActions, OpeningBar


@pytest.fixture
def done() -> list[object]:
    return []


@pytest.fixture
def make(done: list[object], qtbot: QtBot) -> Callable[..., OpeningBar]:
    def bar(*, is_filled: bool, recent: Sequence[tuple[str, ...]] = ()) -> OpeningBar:
        actions = OpeningActions(
            open_files=lambda: done.append("files"),
            open_folder=lambda: done.append("folder"),
            add_files=lambda: done.append("add files"),
            add_folder=lambda: done.append("add folder"),
            paste=lambda: done.append("paste"),
            close=lambda: done.append("close"),
            choose_column=lambda: done.append("column"),
            can_choose_column=lambda: False,
            open_pile=done.append,
            recent=lambda: recent,
            is_filled=lambda: is_filled,
        )
        made = OpeningBar(actions)
        qtbot.addWidget(made)
        made.menu.aboutToShow.emit()
        return made

    return bar


def texts(bar: OpeningBar) -> list[str]:
    return [action.text() for action in bar.menu.actions() if not action.isSeparator()]


def test_the_button_opens(make: Callable[..., OpeningBar], done: list[object]) -> None:
    bar = make(is_filled=False)
    bar.open_button.click()
    assert done == ["files"]
    assert texts(bar) == ["Open files…", "Open a folder…", "Paste"]


def test_what_is_open_can_be_added_to_and_closed(make: Callable[..., OpeningBar], done: list[object]) -> None:
    bar = make(is_filled=True)
    assert texts(bar) == ["Open files…", "Open a folder…", "Add files…", "Add a folder…", "Paste", "Close"]
    for action in bar.menu.actions():
        action.trigger()
    assert done == ["files", "folder", "add files", "add folder", "paste", "close"]


def test_what_was_open_lately_is_in_the_menu(make: Callable[..., OpeningBar], done: list[object]) -> None:
    bar = make(is_filled=False, recent=[("/a/b&c.json",), ("/x", "/y")])
    assert texts(bar)[-2:] == ["b&&c.json", "x and 1 more"]
    bar.menu.actions()[-1].trigger()
    assert done == [("/x", "/y")]


def test_more_can_stand_beside_it(make: Callable[..., OpeningBar]) -> None:
    bar = make(is_filled=False)
    label = QLabel("listening")
    bar.add_widget(label)
    assert label.parentWidget() is bar
