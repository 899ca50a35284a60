from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.buttons import CopyButton, link_button
from vibes_desktop.ui.widgets.fields import FieldBox, bare_edit
from vibes_desktop.ui.widgets.form import ROWS_AT_ONCE, FormGrid, FormRow, value_row
from vibes_desktop.ui.widgets.labels import plain_label


def row(name: str) -> FormRow:
    """Make a row with a text field."""
    return FormRow(name, FieldBox(bare_edit(name)))


def shown_grid(qtbot: QtBot, *names: str) -> FormGrid:
    """Show a grid with a row for each name."""
    grid = FormGrid()
    qtbot.addWidget(grid)
    for name in names:
        grid.add_row(row(name))
    grid.resize(700, grid.sizeHint().height())
    grid.show()
    return grid


def color_at(grid: FormGrid, x: int, y: int) -> QColor:
    """Return what is painted at a place."""
    return grid.grab().toImage().pixelColor(x, y)


def test_rows_have_their_height_and_a_line_between_them(qtbot: QtBot) -> None:
    grid = shown_grid(qtbot, "first_name", "last_name")
    assert [made.height() for made in grid.rows] == [38, 38]
    assert color_at(grid, 5, 37) == active_theme().color(Color.LINE)
    assert color_at(grid, 5, 75) != active_theme().color(Color.LINE)


def test_a_changed_row_is_tinted_until_it_is_reverted(qtbot: QtBot) -> None:
    grid = shown_grid(qtbot, "first_name", "last_name", "email")
    grid.rows[1].set_changed(True)
    tint = active_theme().color(Color.CHANGED)
    assert grid.rows[1].changed
    assert [color_at(grid, 5, y) == tint for y in (10, 48, 86)] == [False, True, False]
    grid.rows[1].set_changed(False)
    assert color_at(grid, 5, 48) != tint


def test_the_last_row_keeps_the_round_corners_of_its_card(qtbot: QtBot) -> None:
    grid = shown_grid(qtbot, "first_name", "last_name")
    grid.rows[1].set_changed(True)
    tint = active_theme().color(Color.CHANGED)
    assert color_at(grid, 0, 75) != tint
    assert color_at(grid, 12, 75) == tint
    grid.rows[1].hide()
    grid.rows[0].set_changed(True)
    grid.resize(700, 38)
    assert color_at(grid, 0, 37) != tint


def test_an_error_stands_under_its_field(qtbot: QtBot) -> None:
    grid = shown_grid(qtbot, "preferences")
    made = grid.rows[0]
    made.set_error("A <b>comma</b> is missing.")
    grid.adjustSize()
    error = next(label for label in made.findChildren(QLabel) if "comma" in label.text())
    assert error.y() >= made.field.y() + made.field.height()
    assert made.height() > 38
    made.set_error("")
    assert not error.isVisible()


def test_an_action_takes_the_place_of_the_one_before(qtbot: QtBot) -> None:
    grid = shown_grid(qtbot, "last_name")
    made, field_width = grid.rows[0], grid.rows[0].field.width()
    first, second = link_button("Revert"), link_button("Undo")
    made.set_trailing(first)
    made.set_trailing(second)
    QApplication.processEvents()
    assert not first.isVisible()
    assert second.isVisible()
    assert made.field.width() == field_width
    assert second.x() > made.field.x() + made.field.width()


def test_many_rows_come_in_slices_and_in_order(qtbot: QtBot) -> None:
    grid = shown_grid(qtbot, "old")
    names = [f"field_{number}" for number in range(120)]
    with qtbot.waitSignal(grid.filled):
        grid.fill([maker(name) for name in names])
        assert len(grid.rows) == ROWS_AT_ONCE
    assert [made.label for made in grid.rows] == names


def test_waiting_rows_can_be_had_at_once_or_dropped(qtbot: QtBot) -> None:
    grid = shown_grid(qtbot)
    grid.fill([maker(str(number)) for number in range(60)], at_once=5)
    grid.finish()
    assert len(grid.rows) == 60
    grid.fill([maker(str(number)) for number in range(60)], at_once=5)
    grid.clear()
    QApplication.processEvents()
    assert grid.rows == ()


def test_a_value_row_keeps_its_buttons_beside_the_value(qtbot: QtBot) -> None:
    value, copy = plain_label("c5235a1"), CopyButton("person key", "c5235a1")
    made = value_row("Person key", value, copy)
    qtbot.addWidget(made)
    made.resize(700, 38)
    made.show()
    assert 0 < copy.x() - (value.x() + value.width()) < 20


def maker(name: str) -> Callable[[], FormRow]:
    """Return what makes a row later."""
    return lambda: row(name)
