"""The commands of the payload pane."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.callbacks.payload.commands import IN_MENU, payload_commands
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.payload.tabs import Tab
from vibes_desktop.ui.shell.commands import CommandRegistry

Show = Callable[..., PayloadPane]
Event = Callable[..., dict[str, object]]


@pytest.fixture
def registry(pane: PayloadPane) -> CommandRegistry:
    """Give the commands their keys, in the pane."""
    made = CommandRegistry()
    for command in payload_commands(pane):
        made.add(command, pane)
    return made


def test_nothing_can_be_done_without_a_payload(registry: CommandRegistry) -> None:
    assert [command.id for command in registry.commands if command.enabled()] == []


def test_with_a_payload_nearly_all_can(registry: CommandRegistry, show: Show, removal: Event) -> None:
    show(removal())
    off = [command.id for command in registry.commands if not command.enabled()]
    assert off == ["payload.compare_two", "payload.compare_aside", "payload.reveal"]


def test_a_payload_of_nobody_offers_no_person(registry: CommandRegistry, show: Show) -> None:
    show({"callback_type": "wallet_item_install", "event_id": "E1", "wallet_item": {}})
    assert not registry.command("payload.person").enabled()
    assert registry.command("payload.copy_json").enabled()


def test_keys_lead_through_the_pane(
    registry: CommandRegistry, show: Show, removal: Event, opened: list[Identifier], qtbot: QtBot
) -> None:
    pane = show(removal())
    pane.activateWindow()
    QTest.keyClick(pane, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert pane.tabs.tab is Tab.FINDINGS
    QTest.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.tabs.tree.find_bar.isVisible()
    QTest.keyClick(pane, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [each.value for each in opened] == ["ex1234"]


def test_keys_go_from_place_to_place(
    registry: CommandRegistry, show: Show, removal: Event, qtbot: QtBot
) -> None:
    tree = show(removal()).tabs.tree
    tree.open_find()
    tree.find_bar.edit.setText("id")
    QTest.keyClick(tree.find_bar.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tree.find_bar.count.text().startswith("1 of"))
    registry.command("payload.find_next").run()
    assert tree.find_bar.count.text().startswith("2 of")
    registry.command("payload.find_previous").run()
    assert tree.find_bar.count.text().startswith("1 of")


def test_a_link_is_copied(registry: CommandRegistry, show: Show, removal: Event, qtbot: QtBot) -> None:
    show(removal())
    QGuiApplication.clipboard().clear()
    registry.command("payload.copy_link").run()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("vibes-desktop:callback?"))


def test_some_stand_in_the_menu(registry: CommandRegistry, show: Show, removal: Event) -> None:
    menu = show(removal()).head.menu()
    texts = [action.text() for action in menu.actions()]
    titles = [registry.command(f"payload.{name}").title for name in IN_MENU]
    assert set(titles) <= set(texts)
