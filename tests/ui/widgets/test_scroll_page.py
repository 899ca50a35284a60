from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets.scroll_page import ScrollPage


def test_the_focus_is_scrolled_into_view_and_nothing_goes_sideways(qtbot: QtBot) -> None:
    page = ScrollPage("Record")
    qtbot.addWidget(page)
    edits = [QLineEdit(str(number)) for number in range(40)]
    for edit in edits:
        page.add(edit)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    edits[0].setFocus()
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert edits[30].hasFocus()
    assert page.viewport().rect().contains(edits[30].mapTo(page.viewport(), edits[30].rect().center()))
    assert page.content.width() == page.viewport().width()
    assert page.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_few_widgets_stand_at_the_top_in_their_own_height(qtbot: QtBot) -> None:
    page = ScrollPage("Record")
    qtbot.addWidget(page)
    first, second = QLineEdit(), QLineEdit()
    page.add(first)
    page.add(second)
    page.resize(300, 600)
    page.show()
    assert (first.y(), second.y()) == (0, first.height() + 12)


def test_of_a_text_that_fits_all_is_shown_and_not_the_first_line_alone(qtbot: QtBot) -> None:
    page = ScrollPage("Review")
    qtbot.addWidget(page)
    edit, code = QLineEdit(), QPlainTextEdit("\n".join("line" for _ in range(50)))
    code.setFixedHeight(150)
    for widget in (edit, *(QLabel("words") for _ in range(30)), code, *(QLabel("words") for _ in range(9))):
        page.add(widget)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert code.hasFocus()
    assert code.visibleRegion().boundingRect().height() == code.height()
