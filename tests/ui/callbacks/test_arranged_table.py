"""Columns, arranged."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.arranged_table import ArrangedTable
from vibes_desktop.ui.callbacks.table_columns import TRAITS, WIDTH_OF_BOTH, Field, Layout
from vibes_desktop.ui.callbacks.table_model import FIELDS, PayloadModel
from vibes_desktop.ui.callbacks.viewer import Viewer


@pytest.fixture
def table(viewer: Viewer, qtbot: QtBot) -> ArrangedTable:
    made = ArrangedTable(PayloadModel(viewer))
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def test_columns_are_shown_moved_and_widened(table: ArrangedTable, qtbot: QtBot) -> None:
    order = (Field.LINE, *(field for field in Field if field is not Field.LINE))
    layout = Layout(order, frozenset({Field.LINE, Field.TYPE}), ((Field.LINE, 123),))
    with qtbot.waitSignal(table.layout_changed):
        table.set_column_layout(layout)
    now = table.column_layout()
    assert now.visible == (Field.LINE, Field.TYPE)
    assert now.order == order
    assert now.width(Field.LINE) == 123
    with qtbot.waitSignal(table.layout_changed):
        table.horizontalHeader().resizeSection(FIELDS.index(Field.TYPE), 200)
    assert table.column_layout().width(Field.TYPE) == 200


def test_the_states_take_the_room_that_is_left(table: ArrangedTable) -> None:
    table.resize(1600, 400)
    header = table.horizontalHeader()
    assert header.length() == table.viewport().width()
    table.resize(300, 400)
    assert table.columnWidth(FIELDS.index(Field.STATE)) == TRAITS[Field.STATE].width
    table.set_column_layout(Layout(shown=frozenset({Field.STATE, Field.TIME})))
    assert header.length() == table.viewport().width()


def test_moments_in_two_zones_get_more_room(table: ArrangedTable) -> None:
    time = FIELDS.index(Field.TIME)
    table.give_room_to_times(in_two_zones=True)
    assert table.columnWidth(time) == WIDTH_OF_BOTH
    table.give_room_to_times(in_two_zones=False)
    assert table.columnWidth(time) == TRAITS[Field.TIME].width
    table.setColumnWidth(time, 333)
    table.give_room_to_times(in_two_zones=True)
    assert table.columnWidth(time) == 333


def test_room_goes_to_columns_that_nobody_sized(table: ArrangedTable) -> None:
    table.setColumnWidth(FIELDS.index(Field.REASON), 90)
    table.resize(1600, 400)
    assert table.columnWidth(FIELDS.index(Field.TYPE)) == TRAITS[Field.TYPE].ideal
    assert table.columnWidth(FIELDS.index(Field.REASON)) == 90
    assert dict(table.column_layout().widths) == {Field.REASON: 90}
    table.resize(300, 400)
    assert table.columnWidth(FIELDS.index(Field.TYPE)) == TRAITS[Field.TYPE].width
