from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from vibes_desktop.ui.widgets.shadow import paint_shadow


def test_it_fades_towards_the_outside(qapp: QApplication) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        paint_shadow(painter, QRect(0, 0, 100, 100), 16, 8)
    darkness = [255 - image.pixelColor(x, 60).lightness() for x in (0, 6, 12, 20)]
    assert darkness == sorted(darkness)
    assert darkness[0] < darkness[-1]
