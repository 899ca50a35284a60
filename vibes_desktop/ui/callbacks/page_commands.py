"""What the page can be told to do, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt

from vibes_desktop.ui.callbacks.opening_flow import OpeningFlow
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field
from vibes_desktop.ui.callbacks.table_desk import TableDesk
from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.shell.commands import Command, always
from vibes_desktop.ui.shell.page import Page

CHOOSE_CSV = "Choose the column of a CSV file…"


def table_commands(desk: TableDesk, table: PayloadTable, page: Page) -> Sequence[Command]:
    """Make the commands of the table."""

    def has_row() -> bool:
        return table.current_row is not None

    def to_table() -> None:
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sort(field: Field) -> Command:
        title = f"Sort the callbacks by {TRAITS[field].title.lower()}"
        return Command(f"callbacks.sort_{field}", title, partial(table.sort_by, field), page=page.page_id)

    def follow() -> None:
        table.set_following(not table.is_following)

    return (
        Command("callbacks.follow", "Keep the newest callbacks in sight", follow, "F8", page=page.page_id),
        Command("callbacks.table", "Go to the table", to_table, "Ctrl+J", page=page.page_id),
        Command("callbacks.columns", "Choose the columns", desk.choose_columns, page=page.page_id),
        Command("callbacks.copy", "Copy the selected rows", desk.copy_rows, "", has_row, page.page_id),
        *(sort(field) for field in Field),
    )


def opening_commands(flow: OpeningFlow, page: Page) -> Sequence[Command]:
    """Make the commands that open and close."""

    def command(
        name: str,
        title: str,
        run: Callable[[], object],
        shortcut: str = "",
        enabled: Callable[[], bool] = always,
    ) -> Command:
        return Command(f"callbacks.{name}", title, run, shortcut, enabled, page.page_id)

    def is_filled() -> bool:
        return flow.is_filled

    return (
        command("open", "Open files with callbacks", flow.ask_for_files, "Ctrl+O"),
        command("open_folder", "Open a folder with callbacks", flow.ask_for_folder, "Ctrl+Shift+O"),
        command("add", "Add files to the callbacks", lambda: flow.ask_for_files(add=True), "", is_filled),
        command(
            "add_folder",
            "Add a folder to the callbacks",
            lambda: flow.ask_for_folder(add=True),
            "",
            is_filled,
        ),
        command("paste", "Paste callbacks", flow.paste, "Ctrl+V"),
        command("csv", CHOOSE_CSV, flow.choose_column, "", lambda: flow.can_choose_column),
        command("close", "Close the callbacks", flow.close, "Ctrl+W", is_filled),
    )
