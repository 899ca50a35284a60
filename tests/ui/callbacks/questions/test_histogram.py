"""The histogram filters by click, drag and key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.views import TimeBasis
from vibes_desktop.ui.callbacks.questions.histogram import HistogramView
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.theme import ThemeName, apply, load_theme
from vibes_desktop.ui.times import Zone

Open = Callable[[int], Viewer]
Place = Callable[[QWidget], QWidget]


@pytest.fixture
def view(viewer: Viewer, open_events: Open, place: Place, qtbot: QtBot) -> HistogramView:
    """Make a histogram of 30 removals, a minute apart from midnight on 1 February 2026."""
    made = HistogramView(viewer)
    place(made)
    open_events(30)
    qtbot.waitUntil(lambda: sum(made.bars.counts) == 30)
    return made


def middle_of(view: HistogramView, number: int) -> QPoint:
    plot = view.plot
    width = plot.width() / len(view.bars)
    return QPoint(round((number + 0.5) * width), plot.height() // 3)


def test_bars_are_counted_and_summed_up(view: HistogramView) -> None:
    assert len(view.bars) == 30
    assert view.words.full_text == "Sun 1 Feb 2026, 00:00\u201300:30, by minute"
    assert view.plot.accessibleName() == "Histogram over time"
    assert view.plot.accessibleDescription() == view.words.full_text


def test_a_click_asks_for_a_bar_and_another_for_all(
    view: HistogramView, viewer: Viewer, qtbot: QtBot
) -> None:
    port = view.plot
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=middle_of(view, 3))
    assert viewer.question == "date:2026-02-01T00:03"
    qtbot.waitUntil(lambda: len(viewer.rows) == 1)
    assert sum(view.bars.counts) == 30
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=middle_of(view, 3))
    assert viewer.question == ""


def test_a_drag_asks_for_a_range(view: HistogramView, viewer: Viewer, qtbot: QtBot) -> None:
    port = view.plot
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=middle_of(view, 8))
    QTest.mouseMove(port, middle_of(view, 6))
    QTest.mouseMove(port, middle_of(view, 4))
    assert "5 callbacks" in view.words.full_text
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=middle_of(view, 4))
    assert viewer.question == "date:2026-02-01T00:04..2026-02-01T00:08"


def test_keys_choose_a_range_and_clear_it(view: HistogramView, viewer: Viewer, qtbot: QtBot) -> None:
    plot = view.plot
    plot.window().activateWindow()
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Home)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plot.accessibleDescription() == view.words.full_text
    assert "2 callbacks" in view.words.full_text
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert viewer.question == "date:2026-02-01T00:01..2026-02-01T00:02"
    QTest.keyClick(plot, Qt.Key.Key_Delete)
    assert viewer.question == ""
    QTest.keyClick(plot, Qt.Key.Key_End)
    assert "00:29" in view.words.full_text


def test_tab_goes_from_the_choices_to_the_bars(view: HistogramView) -> None:
    view.window().activateWindow()
    view.basis_button.setFocus()
    QTest.keyClick(view.basis_button, Qt.Key.Key_Tab)
    assert view.zone_button.hasFocus()
    QTest.keyClick(view.zone_button, Qt.Key.Key_Tab)
    assert view.plot.hasFocus()
    view.basis_button.setFocus()
    view.take_focus()
    assert view.plot.hasFocus()


def test_other_times_can_be_gone_by(view: HistogramView, viewer: Viewer, qtbot: QtBot) -> None:
    actions = {action.text(): action for action in view.basis_button.menu().actions()}
    actions["Opt-out time"].trigger()
    assert viewer.basis is TimeBasis.OPT_OUT
    qtbot.waitUntil(lambda: len(view.bars) == 1)
    assert view.basis_button.text() == "Opt-out time"
    actions["Received"].trigger()
    qtbot.waitUntil(lambda: view.words.full_text == "30 callbacks without this time")


def test_the_zone_is_the_windows(view: HistogramView, viewer: Viewer) -> None:
    actions = {action.text(): action for action in view.zone_button.menu().actions()}
    actions["UTC"].trigger()
    assert viewer.times.zone is Zone.UTC
    assert view.zone_button.text() == "UTC"
    assert actions["UTC"].isChecked()
    assert not actions["Local"].isChecked()


def test_it_follows_the_theme(view: HistogramView, qapp: QApplication) -> None:
    light = view.grab().toImage().pixelColor(20, 90)
    apply(qapp, load_theme(ThemeName.DARK))
    assert view.grab().toImage().pixelColor(20, 90) != light


def test_closing_empties_it(view: HistogramView, viewer: Viewer, qtbot: QtBot) -> None:
    viewer.close()
    qtbot.waitUntil(lambda: len(view.bars) == 0 and view.words.full_text == "")
