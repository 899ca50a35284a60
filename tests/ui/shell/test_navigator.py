from __future__ import annotations

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import PageId


def test_a_person_is_opened_on_the_people_page(qtbot: QtBot) -> None:
    navigator = Navigator()
    wishes: list[object] = []
    navigator.page_wanted.connect(wishes.append)
    navigator.person_wanted.connect(wishes.append)
    navigator.open_person("EXT 1")
    navigator.show_page(PageId.HISTORY)
    assert wishes == [PageId.PEOPLE, "EXT 1", PageId.HISTORY]


def test_payloads_are_asked_for_on_the_callbacks_page(qtbot: QtBot) -> None:
    navigator = Navigator()
    wishes: list[object] = []
    navigator.page_wanted.connect(wishes.append)
    navigator.payloads_wanted.connect(wishes.append)
    navigator.show_payloads("person:A")
    assert wishes == [PageId.CALLBACKS, "person:A"]
