"""A page whose content comes later."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.lazy_page import LazyPage
from vibes_desktop.ui.shell.page import Page, PageId


class Real(Page):
    """The page that comes."""

    def __init__(self) -> None:
        super().__init__(PageId.PEOPLE, "People", Icon.PEOPLE)
        self.activated = 0
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)

    def activate(self) -> None:
        self.activated += 1

    def initial_focus(self) -> QWidget:
        return self.edit

    def commands(self) -> Sequence[Command]:
        return [Command("x", "X", lambda: None)]

    def bar_widget(self) -> QWidget:
        return self.edit


def lazy(qtbot: QtBot) -> LazyPage:
    page = LazyPage(PageId.PEOPLE, "People", Icon.PEOPLE)
    qtbot.addWidget(page)
    return page


def test_before_its_page_is_there_it_has_nothing(qtbot: QtBot) -> None:
    page = lazy(qtbot)
    page.activate()
    assert page.page is None
    assert page.initial_focus() is None
    assert page.bar_widget() is None
    assert list(page.commands()) == []


def test_everything_is_passed_on(qtbot: QtBot) -> None:
    page, real = lazy(qtbot), Real()
    page.hold(real)
    assert real.activated == 0
    page.activate()
    assert real.activated == 1
    assert page.initial_focus() is real.edit
    assert page.bar_widget() is real.edit
    assert [command.id for command in page.commands()] == ["x"]


def test_a_page_that_arrives_in_sight_is_told_so(qtbot: QtBot) -> None:
    page, real = lazy(qtbot), Real()
    with qtbot.waitExposed(page):
        page.show()
    page.hold(real)
    assert real.activated == 1
    qtbot.waitUntil(real.isVisible)
