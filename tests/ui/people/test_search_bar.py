"""The box: what it recognises, what it looks up, whom it offers again."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.recognise import Recognised
from vibes_desktop.ui.people.search_bar import NO_RECENTS, SearchBar


def shown(qtbot: QtBot) -> SearchBar:
    bar = SearchBar()
    qtbot.addWidget(bar)
    bar.resize(800, 40)
    with qtbot.waitExposed(bar):
        bar.show()
    bar.edit.setFocus()
    return bar


def open_menu(bar: SearchBar) -> QMenu:
    menus = [menu for menu in bar.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


def test_enter_looks_up_what_was_recognised(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    found: list[Recognised] = []
    bar.look_up.connect(found.append)
    bar.set_text("+1 206 555 0143")
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    assert found[0].candidates == (Identifier(IdentifierKind.MDN, "+12065550143"),)


def test_what_can_be_no_identifier_is_refused_with_the_reason(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    refused: list[InvalidInput] = []
    bar.refused.connect(refused.append)
    bar.set_text("x" * 129)
    bar.submit()
    assert "128" in refused[0].advice


def test_an_identifier_of_a_known_kind_is_not_guessed_again(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    found: list[Recognised] = []
    bar.look_up.connect(found.append)
    bar.show_identifier(Identifier(IdentifierKind.EXTERNAL_ID, "2065550143"))
    bar.submit()
    assert {each.kind for each in found[0].candidates} == {IdentifierKind.EXTERNAL_ID}


def test_typing_on_forgets_the_forced_kind(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    found: list[Recognised] = []
    bar.look_up.connect(found.append)
    bar.show_identifier(Identifier(IdentifierKind.EXTERNAL_ID, "206555014"))
    bar.edit.setText("2065550143")
    bar.submit()
    assert IdentifierKind.MDN in {each.kind for each in found[0].candidates}


def test_a_whole_callback_of_many_lines_arrives_whole(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    found: list[Recognised] = []
    bar.look_up.connect(found.append)
    QApplication.clipboard().setText('{\n  "person": {\n    "external_person_id": "CRM 7"\n  }\n}')
    bar.edit.paste()
    bar.submit()
    assert Identifier(IdentifierKind.EXTERNAL_ID, "CRM 7") in found[0].candidates


def test_down_offers_the_last_people_and_enter_looks_one_up(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    found: list[Recognised] = []
    bar.look_up.connect(found.append)
    bar.set_recents([Identifier(IdentifierKind.EXTERNAL_ID, "A & <b>1</b>")])
    QTest.keyClick(bar.edit, Qt.Key.Key_Down)
    menu = open_menu(bar)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert found[0].candidates[0] == Identifier(IdentifierKind.EXTERNAL_ID, "A & <b>1</b>")


def test_nobody_looked_up_is_said(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    bar.open_recents()
    menu = open_menu(bar)
    assert any(NO_RECENTS in action.text() for action in menu.actions())
    menu.close()
