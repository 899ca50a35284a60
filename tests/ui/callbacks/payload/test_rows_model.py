"""The tables of the sheets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from vibes_desktop.ui.callbacks.payload.rows_model import CELL_ROLE, KEPT_ROWS, Cell, RowsModel
from vibes_desktop.ui.widgets.pill import Tone

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def cells_of(number: int) -> tuple[Cell, ...]:
    return Cell(f"number {number}"), Cell("odd" if number % 2 else "even", Tone.WARN, more="parity")


def test_it_keeps_the_rules_of_models(qapp: object) -> None:
    model: RowsModel[int] = RowsModel(("Number", "Parity"), cells_of)
    tester = QAbstractItemModelTester(model, FATAL)
    for items in (range(3), range(0), range(2_000)):
        model.set_items(items)
        model.redraw()
    model.add_items(range(2_000, 2_010))
    assert tester.model() is model
    assert (model.rowCount(), model.columnCount()) == (2_010, 2)
    assert model.index(2_009, 0).data() == "number 2009"


def test_cells_are_written_when_they_are_asked_for(qapp: object) -> None:
    written: list[int] = []

    def write(number: int) -> tuple[Cell, ...]:
        written.append(number)
        return cells_of(number)

    model: RowsModel[int] = RowsModel(("Number", "Parity"), write)
    model.set_items(range(10_000))
    assert written == []
    assert model.index(7, 0).data() == "number 7"
    assert model.index(7, 1).data(Qt.ItemDataRole.ToolTipRole) == "parity"
    assert written == [7]
    for row in range(KEPT_ROWS + 2):
        model.index(row, 0).data()
    assert len(written) >= KEPT_ROWS


def test_a_row_and_the_whole_can_be_copied(qapp: object) -> None:
    model: RowsModel[int] = RowsModel(("Number", "Parity"), cells_of)
    model.set_items((1, 2))
    assert model.line(0) == "number 1\todd"
    assert model.text() == "Number\tParity\nnumber 1\todd\nnumber 2\teven"


def test_a_cell_is_plain_text_in_one_line(qapp: object) -> None:
    model: RowsModel[str] = RowsModel(("Text",), lambda text: (Cell(text),))
    model.set_items(("<b>two\nlines</b>",))
    assert model.index(0, 0).data() == "<b>two↵lines</b>"
    assert "&lt;b&gt;" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(0, 0).data(CELL_ROLE) == Cell("<b>two\nlines</b>")
