"""A blank picture is found, and one that was taken before."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from tests.journey.camera import PictureError, Shot, check_shows_something, fingerprint, write_index
from tests.journey.driver import Driver


def colourful() -> QImage:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    for x in range(image.width()):
        for y in range(image.height()):
            image.setPixelColor(x, y, QColor(x, y, 128))
    return image


def test_a_picture_of_much_shows_something() -> None:
    check_shows_something(colourful())


def test_a_blank_picture_is_refused() -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with pytest.raises(PictureError, match="blank"):
        check_shows_something(image)


def test_a_picture_of_next_to_nothing_is_refused() -> None:
    image = QImage(2000, 1000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for x in range(300):
        image.setPixelColor(x, 0, QColor(x % 256, 0, 0))
    with pytest.raises(PictureError, match="one colour"):
        check_shows_something(image)


def test_one_pixel_tells_two_pictures_apart() -> None:
    one, other = colourful(), colourful()
    assert fingerprint(one) == fingerprint(other)
    other.setPixelColor(3, 4, QColor(255, 255, 255))
    assert fingerprint(one) != fingerprint(other)


class Colourful(QMainWindow):
    """A window that shows the same thing for ever."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.drawImage(self.rect(), colourful())


def test_the_same_picture_twice_ends_the_journey(qtbot: QtBot, tmp_path: Path) -> None:
    window = Colourful()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    drive = Driver(tmp_path)
    drive.shot("first", "The first look.")
    with pytest.raises(PictureError, match="the same as 01-first"):
        drive.shot("second", "The second look.")


def test_captions_are_plain_text(tmp_path: Path) -> None:
    page = write_index(tmp_path, "A & B", [Shot(tmp_path / "01-a.png", "<img src=x>")])
    assert "<img src=x>" not in page.read_text(encoding="utf-8")
