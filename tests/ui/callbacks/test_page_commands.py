"""The page's commands."""

from __future__ import annotations

from collections.abc import Callable

from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.page_commands import opening_commands
from vibes_desktop.ui.callbacks.table_columns import WIDTH_OF_BOTH, Field
from vibes_desktop.ui.callbacks.table_model import FIELDS
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.times import Zone

Open = Callable[..., Viewer]


def test_closing_and_adding_need_something_open(page: CallbacksPage, open_events: Open) -> None:
    commands = {command.id: command for command in opening_commands(page.opening, page)}
    of_what_is_open = [commands[f"callbacks.{name}"] for name in ("add", "add_folder", "close")]
    assert not any(command.enabled() for command in of_what_is_open)
    open_events(2)
    assert all(command.enabled() for command in of_what_is_open)
    commands["callbacks.close"].run()
    assert not page.opening.is_filled


def test_no_two_have_the_same_key(page: CallbacksPage) -> None:
    keys = [command.shortcut for command in page.commands() if command.shortcut]
    assert len(keys) == len(set(keys))


def test_the_table_makes_room_for_two_times(page: CallbacksPage, viewer: Viewer) -> None:
    viewer.times.set_zone(Zone.BOTH)
    time = FIELDS.index(Field.TIME)
    assert page.table.columnWidth(time) == WIDTH_OF_BOTH
