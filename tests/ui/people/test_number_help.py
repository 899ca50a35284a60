from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.number_help import NO_EXTERNAL_ID, NewNumberHelp, NumberActs, NumberHelp
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def window(in_window: Shown) -> QWidget:
    """Return the window that a sheet is shown over."""
    return in_window(QWidget())


@pytest.fixture
def done() -> list[str]:
    """Return what was done, and whether the sheet was still open then."""
    return []


@pytest.fixture
def acts(done: list[str]) -> NumberActs:
    """Return acts that note themselves."""

    def note(what: str) -> Callable[[], None]:
        return lambda: done.append(f"{what} {QApplication.activeModalWidget() is None}")

    return NumberActs(
        change=note("change"), remove=note("remove"), add_new=note("new"), add_same=note("same")
    )


def opened(sheet: SheetDialog, qtbot: QtBot) -> SheetDialog:
    """Open a sheet."""
    sheet.open()
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet


def button_of(sheet: SheetDialog, words: str) -> QPushButton:
    """Find a button by its words."""
    return next(each for each in sheet.findChildren(QPushButton) if each.text() == words)


@pytest.mark.parametrize(
    ("kind", "words", "noted"),
    [
        (NumberHelp, "Change number…", "change True"),
        (NumberHelp, "Remove the number", "remove True"),
        (NumberHelp, "Add a new person…", "new True"),
        (NewNumberHelp, "Add with the same external ID…", "same True"),
    ],
)
def test_what_is_offered_is_done_once_the_sheet_is_closed(
    window: QWidget,
    acts: NumberActs,
    done: list[str],
    kind: type[NumberHelp | NewNumberHelp],
    words: str,
    noted: str,
    qtbot: QtBot,
) -> None:
    sheet = opened(kind(acts, window), qtbot)
    button_of(sheet, words).click()
    assert done == [noted]
    assert not sheet.isVisible()


@pytest.mark.parametrize("kind", [NumberHelp, NewNumberHelp])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_close_it_and_do_nothing(
    window: QWidget,
    acts: NumberActs,
    done: list[str],
    kind: type[NumberHelp | NewNumberHelp],
    key: Qt.Key,
    qtbot: QtBot,
) -> None:
    sheet = opened(kind(acts, window), qtbot)
    qtbot.waitUntil(button_of(sheet, "Close").hasFocus)
    QTest.keyClick(button_of(sheet, "Close"), key)
    assert not sheet.isVisible()
    assert done == []


def test_what_cannot_be_done_is_greyed_out(window: QWidget, qtbot: QtBot) -> None:
    sheet = opened(NumberHelp(NumberActs(add_new=lambda: None), window), qtbot)
    for words in ("Change number…", "Remove the number"):
        assert not button_of(sheet, words).isEnabled()
    assert button_of(sheet, "Add a new person…").isEnabled()
    sheet.reject()


@pytest.mark.parametrize("has_id", [True, False])
def test_a_record_without_an_external_id_is_told_to_get_one(
    window: QWidget, has_id: bool, qtbot: QtBot
) -> None:
    acts = NumberActs(add_same=(lambda: None) if has_id else None)
    sheet = opened(NewNumberHelp(acts, window), qtbot)
    told = NO_EXTERNAL_ID in [label.text() for label in sheet.findChildren(QLabel)]
    assert told is not has_id
    assert button_of(sheet, "Add with the same external ID…").isEnabled() is has_id
    sheet.reject()
