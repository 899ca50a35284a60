from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.command_palette import CommandPalette
from vibes_desktop.ui.shell.navigator import Navigator
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.shell.window import MainWindow

Calls = list[tuple[str, str]]
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow) -> CommandPalette:
    """Open the palette by its key."""
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    assert palette.isVisible()
    return palette


def entries(palette: CommandPalette) -> list[str]:
    """Return the titles in the list."""
    view: QListWidget = palette.list
    return [view.item(row).text() for row in range(view.count())]


def test_every_command_is_in_it_with_its_key_those_of_the_page_first(window: MainWindow) -> None:
    palette = opened(window)
    assert entries(palette)[0] == "Act on People"
    assert {
        "Go to History",
        "Quit Vibes Desktop",
        "Switch to Rock & <b>Roll</b> · EU · API 1 · PRODUCTION",
    } < set(entries(palette))
    spoken = palette.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Act on People Ctrl Enter"


def test_the_profile_in_use_is_not_offered(window: MainWindow) -> None:
    assert not [title for title in entries(opened(window)) if title.startswith("Switch to Demo Retail")]


def test_letters_filter_arrows_choose_enter_runs(window: MainWindow) -> None:
    palette = opened(window)
    QTest.keyClicks(palette.edit, "goto")
    assert entries(palette)[:4] == ["Go to People", "Go to Callbacks", "Go to History", "Go to Settings"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(palette.edit, key)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.current_page.page_id is PageId.HISTORY


def test_the_list_wraps_around_and_pages_stop_at_its_ends(window: MainWindow) -> None:
    palette = opened(window)
    QTest.keyClick(palette.edit, Qt.Key.Key_Up)
    assert palette.list.currentRow() == palette.list.count() - 1
    QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 0
    QTest.keyClick(palette.edit, Qt.Key.Key_PageUp)
    assert palette.list.currentRow() == 0


def test_a_command_of_another_page_shows_it_first(window: MainWindow, called: Calls) -> None:
    palette = opened(window)
    QTest.keyClicks(palette.edit, "act on settings")
    called.clear()
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert called == [("activate", "settings"), ("act", "settings")]


def test_a_pasted_identifier_is_looked_up(window: MainWindow, navigator: Navigator, qtbot: QtBot) -> None:
    palette = opened(window)
    palette.edit.setText(" <b>+1 206 555 0143</b> ")
    assert entries(palette)[0] == "Find person: <b>+1 206 555 0143</b>"
    with qtbot.waitSignal(navigator.person_wanted) as wanted:
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert wanted.args == [" <b>+1 206 555 0143</b> "]


def test_words_mean_commands_first_and_a_person_last(window: MainWindow) -> None:
    palette = opened(window)
    palette.edit.setText("quit")
    assert entries(palette)[0] == "Quit Vibes Desktop"
    assert entries(palette)[-1] == "Find person: quit"


def test_escape_closes_and_the_page_has_the_focus_again(window: MainWindow) -> None:
    palette = opened(window)
    QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.page(PageId.PEOPLE).initial_focus() is QApplication.focusWidget()


def test_other_keys_of_the_window_are_silent_meanwhile(window: MainWindow, called: Calls) -> None:
    palette = opened(window)
    called.clear()
    QTest.keyClick(palette.edit, Qt.Key.Key_2, CTRL)
    assert called == []
    assert window.current_page.page_id is PageId.PEOPLE


def test_it_closes_when_it_is_left(window: MainWindow) -> None:
    palette = opened(window)
    box = window.page(PageId.PEOPLE).findChild(QLineEdit)
    assert box is not None
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert not palette.isVisible()


def test_it_starts_empty_again_and_fits_a_small_window(window: MainWindow) -> None:
    palette = opened(window)
    palette.edit.setText("quit")
    palette.close_palette()
    window.resize(960, 560)
    palette = opened(window)
    assert palette.edit.text() == ""
    assert window.rect().contains(palette.geometry().adjusted(0, 16, 0, 0))


def test_hidden_data_are_hidden_in_it_while_they_are_typed(window: MainWindow) -> None:
    window.privacy.set_masking(True)
    palette = opened(window)
    QTest.keyClicks(palette.edit, "goto")
    assert palette.edit.displayText() == "goto"
    for typed in ("+12065550143", "Canarine Quillfeather"):
        palette.edit.clear()
        QTest.keyClicks(palette.edit, typed)
        assert not set(palette.edit.displayText()) & set(typed)
        assert not [title for title in entries(palette) if typed[1:8] in title]
    window.privacy.set_masking(False)
    palette.open_palette("+12065550143")
    assert palette.edit.displayText() == "+12065550143"
