from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import ABSENT
from vibes_desktop.model.jsonvalue import JsonArray, JsonNumber, obj
from vibes_desktop.ui.people.value_label import (
    MIN_WIDTH,
    SHOWN_CHARACTERS,
    SHOWN_LINES,
    ValueLabel,
    value_label,
    value_text,
)
from vibes_desktop.ui.widgets.labels import TextRole


def painted_rows(label: ValueLabel, width: int) -> list[int]:
    """Paint a label at a width and return the pixel rows on which something stands."""
    label.resize(width, label.heightForWidth(width))
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = QColor(image.pixel(image.width() - 1, image.height() - 1))
    return [
        y
        for y in range(image.height())
        if any(QColor(image.pixel(x, y)) != ground for x in range(image.width()))
    ]


def test_a_value_keeps_its_lines_and_shows_what_cannot_be_seen() -> None:
    assert value_text("one\ntwo\u202e\tthree") == "one\ntwo⟨U+202E⟩␉three"
    assert value_text("") == "blank text"
    assert value_text(None) == "not set"
    assert value_text(ABSENT) == "not set"
    assert value_text(True) == "yes"


def test_json_is_laid_out_and_choices_are_named() -> None:
    assert value_text(obj(size=JsonNumber("1"))) == '{\n  "size": 1\n}'
    assert value_text(JsonArray((obj(name="Red"), obj(name="Green")))) == "Red, Green"
    assert value_text(obj(option_key="r", name="Red")) == "Red"
    assert value_text(JsonArray(())) == "[]"


def test_markup_is_shown_as_it_is() -> None:
    label = value_label("<b>bold</b>", TextRole.BODY)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b>"


def test_a_word_too_long_for_a_line_is_broken_and_painted_in_several() -> None:
    label = ValueLabel("W" * 60)
    in_one, in_many = label.heightForWidth(4_000), label.heightForWidth(120)
    assert in_many >= 3 * in_one
    rows = painted_rows(label, 120)
    assert max(rows) - min(rows) > 2 * in_one


def test_no_more_than_twelve_lines_are_given_room() -> None:
    line = ValueLabel("x").heightForWidth(500) - 2
    label = value_label("\n".join("x" for _ in range(100)), TextRole.BODY)
    assert label.heightForWidth(500) - 2 <= SHOWN_LINES * line
    assert "199 characters" in label.toolTip()


def test_the_tooltip_tells_of_what_was_cut_off() -> None:
    short = value_label("x" * SHOWN_CHARACTERS, TextRole.BODY)
    assert (short.text(), short.toolTip()) == ("x" * SHOWN_CHARACTERS, "")
    long = value_label("x" * (SHOWN_CHARACTERS + 1), TextRole.BODY)
    assert long.text() == "x" * SHOWN_CHARACTERS + "…"
    assert f"{SHOWN_CHARACTERS + 1:,} characters" in long.toolTip()


def test_a_layout_gives_it_the_height_that_its_width_asks_for(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = ValueLabel("several words " * 20)
    column = QVBoxLayout(holder)
    column.addWidget(label)
    column.addStretch(1)
    column.setGeometry(QRect(0, 0, 160, 900))
    assert label.minimumSizeHint().width() == MIN_WIDTH
    assert label.height() >= label.heightForWidth(label.width())
