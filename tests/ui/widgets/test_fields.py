from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.fields import ComboBox, FieldBox, FieldLook, NumberBox, bare_edit, line_edit
from vibes_desktop.ui.widgets.labels import ElidedLabel, plain_label
from vibes_desktop.ui.widgets.pill import Pill

Shown = Callable[..., QWidget]


def test_a_box_shows_the_focus_of_its_editor(in_column: Shown) -> None:
    first, second = FieldBox(bare_edit("first")), FieldBox(bare_edit("second"))
    in_column(first, second)
    first.editor.setFocus()
    accent, line = active_theme().color(Color.ACCENT), active_theme().color(Color.LINE)
    assert [first.grab().toImage().pixelColor(x, 14) for x in (0, 1)] == [accent, accent]
    assert second.grab().toImage().pixelColor(0, 14) == line
    second.setFocus()
    assert second.editor.hasFocus()
    assert first.grab().toImage().pixelColor(0, 14) == line
    assert second.grab().toImage().pixelColor(0, 14) == accent


def test_a_box_shows_its_state(in_column: Shown) -> None:
    box, other = FieldBox(bare_edit("x", "Miller")), FieldBox(bare_edit("y"))
    in_column(other, box)
    other.editor.setFocus()
    for look, color in (
        (FieldLook.CHANGED, Color.WARN),
        (FieldLook.BAD, Color.BAD),
        (FieldLook.PLAIN, Color.LINE),
    ):
        box.set_look(look)
        assert box.grab().toImage().pixelColor(0, 14) == active_theme().color(color)
    box.set_look(FieldLook.LOCKED)
    assert box.grab().toImage().pixelColor(4, 14) == active_theme().color(Color.SUNKEN)


def test_a_box_says_what_was_there_and_what_will_be(in_column: Shown) -> None:
    box = FieldBox(bare_edit("birthdate"))
    in_column(box)
    box.set_note("was <b>1 Dec 1950</b>")
    box.set_lead(Pill("Will be cleared"))
    note = box.findChild(ElidedLabel)
    assert note is not None
    assert note.full_text == "was <b>1 Dec 1950</b>"
    assert note.textFormat() is Qt.TextFormat.PlainText
    box.set_lead(None)
    box.set_note("")
    assert not note.isVisible()
    assert [pill for pill in box.findChildren(Pill) if pill.isVisible()] == []


def test_a_box_takes_a_link_at_its_end(in_column: Shown) -> None:
    box = FieldBox(bare_edit("x"))
    box.add_trailing(plain_label("why?"))
    in_column(box)
    label = box.findChild(QLabel)
    assert label is not None
    assert label.x() > box.editor.x()
    assert box.height() == 28


def test_edits_are_named_and_have_their_font(in_column: Shown) -> None:
    edit, mono = line_edit("Name", "x", placeholder="not set"), bare_edit("ID", "y", mono=True)
    in_column(edit, mono)
    assert (edit.accessibleName(), edit.placeholderText()) == ("Name", "not set")
    assert edit.height() == 28
    assert (mono.font().pixelSize(), edit.font().pixelSize()) == (12, 13)


def wheel(target: QWidget) -> None:
    """Turn the wheel one notch down over a widget."""
    middle = QPointF(target.rect().center())
    event = QWheelEvent(
        middle,
        target.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def test_the_wheel_changes_a_choice_only_with_the_focus(in_column: Shown) -> None:
    combo, other = ComboBox("gender", ["Male", "Female", "Other"]), line_edit("other")
    in_column(combo, other)
    other.setFocus()
    wheel(combo)
    assert combo.currentText() == "Male"
    combo.setFocus()
    wheel(combo)
    assert combo.currentText() == "Female"
    assert combo.accessibleName() == "gender"


def test_a_number_has_its_unit_and_steps_by_keys_not_by_chance(in_column: Shown) -> None:
    number, other = NumberBox("Days", 1, 5000, unit="days"), line_edit("other")
    number.setValue(1089)
    in_column(number, other)
    other.setFocus()
    wheel(number)
    number.setFocus()
    QTest.keyClick(number, Qt.Key.Key_Up)
    assert number.value() == 1090
    assert number.text().endswith("090 days")
    assert number.accessibleName() == "Days"
    assert number.height() == 28
