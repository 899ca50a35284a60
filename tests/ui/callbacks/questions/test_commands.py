"""What one can do with a question from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions import commands
from vibes_desktop.ui.callbacks.questions.commands import question_commands
from vibes_desktop.ui.callbacks.questions.query_box import QueryBox
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import Command, CommandRegistry
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.shell.top_bar import ProfileActions
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

Open = Callable[[int], Viewer]
SHEETS = ["groups", "periods", "drift", "missing", "export", "help"]


@pytest.fixture
def page(viewer: Viewer, qtbot: QtBot) -> Iterator[Page]:
    made = Page(PageId.CALLBACKS, "Callbacks", Icon.CALLBACKS)
    qtbot.addWidget(made)
    QVBoxLayout(made).addWidget(QueryBox(viewer))
    made.resize(900, 600)
    made.show()
    yield made
    made.close()


def commands_of(viewer: Viewer, page: Page) -> dict[str, Command]:
    return {command.id.removeprefix("callbacks."): command for command in question_commands(viewer, page)}


def test_commands_belong_to_the_page_and_their_keys_differ(viewer: Viewer, page: Page) -> None:
    made = commands_of(viewer, page)
    assert {command.page for command in made.values()} == {PageId.CALLBACKS}
    keys = [command.shortcut for command in made.values() if command.shortcut]
    assert len(keys) == len(set(keys))


def test_nothing_is_offered_while_nothing_is_open(viewer: Viewer, page: Page) -> None:
    assert [name for name, each in commands_of(viewer, page).items() if each.enabled()] == ["help"]


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_open(name: str, page: Page, open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    command = commands_of(viewer, page)[name]
    assert command.enabled()
    command.run()
    sheet = page.findChild(SheetDialog)
    assert sheet is not None
    assert sheet.isVisible()
    sheet.reject()
    qtbot.waitUntil(lambda: not viewer.bridge.running)


def test_the_status_bar_shows_how_far_an_export_is(page: Page, qtbot: QtBot) -> None:
    actions = ProfileActions(lambda _: None, lambda: None, lambda: None, lambda: None)
    assert commands._progress_of(page) is None
    window = MainWindow([page], CommandRegistry(), Navigator(), actions)
    qtbot.addWidget(window)
    assert commands._progress_of(page) is window.progress
    commands._tell(page, "3 callbacks written")


def test_the_box_gets_the_focus(page: Page, open_events: Open) -> None:
    viewer = open_events(3)
    page.activateWindow()
    commands_of(viewer, page)["question"].run()
    box = page.findChild(QueryBox)
    assert box is not None
    assert box.edit.hasFocus()


def test_everything_is_asked_for(page: Page, open_events: Open) -> None:
    viewer = open_events(3)
    viewer.ask("list:1234")
    commands_of(viewer, page)["everything"].run()
    assert viewer.question == ""
