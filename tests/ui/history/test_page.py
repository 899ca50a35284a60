"""The History page as a whole: real journal, real loop, real widgets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, ChangeRecord, Outcome
from vibes_desktop.model.errors import ConnectionFailed
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.history.actions import HistoryActions
from vibes_desktop.ui.history.filter_bar import Days
from vibes_desktop.ui.history.page import HistoryPage

Write = Callable[..., ChangeId]
DEMO, ACME = ProfileId("demo"), ProfileId("acme")
NARROW, WIDE = (1029, 518), (1296, 760)


@dataclass
class Asked:
    """What the page handed over, and what looking again brings."""

    undone: list[ChangeRecord] = field(default_factory=list)
    opened: list[Identifier] = field(default_factory=list)


@dataclass(frozen=True)
class Looked:
    """What came out of looking again."""

    record: ChangeRecord
    words: str


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def page(
    bridge: Bridge, journal: Journal, profiles: tuple[Profile, ...], asked: Asked, qtbot: QtBot
) -> Iterator[HistoryPage]:
    async def resolve(record: ChangeRecord) -> Looked:
        if record.intention.reason == "offline":
            raise ConnectionFailed("No connection", "Nothing was sent.", "Look again later.")
        return Looked(journal.close(record.id, Outcome.VERIFIED), "It was saved.")

    made = HistoryPage(bridge, journal, HistoryActions(asked.undone.append, asked.opened.append, resolve))
    made.set_profiles(profiles, DEMO)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not bridge.running)


def _settle(page: HistoryPage, bridge: Bridge, qtbot: QtBot) -> None:
    """Wait until everything asked for is there."""

    def is_settled() -> bool:
        rows = range(page.model.rowCount())
        is_waiting = page.filter_bar._calm.isActive() or page.model._ask.isActive()
        return not bridge.running and not is_waiting and all(page.model.record(row) for row in rows)

    qtbot.waitUntil(is_settled)


@pytest.fixture
def settle(page: HistoryPage, bridge: Bridge, qtbot: QtBot) -> Callable[[], None]:
    return lambda: _settle(page, bridge, qtbot)


def _people(page: HistoryPage) -> list[str]:
    return [page.model.index(row, 1).data() for row in range(page.model.rowCount())]


def test_the_changes_of_the_profile_are_listed_and_the_newest_is_in_view(
    page: HistoryPage, write: Write, settle: Callable[[], None]
) -> None:
    write("Ann")
    write("Bob", profile=ACME)
    newest = write("Cid")
    page.activate()
    settle()
    assert _people(page) == ["Cid Millar", "Ann Millar"]
    assert page.detail.record is not None
    assert page.detail.record.id == newest
    assert page._count.text() == "2 changes"


def test_all_profiles_can_be_seen(page: HistoryPage, write: Write, settle: Callable[[], None]) -> None:
    write("Ann")
    write("Bob", profile=ACME)
    page.filter_bar.scope.setCurrentIndex(1)
    settle()
    assert _people(page) == ["Bob Millar", "Ann Millar"]


def test_an_empty_history_says_what_will_be_here(page: HistoryPage, settle: Callable[[], None]) -> None:
    page.activate()
    settle()
    assert page._nothing.isVisible()
    assert not page.export_button.isEnabled()
    assert page.initial_focus() is page.filter_bar.text


def test_a_filter_that_nothing_matches_can_be_cleared(
    page: HistoryPage, write: Write, settle: Callable[[], None], qtbot: QtBot
) -> None:
    write("Ann")
    QTest.keyClicks(page.filter_bar.text, "nobody")
    settle()
    assert page._no_match.isVisible()
    assert page.detail.record is None
    page._clear_button.click()
    settle()
    assert page.table.isVisible()
    assert page.initial_focus() is page.table


def test_a_new_change_does_not_move_what_is_looked_at(
    page: HistoryPage, write: Write, settle: Callable[[], None]
) -> None:
    first = write("Ann")
    page.activate()
    settle()
    write("Bob")
    page.refresh()
    settle()
    assert _people(page) == ["Bob Millar", "Ann Millar"]
    assert page.detail.record is not None
    assert page.detail.record.id == first


def test_a_change_named_by_another_page_is_shown(
    page: HistoryPage, write: Write, settle: Callable[[], None]
) -> None:
    wanted = write("Ann")
    write("Bob")
    page.filter_bar.text.setText("bob")
    settle()
    page.show_record(wanted)
    settle()
    assert page.detail.record is not None
    assert page.detail.record.id == wanted


def test_undo_and_open_hand_the_change_over(
    page: HistoryPage, write: Write, settle: Callable[[], None], asked: Asked
) -> None:
    change_id = write("Ann")
    page.activate()
    settle()
    page.detail.undo_button.click()
    page.detail.open_button.click()
    assert [record.id for record in asked.undone] == [change_id]
    assert [person.value for person in asked.opened] == ["key-Ann"]


def test_looking_again_closes_an_open_change(
    page: HistoryPage, write: Write, settle: Callable[[], None]
) -> None:
    write("Ann", outcome=Outcome.SENDING)
    page.activate()
    settle()
    page.detail.resolve_button.click()
    settle()
    assert page.notice.text == "Looked again\nIt was saved."
    assert page.model.index(0, 3).data() == "saved"
    assert not page.detail.resolve_button.isVisible()


def test_looking_again_in_vain_says_why(page: HistoryPage, write: Write, settle: Callable[[], None]) -> None:
    write("Ann", outcome=Outcome.SENDING, reason="offline")
    page.activate()
    settle()
    page.detail.resolve_button.click()
    settle()
    assert page.notice.text.startswith("No connection")
    assert page.detail.resolve_button.isEnabled()


def test_what_is_shown_can_be_exported_by_keyboard(
    page: HistoryPage, write: Write, settle: Callable[[], None], qtbot: QtBot, tmp_path: Path
) -> None:
    write("Ann")
    write("Bob")
    page.filter_bar.text.setText("ann")
    settle()
    page.export_button.setFocus()
    QTest.keyClick(page.export_button, Qt.Key.Key_Return)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.selectedFiles()[0].endswith(".csv")
    target = tmp_path / "history.json"
    dialog.selectFile(str(target))
    dialog.accept()
    qtbot.waitUntil(page.notice.isVisible)
    settle()
    assert [entry["name"] for entry in json.loads(target.read_bytes())] == ["Ann Millar"]
    assert str(target) in page.notice.text
    assert page.export_button.isEnabled()


def test_an_export_that_fails_says_so_and_can_be_tried_again(
    page: HistoryPage, write: Write, settle: Callable[[], None], tmp_path: Path
) -> None:
    write("Ann")
    page.activate()
    settle()
    page.exporter.write(tmp_path / "gone" / "history.csv", page.model.ids)
    settle()
    assert page.notice.isVisible()
    assert page.export_button.isEnabled()


def test_in_a_narrow_window_the_details_are_a_drawer(
    page: HistoryPage, write: Write, settle: Callable[[], None], qtbot: QtBot
) -> None:
    write("Ann")
    page.resize(*NARROW)
    page.activate()
    settle()
    assert page.drawer.collapsed
    assert not page.detail.isVisible()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.detail.isVisible()


def test_every_control_that_can_have_the_focus_has_a_name(
    page: HistoryPage, write: Write, settle: Callable[[], None]
) -> None:
    write("Ann")
    page.filter_bar.days.setCurrentText(Days.CHOSEN.value)
    page.activate()
    settle()
    focusable = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(focusable) > 8
    assert [type(widget).__name__ for widget in focusable if not widget.accessibleName()] == []


def test_commands_have_keys_of_their_own(page: HistoryPage) -> None:
    keys = [command.shortcut for command in page.commands() if command.shortcut]
    assert len(keys) == len(set(keys))
    page.commands()[0].run()
    assert page.filter_bar.text.hasFocus() or page.focusWidget() is page.filter_bar.text
