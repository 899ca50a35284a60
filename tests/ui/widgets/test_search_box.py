from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.labels import plain_label
from vibes_desktop.ui.widgets.search_box import SearchBox

NO_KEY = Qt.KeyboardModifier.NoModifier


def shown(qtbot: QtBot) -> SearchBox:
    """Return a box in an active window."""
    box = SearchBox("Find a person", "Mobile number or ID")
    qtbot.addWidget(box)
    box.resize(600, 40)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    box.setFocus()
    return box


def test_enter_submits_what_stands_there_once_per_press(qtbot: QtBot) -> None:
    box = shown(qtbot)
    submitted: list[str] = []
    box.submitted.connect(submitted.append)
    QTest.keyClicks(box.edit, "EXT542342")
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    QTest.keyClick(box.edit, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    for _ in range(3):
        QApplication.sendEvent(
            box.edit, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_KEY, "\r", True)
        )
    QTest.keyClick(box.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert submitted == ["EXT542342", "EXT542342"]


def test_a_given_text_is_replaced_by_typing(qtbot: QtBot) -> None:
    box = shown(qtbot)
    changes: list[str] = []
    box.text_changed.connect(changes.append)
    box.set_text("old")
    QTest.keyClicks(box.edit, "n")
    assert box.text == "n"
    assert changes == ["old", "n"]


def test_it_is_named_and_shows_its_key_at_the_end(qtbot: QtBot) -> None:
    box = shown(qtbot)
    kind = plain_label("External ID")
    box.add_trailing(kind)
    QApplication.processEvents()
    key = next(label for label in box.findChildren(QLabel) if label.text() == "Enter")
    assert box.edit.accessibleName() == "Find a person"
    assert box.edit.x() < kind.x() < key.x()
    assert box.height() == 40
    assert box.edit.font().pixelSize() == 15
