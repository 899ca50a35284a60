from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import ConnectionFailed
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.notice import Notice, problem_notice
from vibes_desktop.ui.widgets.pill import Tone

PROBLEM = ConnectionFailed(
    "No connection to <b>host</b>", "Nothing was sent.", "Check the network & try again."
)


def texts(notice: Notice) -> list[QLabel]:
    """Return the labels with words."""
    return [label for label in notice.findChildren(QLabel) if label.text() and label.isVisible()]


Shown = Callable[..., QWidget]


def test_an_error_is_told_in_three_parts_as_plain_text(in_column: Shown) -> None:
    notice = problem_notice(PROBLEM)
    in_column(notice)
    assert notice.text == f"{PROBLEM.title}\n{PROBLEM.done}\n{PROBLEM.advice}"
    assert [label.text() for label in texts(notice)] == [PROBLEM.title, PROBLEM.done, PROBLEM.advice]
    assert {label.textFormat() for label in texts(notice)} == {Qt.TextFormat.PlainText}
    assert notice.accessibleName() == PROBLEM.title
    assert notice.accessibleDescription() == f"{PROBLEM.done} {PROBLEM.advice}"


def test_one_sentence_stands_beside_the_title_where_it_fits(in_column: Shown) -> None:
    notice = Notice(Tone.WARN, "Changed meanwhile", ("email was changed on the platform.",))
    window = in_column(notice)
    title, sentence = texts(notice)
    assert sentence.x() > title.x()
    window.resize(300, 300)
    QApplication.processEvents()
    assert sentence.y() > title.y()
    assert sentence.x() == title.x()


@pytest.mark.parametrize("width", [260, 400, 800])
def test_nothing_is_cut_off_at_any_width(in_column: Shown, width: int) -> None:
    notice = problem_notice(PROBLEM, actions=[button("Retry")], closable=True)
    in_column(notice, width=width)
    for label in texts(notice):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_it_can_say_something_else_in_the_same_place(in_column: Shown) -> None:
    notice = Notice(Tone.OK, "Saved and verified", ("All fields were read back.",))
    in_column(notice)
    notice.show_problem(PROBLEM)
    QApplication.processEvents()
    assert notice.property("tone") == "bad"
    assert notice.text.startswith(PROBLEM.title)
    assert len(texts(notice)) == 3


def test_it_can_act_and_be_closed(in_column: Shown, qtbot: QtBot) -> None:
    clicks: list[int] = []
    notice = problem_notice(
        PROBLEM, actions=[button("Retry", on_click=lambda: clicks.append(1))], closable=True
    )
    in_column(notice)
    buttons = {made.accessibleName(): made for made in notice.findChildren(QPushButton)}
    QTest.mouseClick(buttons["Retry"], Qt.MouseButton.LeftButton)
    assert clicks == [1]
    with qtbot.waitSignal(notice.closed):
        QTest.mouseClick(buttons["Close this notice"], Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
