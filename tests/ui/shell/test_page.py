"""What the window may take for granted about a page, and what a page gets for doing nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import CommandRegistry
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.shell.top_bar import ProfileActions
from vibes_desktop.ui.shell.window import MainWindow

ICONS = MappingProxyType(
    {
        PageId.PEOPLE: Icon.PEOPLE,
        PageId.CALLBACKS: Icon.CALLBACKS,
        PageId.HISTORY: Icon.HISTORY,
        PageId.SETTINGS: Icon.SETTINGS,
    }
)


@pytest.fixture
def plain_window(qtbot: QtBot, registry: CommandRegistry, navigator: Navigator) -> MainWindow:
    """Return a window of pages that override nothing."""
    pages = [Page(page_id, page_id.value.title(), ICONS[page_id]) for page_id in PageId]
    actions = ProfileActions(
        on_switch=lambda _: None, on_manage=lambda: None, on_unlock=lambda: None, on_lock=lambda: None
    )
    window = MainWindow(pages, registry, navigator, actions)
    qtbot.addWidget(window)
    window.show()
    return window


def test_pages_come_in_the_order_of_the_rail() -> None:
    assert list(PageId) == ["people", "callbacks", "history", "settings"]


def test_a_page_says_what_it_is_to_eyes_and_to_ears(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    page = Page(PageId.HISTORY, "<b>History</b>", Icon.HISTORY, parent)
    assert (page.page_id, page.title, page.icon) == (PageId.HISTORY, "<b>History</b>", Icon.HISTORY)
    assert page.accessibleName() == "<b>History</b>"
    assert page.parentWidget() is parent


def test_a_page_that_does_nothing_special_works_in_the_window(
    plain_window: MainWindow, registry: CommandRegistry
) -> None:
    before = registry.commands
    for page_id in PageId:
        plain_window.show_page(page_id)
        assert plain_window.current_page.page_id is page_id
        assert plain_window.current_page.isVisible()
    assert registry.commands == before
    assert not [command for command in registry.commands if command.page is not None]


def test_without_an_initial_focus_the_focus_stays_where_it_is(
    plain_window: MainWindow, navigator: Navigator, qtbot: QtBot
) -> None:
    page = plain_window.page(PageId.PEOPLE)
    edit = QLineEdit(page)
    edit.show()
    plain_window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    assert page.initial_focus() is None
    navigator.show_page(PageId.PEOPLE)
    assert edit.hasFocus()


def test_the_bar_is_a_pages_own_only_while_it_is_in_view(
    make_window: Callable[[CommandRegistry, Navigator], MainWindow],
    registry: CommandRegistry,
    navigator: Navigator,
    bars: dict[PageId, QWidget],
) -> None:
    bars[PageId.HISTORY] = QLineEdit()
    window = make_window(registry, navigator)
    window.show()
    assert window.page(PageId.PEOPLE).bar_widget() is None
    window.show_page(PageId.HISTORY)
    assert bars[PageId.HISTORY].isVisible()
    window.show_page(PageId.SETTINGS)
    assert not bars[PageId.HISTORY].isVisible()
