from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import ABSENT
from vibes_desktop.model.jsonvalue import JsonArray, JsonNumber, obj
from vibes_desktop.ui.people.editors import worded
from vibes_desktop.ui.people.multiple_choice import ROWS_SHOWN, MultipleChoiceEditor, OptionList
from vibes_desktop.ui.people.popup_frame import PopupFrame
from vibes_desktop.ui.widgets.pill import Pill

Shown = Callable[[QWidget], QWidget]
OPTIONS = [
    obj(option_key=key, id=JsonNumber(str(number)), name=name)
    for number, (key, name) in enumerate([("r", "<b>Red</b>"), ("g", "Green"), ("b", "Blue")])
]
RED, GREEN, BLUE = OPTIONS


@pytest.fixture
def editor(in_window: Shown) -> MultipleChoiceEditor:
    """Return an editor in which Green is chosen."""
    made = MultipleChoiceEditor("colours", worded(OPTIONS))
    made.edited.connect(made.show_value)
    made.show_value(JsonArray((GREEN,)))
    in_window(made).resize(600, 80)
    made.chips.setFocus()
    return made


@pytest.fixture
def told(editor: MultipleChoiceEditor) -> list[object]:
    """Return what the editor told."""
    values: list[object] = []
    editor.edited.connect(values.append)
    return values


def chips(editor: MultipleChoiceEditor) -> list[str]:
    """Return what the chips in view say."""
    shown = [pill for pill in editor.findChildren(Pill) if not pill.isHidden()]
    return [pill.text() for pill in sorted(shown, key=lambda pill: pill.x())]


def opened(qtbot: QtBot) -> OptionList:
    """Return the list that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), PopupFrame))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PopupFrame)
    assert isinstance(popup.content, OptionList)
    qtbot.waitUntil(popup.content.hasFocus)
    return popup.content


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_F4])
def test_options_are_ticked_by_keys_and_told_of_at_once(
    editor: MultipleChoiceEditor, told: list[object], key: Qt.Key, qtbot: QtBot
) -> None:
    QTest.keyClick(editor.chips, key)
    options = opened(qtbot)
    checks = [options.item(row).checkState() is Qt.CheckState.Checked for row in range(options.count())]
    assert checks == [False, True, False]
    QTest.keyClick(options, Qt.Key.Key_Space)
    assert told == [JsonArray((GREEN, RED))]
    QTest.keyClick(options, Qt.Key.Key_Down)
    QTest.keyClick(options, Qt.Key.Key_Space)
    assert told[1:] == [JsonArray((RED,))]
    QTest.keyClick(options, Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    assert chips(editor) == ["<b>Red</b>"]


def test_taking_the_last_tick_off_leaves_an_empty_choice(
    editor: MultipleChoiceEditor, told: list[object], qtbot: QtBot
) -> None:
    QTest.mouseClick(editor.chips, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    options = opened(qtbot)
    options.setCurrentRow(1)
    QTest.keyClick(options, Qt.Key.Key_Space)
    QTest.keyClick(options, Qt.Key.Key_Escape)
    assert told == [JsonArray(())]
    assert QApplication.activePopupWidget() is None
    assert editor.chips.accessibleName() == "colours: none"


def test_what_is_not_set_is_told_from_an_empty_choice(editor: MultipleChoiceEditor) -> None:
    editor.show_value(ABSENT)
    assert editor.chips.accessibleName() == "colours: not set"
    editor.show_value(JsonArray(()))
    assert editor.chips.accessibleName() == "colours: none"
    editor.show_value(JsonArray((GREEN, RED)))
    assert editor.chips.accessibleName() == "colours: Green, <b>Red</b>"


def test_chips_without_room_are_counted_and_named_in_the_tooltip(editor: MultipleChoiceEditor) -> None:
    editor.show_value(JsonArray(tuple(obj(name=f"Option {number}") for number in range(30))))
    shown = chips(editor)
    assert shown[0] == "Option 0"
    assert shown[-1] == f"+{30 - (len(shown) - 1)}"
    assert "Option 29" in editor.chips.toolTip()
    editor.show_value(JsonArray((GREEN,)))
    assert (chips(editor), editor.chips.toolTip()) == (["Green"], "")


def test_only_arrays_of_its_options_are_shown_here(editor: MultipleChoiceEditor) -> None:
    assert editor.can_show(JsonArray((obj(option_key="g"),)))
    assert editor.can_show(None)
    assert not editor.can_show(JsonArray((GREEN, obj(option_key="other"))))
    assert not editor.can_show(GREEN)
    assert not editor.can_show("Green")


def test_a_read_only_choice_opens_no_list(editor: MultipleChoiceEditor) -> None:
    editor.set_read_only(True)
    QTest.keyClick(editor.chips, Qt.Key.Key_Space)
    QTest.mouseClick(editor.chips, Qt.MouseButton.LeftButton)
    assert QApplication.activePopupWidget() is None


def test_a_long_list_is_not_taller_than_ten_rows(qtbot: QtBot) -> None:
    few = OptionList([("x", False)] * ROWS_SHOWN)
    many = OptionList([("x", False)] * 500)
    for options in (few, many):
        qtbot.addWidget(options)
    assert many.height() == few.height()
