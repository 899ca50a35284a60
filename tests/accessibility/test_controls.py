"""What the walk is there to find, is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.accessibility.controls import controls_in, nameless, tab_complaints
from tests.accessibility.plain import rich_texts
from tests.accessibility.room import cut_off
from tests.journey.driver import Driver


class Trap(QWidget):
    """A widget that keeps Tab for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Trap")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(20, 20)

    def event(self, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            return True
        return super().event(event)  # type: ignore[arg-type]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with two good controls."""
    made = QWidget()
    column = QVBoxLayout(made)
    for words in ("One", "Two"):
        column.addWidget(QPushButton(words))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def driver(tmp_path: Path) -> Driver:
    return Driver(tmp_path)


def put(window: QWidget, widget: QWidget) -> None:
    """Add a widget, and show the window with the focus in it."""
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    window.show()
    window.activateWindow()


def test_a_good_window_gives_no_complaint(window: QWidget, driver: Driver) -> None:
    put(window, QCheckBox("Three"))
    assert [each.name for each in controls_in(window)] == ["One", "Two", "Three"]
    assert nameless(controls_in(window)) == []
    assert tab_complaints(driver, window) == []
    assert rich_texts(window) == []


def test_a_control_without_a_name_is_found(window: QWidget) -> None:
    put(window, QPushButton())
    assert nameless(controls_in(window)) == ["Button '' (QPushButton)"]


def test_a_choice_that_only_says_its_value_is_found(window: QWidget) -> None:
    box = QComboBox()
    box.addItems(["Male"])
    put(window, box)
    assert nameless(controls_in(window)) == ["ComboBox 'Male' (QComboBox)"]


def test_a_control_that_tab_passes_by_is_found(window: QWidget, driver: Driver) -> None:
    button = QPushButton("Only by mouse")
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    put(window, button)
    assert tab_complaints(driver, window) == ["never reached: Button 'Only by mouse' (QPushButton)"]


def test_a_trap_is_found(window: QWidget, driver: Driver) -> None:
    put(window, Trap())
    (complaint,) = {each.partition(":")[0] for each in tab_complaints(driver, window)} or {""}
    assert "Trap" in complaint or "never" in complaint


def test_a_control_that_tab_reaches_out_of_sight_is_found(window: QWidget, driver: Driver) -> None:
    holder = QWidget()
    holder.setFixedHeight(10)
    QPushButton("Below", holder).move(0, 50)
    put(window, holder)
    assert tab_complaints(driver, window) == [
        "out of sight when Tab reaches it: Button 'Below' (QPushButton)"
    ]


@pytest.mark.parametrize("text", ["<b>bold</b>", "plain"])
def test_a_label_that_guesses_is_found(window: QWidget, text: str) -> None:
    put(window, QLabel(text))
    (complaint,) = rich_texts(window)
    assert "AutoText" in complaint


def test_a_live_tooltip_is_found(window: QWidget) -> None:
    button = QPushButton("Three")
    button.setToolTip('<img src="file:///etc/hostname">')
    put(window, button)
    (complaint,) = rich_texts(window)
    assert "tooltip" in complaint


@pytest.mark.parametrize("wraps", [False, True])
def test_a_label_without_room_is_found(window: QWidget, qtbot: QtBot, wraps: bool) -> None:
    label = QLabel("a text that needs more room than it is given here")
    label.setWordWrap(wraps)
    label.setFixedSize(60, 16)
    put(window, label)
    (complaint,) = cut_off(window)
    assert "cut off at the" in complaint


def test_a_button_without_room_is_found(window: QWidget) -> None:
    button = QPushButton("a text that needs more room")
    button.setFixedWidth(60)
    put(window, button)
    assert cut_off(window) == ["the button 'a text that needs more room' is cut off"]


def test_the_application_is_offscreen(qapp: QApplication) -> None:
    assert qapp.platformName() == "offscreen"
