"""The tree on screen."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.json_tree import Document
from vibes_desktop.ui.callbacks.payload.node_words import NodeWords
from vibes_desktop.ui.callbacks.payload.tree_model import TreeModel
from vibes_desktop.ui.callbacks.payload.tree_view import TreeView, marks_of
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.theme import Color, active_theme

PAYLOAD = {"person": {"id": "1", "phone": {"mdn": "+13125550143"}}, "n": 5, "flag": True, "list": [1, 2]}


@pytest.fixture
def view(qtbot: QtBot) -> TreeView:
    made = TreeView(TreeModel(NodeWords(Privacy())))
    made.resize(380, 400)
    qtbot.addWidget(made)
    made.tree.set_document(Document(json.dumps(PAYLOAD).encode()))
    made.show()
    made.setFocus()
    return made


def colors(view: TreeView) -> set[str]:
    picture = view.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def go_to(view: TreeView, path: str) -> None:
    document = view.tree.document
    assert document is not None
    view.go_to(document.at_path(path)[0])


def test_going_to_a_place_opens_what_is_above(view: TreeView) -> None:
    go_to(view, "person.phone.mdn")
    node = view.current_node
    assert node is not None
    assert node.key == "mdn"
    assert view.isExpanded(view.tree.index(0, 0))


def test_the_keys_open_and_close(view: TreeView, qtbot: QtBot) -> None:
    go_to(view, "person")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.isExpanded(view.currentIndex())
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert not view.isExpanded(view.currentIndex())
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.isExpanded(view.currentIndex())


def test_a_star_opens_all_below(view: TreeView, qtbot: QtBot) -> None:
    go_to(view, "person")
    QTest.keyClick(view, Qt.Key.Key_Asterisk)
    assert view.isExpanded(view.tree.index(1, 0, view.currentIndex()))
    assert not view.isExpanded(view.tree.index(3, 0))


def test_opening_all_has_a_bound(view: TreeView, qtbot: QtBot) -> None:
    view.tree.set_document(Document(json.dumps([[number] * 10 for number in range(500)]).encode()))
    with qtbot.waitSignal(view.bounded) as bounded:
        view.open_below(QModelIndex(), 1_000)
    assert bounded.args == [1_000]


def test_keys_and_values_have_their_colours(view: TreeView) -> None:
    go_to(view, "person.phone.mdn")
    view.setCurrentIndex(QModelIndex())
    shown = colors(view)
    for role in (Color.ACCENT, Color.OK, Color.WARN, Color.MUTED):
        assert active_theme().color(role).name() in shown


def test_what_is_found_is_tinted_and_what_was_repaired_is_marked(view: TreeView) -> None:
    go_to(view, "person.id")
    node = view.current_node
    assert node is not None
    tint = active_theme().color(Color.CHANGED).name()
    mark = active_theme().color(Color.WARN_SOFT).name()
    assert not {tint, mark} & colors(view)
    view.set_needle("FLAG")
    view.set_marked(frozenset({node.id}))
    assert {tint, mark} <= colors(view)


def test_a_menu_is_offered_at_the_current_row(view: TreeView, qtbot: QtBot) -> None:
    go_to(view, "n")
    with qtbot.waitSignal(view.menu_wanted):
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.currentIndex()).center()
        )
        view.ask_for_menu()


def test_a_name_that_comes_twice_is_marked() -> None:
    first, second, other = Document(b'{"a": 1, "a": 2, "b": 3}').root.children
    assert marks_of(first, is_repaired=False) == ("name comes twice",)
    assert marks_of(second, is_repaired=True) == ("repaired", "name comes twice")
    assert marks_of(other, is_repaired=False) == ()
