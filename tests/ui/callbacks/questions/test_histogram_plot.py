"""The bars themselves."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions.bars import HOUR_MS, Bars, Step, Unit
from vibes_desktop.ui.callbacks.questions.histogram_plot import HistogramPlot

HOURS = Bars(tuple(hour * HOUR_MS for hour in range(5)), (4, 0, 1, 9), Step(Unit.HOUR, 1, HOUR_MS))


def test_a_place_belongs_to_a_bar(qtbot: QtBot) -> None:
    plot = HistogramPlot()
    qtbot.addWidget(plot)
    plot.resize(400, 80)
    plot.show()
    assert plot.bar_at(QPointF(50, 20)) is None
    plot.show_bars(HOURS, {1})
    assert [plot.bar_at(QPointF(x, 20)) for x in (50, 150, 250, 350)] == [0, 1, 2, 3]


def test_it_paints_without_bars_and_with_many(qtbot: QtBot) -> None:
    plot = HistogramPlot()
    qtbot.addWidget(plot)
    plot.resize(120, 80)
    plot.show()
    assert not plot.grab().isNull()
    many = Bars(tuple(hour * HOUR_MS for hour in range(301)), (1,) * 300, HOURS.step)
    plot.show_bars(many, set())
    assert not plot.grab().isNull()
