"""The menu of a cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.cell_menu import CellMenu
from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.table_columns import Field
from vibes_desktop.ui.callbacks.table_model import FIELDS
from vibes_desktop.ui.callbacks.viewer import Order, Viewer

Open = Callable[..., Viewer]


@pytest.fixture
def menu(page: CallbacksPage, open_events: Open) -> Callable[[Field], CellMenu]:
    open_events(6)
    page.table.go_to(0)

    def of(field: Field) -> CellMenu:
        page.table.go_to_column(FIELDS.index(field))
        return page.table_desk.menu(page)

    return of


def texts(menu: CellMenu) -> list[str]:
    return [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]


def choose(menu: CellMenu, begin: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(begin)).trigger()


def test_a_value_is_asked_for_and_left_out(
    menu: Callable[[Field], CellMenu], viewer: Viewer, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(viewer.answered):
        choose(menu(Field.REASON), "Only Reason: keyword_opt_out")
    assert viewer.rows.tolist() == [0, 3]
    with qtbot.waitSignal(viewer.answered):
        choose(menu(Field.REASON), "No longer only Reason")
    with qtbot.waitSignal(viewer.answered):
        choose(menu(Field.REASON), "Without Reason")
    assert viewer.rows.tolist() == [1, 2, 4, 5]


def test_a_cell_without_a_value_has_no_question(menu: Callable[[Field], CellMenu]) -> None:
    assert not any("Only" in text for text in texts(menu(Field.STATE)))


def test_the_column_is_sorted_by(menu: Callable[[Field], CellMenu], viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.answered):
        choose(menu(Field.LIST), "Sort by List")
    assert viewer.order == Order("list")


def test_rows_and_payload_are_copied(menu: Callable[[Field], CellMenu], page: CallbacksPage) -> None:
    assert {"Copy the value", "Copy the row", "Copy as JSON"} <= set(texts(menu(Field.TYPE)))
    page.table.selectAll()
    assert "Copy 6 rows" in texts(menu(Field.TYPE))


def test_masked_values_stay_masked_in_it(menu: Callable[[Field], CellMenu], viewer: Viewer) -> None:
    viewer.privacy.set_masking(True)
    assert "Only Mobile: +•••••••••00" in texts(menu(Field.MOBILE))


def test_an_empty_table_has_a_menu_too(page: CallbacksPage) -> None:
    assert texts(page.table_desk.menu(page)) == ["Sort by Time", "Choose columns…"]
