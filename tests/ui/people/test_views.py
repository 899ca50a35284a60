from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.views import Views


@pytest.fixture
def first() -> QWidget:
    return QWidget()


@pytest.fixture
def second() -> QWidget:
    return QWidget()


@pytest.fixture
def views(qtbot: QtBot, first: QWidget, second: QWidget) -> Views:
    """Return views of which the first is shown."""
    made = Views()
    qtbot.addWidget(made)
    made.addWidget(first)
    made.addWidget(second)
    made.show_view(first)
    return made


def test_a_view_is_shown_at_once_and_told_of(views: Views, second: QWidget) -> None:
    told = QSignalSpy(views.shown)
    views.show_view(second)
    assert views.currentWidget() is second
    assert told.count() == 1


def test_a_skeleton_comes_while_an_answer_is_due_and_goes_with_it(
    views: Views, first: QWidget, second: QWidget, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(views.shown):
        views.wait()
        assert views.currentWidget() is first
    assert views.is_waiting
    views.show_view(second)
    assert views.currentWidget() is second
    assert not views.is_waiting


def test_what_was_there_before_comes_back(views: Views, first: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(views.shown):
        views.wait()
    views.wait()
    views.go_back()
    assert views.currentWidget() is first
    views.go_back()
    assert views.currentWidget() is first


@pytest.mark.parametrize("end", [Views.go_back, lambda views: views.show_view(views.currentWidget())])
def test_no_skeleton_comes_after_the_answer(
    views: Views, first: QWidget, second: QWidget, qtbot: QtBot, end: Callable[[Views], None]
) -> None:
    views.wait()
    end(views)
    other = Views()
    qtbot.addWidget(other)
    other.addWidget(second)
    other.show_view(second)
    with qtbot.waitSignal(other.shown):  # its wait began later
        other.wait()
    assert views.currentWidget() is first
