"""Rows as they are painted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.row_painter import RowPainter
from vibes_desktop.ui.callbacks.table_columns import Field
from vibes_desktop.ui.callbacks.table_model import PayloadModel
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.theme import Color, active_theme

Open = Callable[..., Viewer]
AREA = QRect(0, 0, 160, 28)


@pytest.fixture
def paint(qapp: object) -> Callable[[PayloadModel, Field, int], QImage]:
    def painted(model: PayloadModel, field: Field, row: int) -> QImage:
        image = QImage(AREA.size(), QImage.Format.Format_RGB32)
        image.fill(active_theme().color(Color.SURFACE))
        with QPainter(image) as painter:
            RowPainter(painter, model).column(field, AREA, [(0, row)])
        return image

    return painted


def colors(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_a_cell_is_painted_in_the_colour_of_text(
    paint: Callable[..., QImage], open_events: Open, qtbot: QtBot
) -> None:
    model = PayloadModel(open_events(2))
    text = paint(model, Field.TYPE, 0)
    assert active_theme().color(Color.TEXT).rgb() in colors(text)
    assert len(colors(paint(model, Field.CAMPAIGN, 0))) == 1


def test_a_state_is_a_pill_on_its_colour(
    paint: Callable[..., QImage], viewer: Viewer, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "one.json").write_text('{"callback_type": "person_added", "delivery_attempt": "2"}')
    with qtbot.waitSignal(viewer.answered):
        viewer.open([str(tmp_path)])
    assert active_theme().color(Color.WARN_SOFT).rgb() in colors(paint(PayloadModel(viewer), Field.STATE, 0))


def test_the_ring_goes_around_the_row(open_events: Open, qtbot: QtBot) -> None:
    model = PayloadModel(open_events(1))
    image = QImage(AREA.size(), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        RowPainter(painter, model).focus(AREA, QRect(40, 0, 60, 28))
    accent = active_theme().color(Color.ACCENT).rgb()
    assert image.pixel(0, 14) == image.pixel(159, 14) == image.pixel(80, 0) == accent
