from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.theme import active_theme
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole, button
from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    """Return the window that a sheet is shown over."""
    window = QWidget()
    window.resize(1093, 614)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def saved() -> list[str]:
    """Return what was saved."""
    return []


@pytest.fixture
def sheet(owner: QWidget, saved: list[str], qtbot: QtBot) -> SheetDialog:
    """Return an open sheet with Cancel as its default."""
    made = SheetDialog("Save <b>Steve</b>", safety=Safety.PRODUCTION, subtitle="Acme · US", parent=owner)
    made.add(plain_label("last_name"))
    made.set_note("Everything else is left untouched.")
    cancel = made.add_button(button("Cancel", on_click=made.reject))
    made.add_button(button("Save", ButtonRole.PRIMARY, on_click=lambda: saved.append("x")), key="Ctrl+Return")
    made.set_default(cancel)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def save_button(sheet: SheetDialog) -> Button:
    """Return the primary button."""
    return next(made for made in sheet.findChildren(Button) if made.accessibleName() == "Save")


def press_repeatedly(sheet: SheetDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Send what holding a key down sends."""
    for _ in range(3):
        QApplication.sendEvent(
            QApplication.focusWidget() or sheet, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", True)
        )


def test_it_tells_what_where_and_how_careful(sheet: SheetDialog, owner: QWidget) -> None:
    words = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert {"Save <b>Steve</b>", "PRODUCTION", "Acme · US", "Everything else is left untouched."} <= set(
        words
    )
    assert {label.textFormat() for label in sheet.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    edge = sheet.grab().toImage().pixelColor(QPoint(sheet.width() // 2, 1))
    assert edge == active_theme().frame(Safety.PRODUCTION)
    assert owner.geometry().contains(sheet.geometry())


def test_enter_does_the_safe_thing(sheet: SheetDialog, saved: list[str]) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.result() == QDialog.DialogCode.Rejected.value
    assert not sheet.isVisible()
    assert saved == []


def test_ctrl_enter_saves_by_either_enter_key(sheet: SheetDialog, saved: list[str]) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(sheet, Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    assert saved == ["x", "x"]
    sheet.reject()


def test_the_key_waits_until_the_button_may_be_pressed(sheet: SheetDialog, saved: list[str]) -> None:
    save_button(sheet).setEnabled(False)
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    assert saved == []
    sheet.reject()


def test_holding_a_key_down_neither_saves_nor_closes(sheet: SheetDialog, saved: list[str]) -> None:
    save_button(sheet).setFocus()
    press_repeatedly(sheet, Qt.Key.Key_Return)
    press_repeatedly(sheet, Qt.Key.Key_Return, CTRL)
    press_repeatedly(sheet, Qt.Key.Key_Space)
    press_repeatedly(sheet, Qt.Key.Key_Escape)
    assert saved == []
    assert sheet.isVisible()
    sheet.reject()


def test_escape_closes_and_the_window_is_bright_again(sheet: SheetDialog, owner: QWidget) -> None:
    dimmed = owner.grab().toImage().pixelColor(QPoint(5, 5))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    bright = owner.grab().toImage().pixelColor(QPoint(5, 5))
    assert dimmed.lightness() < bright.lightness()


def test_the_whole_window_stays_dim_when_it_grows(sheet: SheetDialog, owner: QWidget) -> None:
    owner.resize(1200, 700)
    QApplication.processEvents()
    picture = owner.grab().toImage()
    assert picture.pixelColor(QPoint(1195, 695)) == picture.pixelColor(QPoint(5, 5))
    sheet.reject()


def test_a_long_body_scrolls_inside_the_window(owner: QWidget, qtbot: QtBot) -> None:
    made = SheetDialog("Long", parent=owner)
    for number in range(80):
        made.add(plain_label(f"field_{number}"))
    made.add_button(button("Close", on_click=made.reject))
    made.open()
    assert owner.geometry().contains(made.geometry())
    close = made.findChild(Button)
    assert close is not None
    assert made.rect().contains(close.mapTo(made, close.rect().bottomRight()))
    made.reject()


def test_tab_stays_inside(sheet: SheetDialog) -> None:
    visited = set()
    for _ in range(10):
        QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.window() is sheet
        visited.add(focused.accessibleName())
    assert visited == {"Cancel", "Save"}
    sheet.reject()


def test_the_title_can_change(sheet: SheetDialog) -> None:
    sheet.set_title("Saved")
    assert sheet.windowTitle() == "Saved"
    assert "Saved" in [label.text() for label in sheet.findChildren(QLabel)]
    sheet.reject()
