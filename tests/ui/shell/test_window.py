from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.shell.profile_badge import ProfileBadge
from vibes_desktop.ui.shell.status_bar import StatusSlot
from vibes_desktop.ui.shell.window import MainWindow
from vibes_desktop.ui.theme import active_theme

Calls = list[tuple[str, str]]

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def press(key: Qt.Key) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(focused(), key)


def focused() -> QWidget:
    """Return the widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def shown(window: MainWindow) -> PageId:
    """Return the id of the page in view."""
    return window.current_page.page_id


def box(window: MainWindow, page_id: PageId) -> QWidget:
    """Return the box of a page."""
    edit = window.page(page_id).initial_focus()
    assert edit is not None
    return edit


def visible_buttons(window: QWidget) -> dict[str, QPushButton]:
    """Return the visible buttons by accessible name."""
    return {made.accessibleName(): made for made in window.findChildren(QPushButton) if made.isVisible()}


def visible_words(window: QWidget) -> set[str]:
    """Return the texts of all visible labels."""
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}


def test_the_first_page_is_shown_and_was_told(window: MainWindow, called: Calls) -> None:
    assert shown(window) is PageId.PEOPLE
    assert called == [("activate", "people")]


@pytest.mark.parametrize(
    ("key", "page_id"),
    [
        (Qt.Key.Key_2, PageId.CALLBACKS),
        (Qt.Key.Key_3, PageId.HISTORY),
        (Qt.Key.Key_4, PageId.SETTINGS),
        (Qt.Key.Key_1, PageId.PEOPLE),
    ],
)
def test_keys_go_to_every_page_and_into_its_box(window: MainWindow, key: Qt.Key, page_id: PageId) -> None:
    QTest.keyClick(window, key, CTRL)
    assert shown(window) is page_id
    assert box(window, page_id).hasFocus()


def test_arrows_walk_the_rail_and_keep_the_focus_there(window: MainWindow) -> None:
    rail = [made for made in window.findChildren(QToolButton) if made.isCheckable()]
    assert [made.accessibleName() for made in rail] == ["People", "Callbacks", "History", "Settings"]
    rail[0].setFocus()
    press(Qt.Key.Key_Down)
    assert (shown(window), rail[1].hasFocus()) == (PageId.CALLBACKS, True)
    press(Qt.Key.Key_Up)
    assert (shown(window), rail[0].hasFocus()) == (PageId.PEOPLE, True)


def test_a_click_on_the_rail_shows_the_page(window: MainWindow, called: Calls) -> None:
    rail = [made for made in window.findChildren(QToolButton) if made.isCheckable()]
    QTest.mouseClick(rail[2], LEFT)
    assert shown(window) is PageId.HISTORY
    assert called.count(("activate", "history")) == 1


@pytest.mark.parametrize("level", list(Safety))
def test_the_level_is_told_by_word_and_by_colour(
    window: MainWindow, level: Safety, sandbox_badge: ProfileBadge
) -> None:
    window.set_profile(ProfileBadge(sandbox_badge.id, "Demo", "US", 2, level))
    assert level.name in visible_words(window)
    assert level.name in window.windowTitle()
    edge: QColor = window.grab().toImage().pixelColor(QPoint(200, 1))
    assert edge == active_theme().frame(level)


def test_without_a_profile_no_level_is_claimed(window: MainWindow) -> None:
    window.set_profile(None)
    assert not visible_words(window) & {level.name for level in Safety}
    assert visible_buttons(window)["Profile: none"].text() == "No profile"


def test_production_can_be_unlocked_and_locked(
    window: MainWindow, called: Calls, production_badge: ProfileBadge
) -> None:
    called.clear()
    window.set_profile(production_badge)
    assert "Read-only" in visible_words(window)
    QTest.mouseClick(visible_buttons(window)["Unlock"], LEFT)
    window.set_profile(ProfileBadge(production_badge.id, "x", "EU", 1, Safety.PRODUCTION, locked=False))
    assert "Changes allowed" in visible_words(window)
    QTest.mouseClick(visible_buttons(window)["Lock"], LEFT)
    assert called == [("unlock", ""), ("lock", "")]


def test_no_lock_is_offered_outside_production(window: MainWindow) -> None:
    assert not [name for name in visible_buttons(window) if "ock" in name]


def test_the_switcher_offers_every_profile_as_plain_text(window: MainWindow, called: Calls) -> None:
    called.clear()
    menu = window.findChild(QMenu)
    assert menu is not None
    menu.aboutToShow.emit()
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.text() for action in actions] == [
        "Demo Retail · US · API 2 · SANDBOX",
        "Rock && <b>Roll</b> · EU · API 1 · PRODUCTION",
        "Manage profiles …",
    ]
    actions[1].trigger()
    actions[2].trigger()
    assert called == [("switch", "p2"), ("manage", "")]


def test_a_page_command_works_on_its_page_only(window: MainWindow, called: Calls) -> None:
    called.clear()
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert called == [("act", "people")]
    window.show_page(PageId.HISTORY)
    called.clear()
    QTest.keyClick(window, Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    assert called == [("act", "history")]


def test_the_navigator_leads_to_a_page_and_to_a_person(
    window: MainWindow, navigator: Navigator, qtbot: QtBot
) -> None:
    navigator.show_page(PageId.SETTINGS)
    assert shown(window) is PageId.SETTINGS
    with qtbot.waitSignal(navigator.person_wanted) as wanted:
        navigator.open_person("EXT 1")
    assert wanted.args == ["EXT 1"]
    assert shown(window) is PageId.PEOPLE


def test_a_page_may_fill_the_top_bar(window: MainWindow, bars: dict[PageId, QWidget]) -> None:
    bars[PageId.CALLBACKS] = QPushButton("Open")
    for _ in range(2):
        window.show_page(PageId.CALLBACKS)
        assert bars[PageId.CALLBACKS].isVisible()
        window.show_page(PageId.PEOPLE)
        assert not bars[PageId.CALLBACKS].isVisible()


def test_the_status_bar_shows_texts_in_their_places(window: MainWindow) -> None:
    window.status.set_text(StatusSlot.ACTIVITY, "Read 2 s ago · 84 ms")
    window.status.set_text(StatusSlot.LISTENER, "Listener off")
    assert window.status.text(StatusSlot.ACTIVITY) == "Read 2 s ago · 84 ms"
    QApplication.processEvents()
    labels = {label.accessibleName(): label for label in window.status.findChildren(QLabel)}
    assert labels["Read 2 s ago · 84 ms"].x() < labels["Listener off"].x()
    window.status.set_text(StatusSlot.LISTENER, "")
    assert not labels["Listener off"].isVisible()


def test_a_toast_says_what_was_done_as_plain_text(window: MainWindow) -> None:
    window.show_toast("<b>Copied</b>")
    toast = next(label for label in window.findChildren(QLabel) if label.text() == "<b>Copied</b>")
    assert toast.isVisible()
    assert toast.textFormat() is Qt.TextFormat.PlainText
    assert window.rect().contains(toast.geometry())


@pytest.mark.parametrize(("width", "height"), [(1093, 614), (960, 560)])
def test_nothing_is_cut_off_in_a_small_window(
    window: MainWindow, production_badge: ProfileBadge, width: int, height: int
) -> None:
    window.set_profile(production_badge)
    window.resize(width, height)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)
    for widget in [*window.findChildren(QPushButton), *window.findChildren(QToolButton)]:
        if widget.isVisible():
            assert widget.width() >= widget.minimumSizeHint().width(), widget.accessibleName()
            assert window.rect().contains(widget.rect().translated(widget.mapTo(window, QPoint())))


def test_every_control_has_a_name_and_tab_reaches_each_once(window: MainWindow) -> None:
    start = box(window, PageId.PEOPLE)
    start.setFocus()
    visited: list[str] = []
    for _ in range(30):
        press(Qt.Key.Key_Tab)
        visited.append(focused().accessibleName())
        if focused() is start:
            break
    assert "" not in visited
    assert len(visited) == len(set(visited))
    assert {"Profile: Demo Retail · US · API 2, sandbox", "Search people, payloads and commands"} < set(
        visited
    )
    assert "People" in visited
