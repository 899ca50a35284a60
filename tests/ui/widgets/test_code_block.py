from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.code_block import CodeBlock


def test_it_shows_text_as_it_is_and_cannot_be_changed(qtbot: QtBot) -> None:
    block = CodeBlock("Request", '{"a": "<b>x</b>"}')
    qtbot.addWidget(block)
    block.show()
    QTest.keyClicks(block, "typed")
    assert block.toPlainText() == '{"a": "<b>x</b>"}'
    assert block.font().pixelSize() == 12
    assert block.accessibleName() == "Request"


def test_its_height_follows_the_text_up_to_a_limit(qtbot: QtBot) -> None:
    block = CodeBlock("Request", "one", max_lines=5)
    qtbot.addWidget(block)
    heights = [block.height()]
    for lines in (3, 5, 50):
        block.set_text("\n".join("x" * lines))
        heights.append(block.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_tab_leaves_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    block, edit = CodeBlock("Request", "x"), QLineEdit()
    column.addWidget(block)
    column.addWidget(edit)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    block.setFocus()
    QTest.keyClick(block, Qt.Key.Key_Tab)
    assert edit.hasFocus()
