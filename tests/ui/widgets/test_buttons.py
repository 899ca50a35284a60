from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets import buttons
from vibes_desktop.ui.widgets.buttons import (
    Button,
    ButtonRole,
    CopyButton,
    button,
    icon_button,
    link_button,
    pill_button,
)
from vibes_desktop.ui.widgets.key_hint import KeyHint
from vibes_desktop.ui.widgets.pill import Tone

NO_KEY = Qt.KeyboardModifier.NoModifier


def repeat(target: QWidget, key: Qt.Key) -> None:
    """Send a key press as holding the key down does."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, NO_KEY, "", True))


def test_enter_and_space_press_it_and_key_repeat_does_not(qtbot: QtBot) -> None:
    clicks: list[int] = []
    made = button("Save", on_click=lambda: clicks.append(1))
    qtbot.addWidget(made)
    made.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(made, key)
    assert len(clicks) == 3
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        repeat(made, key)
    assert len(clicks) == 3


def test_a_disabled_button_is_not_pressed(qtbot: QtBot) -> None:
    clicks: list[int] = []
    made = button("Save", on_click=lambda: clicks.append(1))
    qtbot.addWidget(made)
    made.setEnabled(False)
    made.show()
    made.click()
    assert clicks == []
    made.setEnabled(True)
    made.click()
    assert clicks == [1]


def test_the_text_is_plain_and_named(qtbot: QtBot) -> None:
    made = button("Rock & Roll")
    qtbot.addWidget(made)
    assert made.text() == "Rock && Roll"
    assert made.accessibleName() == "Rock & Roll"
    made.set_text("A & B")
    assert (made.text(), made.accessibleName()) == ("A && B", "A & B")


def test_a_key_stands_inside_and_costs_width(qtbot: QtBot) -> None:
    plain, hinted = button("Refresh"), button("Refresh", shortcut_hint="F5")
    for made in (plain, hinted):
        qtbot.addWidget(made)
        made.show()
    cap = hinted.findChild(KeyHint)
    assert cap is not None
    assert cap.text() == "F5"
    assert hinted.rect().contains(cap.geometry())
    assert hinted.width() >= plain.sizeHint().width() + cap.width()
    assert hinted.height() == plain.height() == 30


def test_another_key_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    made = button("Refresh", shortcut_hint="F5")
    qtbot.addWidget(made)
    made.show()
    made.set_shortcut_hint("Ctrl+Return")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [cap.text() for cap in made.findChildren(KeyHint)] == ["Ctrl Enter"]


@pytest.mark.parametrize("role", [ButtonRole.SECONDARY, ButtonRole.PRIMARY, ButtonRole.LINK, ButtonRole.ICON])
def test_the_focus_can_be_seen_and_moves_nothing(qtbot: QtBot, role: ButtonRole) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = QHBoxLayout(holder)
    other, made = Button("other"), Button("Save", role)
    line.addWidget(other)
    line.addWidget(made)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    other.setFocus()
    calm, place = made.grab().toImage(), made.geometry()
    made.setFocus()
    focused = made.grab().toImage()
    assert made.geometry() == place
    ring = active_theme().color(Color.ON_ACCENT if role is ButtonRole.PRIMARY else Color.ACCENT)
    middle = focused.height() // 2
    left_edge = [focused.pixelColor(x, middle) for x in range(6)]
    assert left_edge.count(ring) == 2
    assert [calm.pixelColor(x, middle) for x in range(6)].count(ring) == 0


def test_an_icon_alone_is_named_and_has_a_tooltip(qtbot: QtBot) -> None:
    made = icon_button(Icon.MORE, "More <b>actions</b>")
    qtbot.addWidget(made)
    assert made.accessibleName() == "More <b>actions</b>"
    assert "&lt;b&gt;" in made.toolTip()
    assert not made.icon().isNull()


def test_a_link_and_a_choice_act(qtbot: QtBot) -> None:
    clicks: list[str] = []
    link = link_button("Revert", on_click=lambda: clicks.append("link"), small=True)
    choice = pill_button("External ID", "Kind: External ID", tone=Tone.ACCENT)
    choice.clicked.connect(lambda: clicks.append("choice"))
    for made in (link, choice):
        qtbot.addWidget(made)
        made.show()
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    assert clicks == ["link", "choice"]
    assert link.font().pixelSize() == 11
    assert choice.accessibleName() == "Kind: External ID"


def test_copying_says_so_and_calms_down(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buttons, "COPIED_SHOWN_MS", 1)
    made = CopyButton("person key", "first")
    qtbot.addWidget(made)
    made.show()
    made.set_value("<second>")
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "<second>"
    assert made.accessibleName() == "person key copied"
    qtbot.waitUntil(lambda: made.accessibleName() == "Copy person key")


def test_hints_are_not_clicked_in_place_of_the_button(qtbot: QtBot) -> None:
    clicks: list[int] = []
    made = button("Refresh", shortcut_hint="F5", on_click=lambda: clicks.append(1))
    qtbot.addWidget(made)
    made.show()
    cap = made.findChild(QLabel)
    assert cap is not None
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, NO_KEY, cap.geometry().center())
    assert clicks == [1]
