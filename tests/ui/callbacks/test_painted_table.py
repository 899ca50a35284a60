"""The table's own painting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.painted_table import PaintedTable
from vibes_desktop.ui.callbacks.table_model import PayloadModel
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.theme import Color, active_theme

Open = Callable[..., Viewer]


def test_only_rows_that_are_there_are_painted(open_events: Open, qtbot: QtBot) -> None:
    table = PaintedTable(PayloadModel(open_events(2)))
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    image = table.viewport().grab().toImage()
    line = active_theme().color(Color.LINE).rgb()
    height = table.rowHeight(0)
    assert [image.pixel(250, height * row - 1) == line for row in (1, 2, 3)] == [True, True, False]


def test_selected_rows_are_tinted(open_events: Open, qtbot: QtBot) -> None:
    table = PaintedTable(PayloadModel(open_events(3)))
    qtbot.addWidget(table)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.resize(500, 300)
    table.show()
    table.selectRow(1)
    image: QImage = table.viewport().grab().toImage()
    soft = active_theme().color(Color.ACCENT_SOFT).rgb()
    height = table.rowHeight(0)
    assert [image.pixel(300, height * row + 4) == soft for row in (0, 1, 2)] == [False, True, False]
