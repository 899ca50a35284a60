from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.shell.rail import Rail, RailButton
from vibes_desktop.ui.theme import Color, active_theme


def left_edge(button: RailButton) -> QColor:
    """Return the colour at a button's left edge."""
    return button.grab().toImage().pixelColor(1, 28)


def test_the_page_in_view_is_marked_by_a_bar(qtbot: QtBot) -> None:
    button = RailButton("People", Icon.PEOPLE)
    qtbot.addWidget(button)
    button.show()
    button.setChecked(True)
    assert left_edge(button) == active_theme().color(Color.ACCENT)
    button.setChecked(False)
    assert left_edge(button) != active_theme().color(Color.ACCENT)


def test_a_long_word_is_drawn_narrower_not_cut_off(qtbot: QtBot) -> None:
    button = RailButton("Communication", Icon.CALLBACKS)
    qtbot.addWidget(button)
    button.show()
    image = button.grab().toImage()
    ground = image.pixelColor(0, 0)
    sides = [image.pixelColor(x, y) for x in (0, 1, image.width() - 1) for y in range(32, 48)]
    assert set(map(QColor.name, sides)) == {ground.name()}
    assert button.accessibleName() == "Communication"


def test_the_last_page_stands_at_the_bottom(qtbot: QtBot) -> None:
    pages = [Page(page_id, page_id.title(), Icon.PEOPLE) for page_id in PageId]
    for page in pages:
        qtbot.addWidget(page)
    rail = Rail(pages)
    qtbot.addWidget(rail)
    rail.resize(64, 700)
    rail.show()
    tops = [button.y() for button in rail.findChildren(QToolButton)]
    assert tops == [8, 64, 120, 700 - 8 - 56]
    assert {button.focusPolicy() for button in rail.findChildren(QToolButton)} <= {
        Qt.FocusPolicy.StrongFocus,
        Qt.FocusPolicy.ClickFocus,
    }
    rail.set_current(PageId.HISTORY)
    assert [rail.shows(page_id) for page_id in PageId] == [False, False, True, False]
