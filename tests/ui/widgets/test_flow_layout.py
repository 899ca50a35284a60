from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.flow_layout import FlowLayout


def chips(holder: QWidget, count: int) -> list[QWidget]:
    """Fill a holder with chips of 50 by 18 pixels."""
    layout = FlowLayout(holder)
    made = []
    for _ in range(count):
        chip = QWidget()
        chip.setFixedSize(50, 18)
        layout.addWidget(chip)
        made.append(chip)
    return made


def test_lines_break_where_the_width_ends(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = chips(holder, 5)
    holder.resize(120, 100)
    holder.show()
    assert [(chip.x(), chip.y()) for chip in made] == [(0, 0), (56, 0), (0, 24), (56, 24), (0, 48)]
    assert holder.heightForWidth(120) == 66
    assert holder.heightForWidth(500) == 18


def test_a_widget_can_be_inserted_hidden_and_taken(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    first, second = chips(holder, 2)
    layout = holder.layout()
    assert isinstance(layout, FlowLayout)
    between = QWidget()
    between.setFixedSize(50, 18)
    layout.insert_widget(1, between)
    holder.resize(500, 40)
    holder.show()
    assert [first.x(), between.x(), second.x()] == [0, 56, 112]
    between.hide()
    QApplication.processEvents()
    assert second.x() == 56
    layout.removeWidget(first)
    assert layout.count() == 2
    assert layout.itemAt(9) is None
    assert layout.takeAt(9) is None
    first.deleteLater()


def test_a_chip_wider_than_the_line_is_narrowed(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder)
    wide = QWidget()
    wide.setMinimumWidth(10)
    wide.setLayout(FlowLayout())
    layout.addWidget(wide)
    holder.resize(40, 40)
    holder.show()
    assert wide.width() <= 40
