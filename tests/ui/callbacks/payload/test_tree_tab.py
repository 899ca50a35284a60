"""Reading, finding and copying in the tree."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.query import parse, write
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.payload.json_tree import Document
from vibes_desktop.ui.callbacks.payload.tree_tab import TreeTab, term_of
from vibes_desktop.ui.callbacks.payload.value_sheet import ValueSheet
from vibes_desktop.ui.privacy import Privacy

PAYLOAD = {
    "subscription": {"person": {"id": "ABC123", "deep": {"deeper": {"id": "x"}}}, "list": {"id": "1234"}},
    "delivery_attempt": "2",
}


@pytest.fixture
def privacy() -> Privacy:
    return Privacy()


@pytest.fixture
def tab(bridge: Bridge, privacy: Privacy, qtbot: QtBot) -> TreeTab:
    made = TreeTab(bridge, privacy)
    made.resize(380, 400)
    qtbot.addWidget(made)
    made.set_document(Document(json.dumps(PAYLOAD).encode()))
    made.show()
    return made


def current_path(tab: TreeTab) -> str:
    node = tab.view.current_node
    return "" if node is None else ".".join(map(str, node.path))


def find(tab: TreeTab, needle: str, qtbot: QtBot) -> None:
    tab.open_find()
    tab.find_bar.edit.setText(needle)
    QTest.keyClick(tab.find_bar.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.find_bar.count.text() not in ("", "Looking…"))


def test_a_usual_payload_is_open_from_the_start(tab: TreeTab) -> None:
    subscription = tab.model.index(0, 0)
    person = tab.model.index(0, 0, subscription)
    assert tab.view.isExpanded(subscription)
    assert tab.view.isExpanded(person)
    assert not tab.view.isExpanded(tab.model.index(1, 0, person))


def test_a_large_payload_is_open_by_its_first_level(tab: TreeTab) -> None:
    tab.set_document(Document(json.dumps({"a": {str(number): 1 for number in range(500)}, "b": 2}).encode()))
    assert not tab.view.isExpanded(tab.model.index(0, 0))


def test_it_finds_in_closed_branches(tab: TreeTab, qtbot: QtBot) -> None:
    find(tab, "id", qtbot)
    assert tab.find_bar.count.text() == "1 of 3"
    assert current_path(tab) == "subscription.person.id"
    tab.step(1)
    assert current_path(tab) == "subscription.person.deep.deeper.id"
    assert tab.find_bar.count.text() == "2 of 3"
    tab.step(-1)
    tab.step(-1)
    assert current_path(tab) == "subscription.list.id"


def test_what_is_not_there_is_said(tab: TreeTab, qtbot: QtBot) -> None:
    find(tab, "nowhere", qtbot)
    assert tab.find_bar.count.text() == "Not found"
    tab.step(1)


def test_the_search_goes_on_in_the_next_payload(tab: TreeTab, qtbot: QtBot) -> None:
    find(tab, "1234", qtbot)
    tab.set_document(Document(b'{"other": {"a": "1234", "b": "12345"}}'))
    qtbot.waitUntil(lambda: tab.find_bar.count.text() == "1 of 2")
    assert current_path(tab) == "other.a"


def test_a_place_is_shown(tab: TreeTab) -> None:
    assert tab.show_path("subscription.list.id")
    assert current_path(tab) == "subscription.list.id"
    assert not tab.show_path("subscription.person.missing")
    assert current_path(tab) == "subscription.person"


def test_the_cursor_stays_at_its_place_from_payload_to_payload(tab: TreeTab) -> None:
    tab.show_path("subscription.list.id")
    tab.set_document(Document(b'{"subscription": {"list": {"id": "other"}}}'))
    assert current_path(tab) == "subscription.list.id"
    tab.set_document(None)
    tab.set_document(Document(b'{"event_id": "1"}'))
    assert current_path(tab) in ("", "event_id")


def test_a_value_a_path_and_a_part_are_copied(tab: TreeTab) -> None:
    copied: list[tuple[str, str]] = []
    tab.copy_wanted.connect(lambda text, what: copied.append((text, what)))
    tab.show_path("subscription.list")
    tab.copy_path()
    tab.copy_subtree()
    tab.show_path("subscription.person.id")
    tab.copy_value()
    assert copied == [
        ("subscription.list", "path"),
        ('{\n  "id": "1234"\n}', "part of the payload"),
        ("ABC123", "value"),
    ]


def test_the_value_is_copied_by_key(tab: TreeTab, qtbot: QtBot) -> None:
    tab.show_path("delivery_attempt")
    with qtbot.waitSignal(tab.copy_wanted) as copied:
        QTest.keyClick(tab.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == ["2", "value"]


def test_the_menu_names_all_there_is(tab: TreeTab, qtbot: QtBot) -> None:
    tab.set_document(Document(b'{"a.b": 1}'))
    tab.show_path("a.b")
    tab.view.menu_wanted.emit(QPoint(5, 5))
    menu = tab.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Show all of the value",
        "Copy value",
        "Copy path",
        "Copy with all below, as JSON",
        "Open all",
        "Close all",
        "Ask for payloads that have the same here",
    ]
    assert not menu.actions()[-1].isEnabled()
    menu.close()


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("delivery_attempt", 'path:"delivery_attempt=2"'),
        ("subscription.list", "path:subscription.list"),
        ("subscription.person.deep.deeper.id", 'path:"subscription.person.deep.deeper.id=x"'),
    ],
)
def test_payloads_with_the_same_can_be_asked_for(
    tab: TreeTab, path: str, question: str, qtbot: QtBot
) -> None:
    tab.show_path(path)
    with qtbot.waitSignal(tab.question_wanted) as wanted:
        tab.ask_for_same()
    assert parse(write(wanted.args[0])) == wanted.args[0]
    assert write(wanted.args[0]) == question


def test_what_is_hidden_is_not_put_into_a_question(tab: TreeTab, privacy: Privacy, qtbot: QtBot) -> None:
    tab.set_document(Document(b'{"external_id": "ex1234", "callback_type": "person_added"}'))
    privacy.set_masking(True)
    tab.show_path("external_id")
    with qtbot.assertNotEmitted(tab.question_wanted):
        tab.ask_for_same()
    tab.show_path("callback_type")
    with qtbot.waitSignal(tab.question_wanted):
        tab.ask_for_same()


def test_what_a_question_can_not_spell_is_not_offered() -> None:
    document = Document(b'{"a.b": 1, "": 2, "c": 3}')
    assert [term_of(node) is not None for node in document.root.children] == [False, False, True]
    assert term_of(document.root) is None


def test_a_value_is_shown_in_full_by_enter(tab: TreeTab) -> None:
    tab.show_path("subscription.person.id")
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    sheet = tab.findChild(ValueSheet)
    assert sheet is not None
    assert sheet.view.toPlainText() == "ABC123"
    sheet.reject()


def test_all_is_opened_and_closed(tab: TreeTab) -> None:
    tab.open_all()
    deep = tab.model.index(1, 0, tab.model.index(0, 0, tab.model.index(0, 0)))
    assert tab.view.isExpanded(deep)
    tab.close_all()
    assert not tab.view.isExpanded(tab.model.index(0, 0))


def test_it_says_when_not_all_is_open(tab: TreeTab, qtbot: QtBot) -> None:
    tab.set_document(Document(json.dumps([[number] * 10 for number in range(500)]).encode()))
    with qtbot.waitSignal(tab.said) as said:
        tab.open_all()
    assert said.args == ["The first 2,000 rows are open; there are more"]


def test_one_hidden_value_is_shown_for_a_while(tab: TreeTab, privacy: Privacy, qtbot: QtBot) -> None:
    payload = {"person": {"mobile_phone": {"mdn": "+12065550143"}, "external_person_id": "EXT542342"}}
    document = Document(json.dumps(payload).encode())
    tab.set_document(document)
    privacy.set_masking(True)
    assert tab.show_path("person.external_person_id")
    words, node = tab.model.words, tab.view.current_node
    assert node is not None
    tab.reveal()
    assert words.value(node) == '"EXT542342"'
    assert words.value(document.at_path("person.mobile_phone.mdn")[0]) == '"+•••••••••43"'
    assert "EXT542342" not in words.copied(node), "what is said of a copy is that it is hidden"
    tab._hiding.start(0)
    qtbot.waitUntil(lambda: words.value(node) == '"E•••"')
    tab.reveal()
    tab.set_document(document)
    assert words.value(node) == '"E•••"', "with another payload it is hidden again"


def test_what_is_looked_for_is_hidden_too(tab: TreeTab, privacy: Privacy, qtbot: QtBot) -> None:
    find(tab, "ABC123", qtbot)
    assert tab.find_bar.edit.displayText() == "ABC123"
    privacy.set_masking(True)
    assert not set(tab.find_bar.edit.displayText()) & set("ABC123")
    assert tab.find_bar.needle == "ABC123"
