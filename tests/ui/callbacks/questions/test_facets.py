"""Facets filter by click and by key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.questions.facets import FacetPane
from vibes_desktop.ui.callbacks.viewer import Order, Viewer

Open = Callable[[int], Viewer]
Place = Callable[[QWidget], QWidget]


@pytest.fixture
def pane(viewer: Viewer, open_events: Open, place: Place, qtbot: QtBot) -> FacetPane:
    """Make a pane over six removals, every third by keyword."""
    made = FacetPane(viewer)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    place(made)
    open_events(6)
    qtbot.waitUntil(lambda: "keyword_opt_out" in labels(made))
    return made


def labels(pane: FacetPane) -> list[str]:
    return [pane.model.index(row).data() for row in range(pane.model.rowCount())]


def index_of(pane: FacetPane, label: str) -> QModelIndex:
    return pane.model.index(labels(pane).index(label))


def click(
    pane: FacetPane,
    label: str,
    qtbot: QtBot,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    place = pane.list.visualRect(index_of(pane, label)).center()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_a_click_puts_a_value_into_the_question_and_takes_it_out(
    pane: FacetPane, viewer: Viewer, qtbot: QtBot
) -> None:
    click(pane, "keyword_opt_out", qtbot)
    assert viewer.question == "reason:keyword_opt_out"
    qtbot.waitUntil(lambda: "in the question" in spoken(pane, "keyword_opt_out"))
    click(pane, "keyword_opt_out", qtbot)
    assert viewer.question == ""


def test_another_value_of_the_same_kind_is_an_alternative(
    pane: FacetPane, viewer: Viewer, qtbot: QtBot
) -> None:
    click(pane, "keyword_opt_out", qtbot)
    qtbot.waitUntil(lambda: "in the question" in spoken(pane, "keyword_opt_out"))
    click(pane, "user_opt_out", qtbot)
    assert viewer.question == "reason:keyword_opt_out OR reason:user_opt_out"


def test_with_control_it_is_left_out_and_taken_back(pane: FacetPane, viewer: Viewer, qtbot: QtBot) -> None:
    click(pane, "1234", qtbot, Qt.KeyboardModifier.ControlModifier)
    assert viewer.question == "-list:1234"
    qtbot.waitUntil(lambda: "left out" in spoken(pane, "1234"))
    click(pane, "1234", qtbot)
    assert viewer.question == ""


def test_arrows_skip_titles_and_space_picks(pane: FacetPane, viewer: Viewer, qtbot: QtBot) -> None:
    pane.list.setFocus()
    pane.list.setCurrentIndex(index_of(pane, "subscription_removed"))
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert pane.list.currentIndex() == index_of(pane, "user_opt_out")
    QTest.keyClick(pane.list, Qt.Key.Key_Space)
    assert viewer.question == "reason:user_opt_out"
    qtbot.waitUntil(lambda: "in the question" in spoken(pane, "user_opt_out"))
    assert pane.list.currentIndex() == index_of(pane, "user_opt_out")
    QTest.keyClick(pane.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert viewer.question == "-reason:user_opt_out"


def test_counts_follow_a_collection_that_grows_is_sorted_and_filtered(
    pane: FacetPane, viewer: Viewer, write_events: Callable[..., Path], qtbot: QtBot
) -> None:
    viewer.open([str(write_events(300, "more.ndjson", first=6))], add=True)
    qtbot.waitUntil(lambda: "306 callbacks" in spoken(pane, "subscription_removed"))
    assert spoken(pane, "more.ndjson") == "more.ndjson, 300 callbacks"
    viewer.sort(Order("time", descending=True))
    viewer.ask("mdn:+12065550003")
    qtbot.waitUntil(lambda: "1 callback" in spoken(pane, "subscription_removed"))
    viewer.ask("")
    qtbot.waitUntil(lambda: "306 callbacks" in spoken(pane, "subscription_removed"))


def test_closing_empties_it(pane: FacetPane, viewer: Viewer, qtbot: QtBot) -> None:
    viewer.close()
    qtbot.waitUntil(lambda: labels(pane) == [])


def test_it_paints_in_every_state(pane: FacetPane, viewer: Viewer, qtbot: QtBot) -> None:
    click(pane, "keyword_opt_out", qtbot)
    click(pane, "1188", qtbot, Qt.KeyboardModifier.ControlModifier)
    pane.list.setFocus()
    assert not pane.grab().isNull()


def spoken(pane: FacetPane, label: str) -> str:
    text: str = index_of(pane, label).data(Qt.ItemDataRole.AccessibleTextRole)
    return text
