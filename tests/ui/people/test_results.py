"""Several people, or nobody."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.lookup import Found, NothingFound
from vibes_desktop.ui.people.results import WRONG_KEY, NobodyFound, SeveralPeople

BY = Identifier(IdentifierKind.MDN, "+12065550150")
PEOPLE = tuple(
    Found(Person(obj(person_key=key, external_person_id=f"<i>{key}</i>", mobile_phone=obj(mdn="+1"))), BY)
    for key in ("one", "two", "three")
)


def several(show: Callable[[QWidget], QWidget]) -> SeveralPeople:
    view = SeveralPeople()
    view.resize(700, 400)
    show(view)
    view.show_people(PEOPLE, ApiVersion.V2, ["A note."])
    return view


def test_nobody_is_opened_before_the_person_chooses(shown: Callable[[QWidget], QWidget]) -> None:
    view = several(shown)
    chosen: list[Found] = []
    view.chosen.connect(chosen.append)
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    assert chosen == []
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert [found.person.person_key for found in chosen] == ["two"]


def test_a_held_enter_opens_nobody(shown: Callable[[QWidget], QWidget]) -> None:
    view = several(shown)
    chosen: list[Found] = []
    view.chosen.connect(chosen.append)
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", autorep=True)
    QApplication.sendEvent(view.list, held)
    assert chosen == []


def test_each_row_is_spoken_and_shown_as_text(shown: Callable[[QWidget], QWidget]) -> None:
    view = several(shown)
    spoken = view.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "<i>one</i>" in spoken
    labels = view.list.findChildren(QLabel)
    assert any(label.text() == "<i>one</i>" for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_nobody_says_what_was_tried_and_offers_to_add(
    shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    view = NobodyFound()
    shown(view)
    result = NothingFound((Identifier(IdentifierKind.EXTERNAL_ID, "CRM-1"), BY), ("Not tried as a number.",))
    view.show_tried(result)
    text = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "external ID CRM-1" in text
    assert "+12065550150" in text
    assert "Not tried as a number." in text
    assert WRONG_KEY in text
    wanted: list[NothingFound] = []
    view.add_requested.connect(wanted.append)
    assert view.add.hasFocus()
    QTest.keyClick(view.add, Qt.Key.Key_Return)
    assert wanted == [result]
