"""The bar to find with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.find_bar import FindBar


@pytest.fixture
def bar(qtbot: QtBot) -> FindBar:
    made = FindBar()
    qtbot.addWidget(made)
    made.open_bar()
    return made


def test_it_waits_until_the_typing_rests(bar: FindBar, qtbot: QtBot) -> None:
    wanted: list[str] = []
    bar.wanted.connect(wanted.append)
    QTest.keyClicks(bar.edit, "mdn")
    qtbot.waitUntil(lambda: bool(wanted))
    assert wanted == ["mdn"]


def test_enter_finds_at_once_and_then_goes_on(bar: FindBar, qtbot: QtBot) -> None:
    wanted: list[str] = []
    steps: list[int] = []
    bar.wanted.connect(wanted.append)
    bar.stepped.connect(steps.append)
    QTest.keyClicks(bar.edit, "id")
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    assert (wanted, steps) == (["id"], [])
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    QTest.keyClick(bar.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert steps == [1, -1]


def test_escape_closes_it_and_finds_nothing_any_more(bar: FindBar, qtbot: QtBot) -> None:
    bar.edit.setText("id")
    with qtbot.waitSignals([bar.wanted, bar.closed]):
        QTest.keyClick(bar.edit, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert bar.needle == ""


@pytest.mark.parametrize(
    ("place", "of", "is_all", "words"),
    [(1, 12, True, "1 of 12"), (3, 20_000, False, "3 of 20,000+"), (0, 0, True, "Not found")],
)
def test_it_says_how_many_there_are(bar: FindBar, place: int, of: int, is_all: bool, words: str) -> None:
    bar.edit.setText("id")
    bar.show_count(place, of, is_all=is_all)
    assert bar.count.text() == words


def test_it_says_that_it_looks(bar: FindBar) -> None:
    bar.show_looking()
    assert bar.count.text() == "Looking…"
    bar.edit.setText("")
    bar.show_count(0, 0)
    assert bar.count.text() == ""
