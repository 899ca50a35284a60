"""The page's parts in little room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.callbacks.viewer_body import Parts, ViewerBody

Open = Callable[..., Viewer]


@pytest.fixture
def parts(viewer: Viewer) -> Parts:
    table = PayloadTable(viewer)
    return Parts(QWidget(), QWidget(), QWidget(), table, table, QWidget())


@pytest.fixture
def body(parts: Parts, qtbot: QtBot) -> ViewerBody:
    made = ViewerBody(parts, None)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    return made


def test_with_room_everything_stands_side_by_side(body: ViewerBody, parts: Parts) -> None:
    assert all(part.isVisible() for part in (parts.facets, parts.table, parts.payload, parts.histogram))
    assert not body.back_button.isVisible()


def test_the_facets_go_first_and_come_back(body: ViewerBody, parts: Parts) -> None:
    body.resize(900, 800)
    assert not parts.facets.isVisible()
    assert parts.payload.isVisible()
    body.resize(1300, 800)
    assert parts.facets.isVisible()
    assert parts.facets.width() > 100


def test_table_and_payload_take_turns(body: ViewerBody, parts: Parts, open_events: Open) -> None:
    open_events(3)
    body.resize(600, 400)
    assert not parts.payload.isVisible()
    assert not parts.histogram.isVisible()
    parts.table.setFocus()
    QTest.keyClick(parts.table, Qt.Key.Key_Return)
    assert parts.payload.isVisible()
    assert not parts.table.isVisible()
    assert body.back_button.isVisible()
    QTest.keyClick(body.back_button, Qt.Key.Key_Escape)
    assert parts.table.isVisible()
    assert not parts.payload.isVisible()


def test_the_splitter_is_as_it_was_left(parts: Parts, qtbot: QtBot) -> None:
    first = ViewerBody(parts, None)
    qtbot.addWidget(first)
    first.resize(1300, 800)
    first.show()
    first.splitter.setSizes([300, 500, 480])
    state = bytes(first.splitter.saveState().data())
    left = first.splitter.sizes()
    second = ViewerBody(parts, state)
    qtbot.addWidget(second)
    second.resize(1300, 800)
    second.show()
    assert second.splitter.sizes() == left
