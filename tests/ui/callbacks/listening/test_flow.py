"""The page's side: button, notices, sheet, commands, and the way to the registrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.callbacks.file_status import file_words
from vibes_desktop.ui.callbacks.listening.flow import ListeningFlow, Register
from vibes_desktop.ui.callbacks.table_place import TablePlace

if TYPE_CHECKING:
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def made(live: Live, register: Register | None = None) -> ListeningFlow:
    """Make the flow over a plain widget in place of the page."""
    page = QWidget()
    live.qtbot.addWidget(page)
    return ListeningFlow(live.bridge, live.desk, lambda: register, page)


def test_its_commands_start_and_stop(live: Live) -> None:
    flow = made(live)
    commands = {command.id: command for command in flow.commands()}
    told: list[str] = []
    flow.told.connect(told.append)
    assert not commands["listen.stop"].enabled()
    commands["listen.start"].run()
    live.qtbot.waitUntil(commands["listen.stop"].enabled, timeout=WAIT_MS)
    assert not commands["listen.start"].enabled()
    assert "live: 0 received" in told
    commands["listen.stop"].run()
    live.qtbot.waitUntil(commands["listen.start"].enabled, timeout=WAIT_MS)


def test_what_was_received_is_shown_without_listening(live: Live) -> None:
    live.start()
    live.send("A")
    live.wait_for_rows(1)
    live.stop()
    live.viewer.close()
    commands = {command.id: command for command in made(live).commands()}
    commands["listen.show"].run()
    live.wait_for_rows(1)
    assert not live.desk.is_listening


def test_the_small_button_opens_the_sheet_and_that_the_registrations(live: Live) -> None:
    opened: list[str] = []
    flow = made(live, lambda address, _window: opened.append(address))
    address = live.start()
    sheet = flow.open_sheet()
    live.qtbot.addWidget(sheet)
    sheet.endpoint.register.click()
    assert opened == [address]
    assert not sheet.isVisible()


def test_the_page_says_that_nothing_came_yet_and_then_what_is_there(live: Live) -> None:
    place = TablePlace(live.viewer, QWidget())
    live.qtbot.addWidget(place)
    live.start()
    live.qtbot.waitUntil(lambda: place.currentWidget() is place.nothing_yet, timeout=WAIT_MS)
    live.send("A")
    live.qtbot.waitUntil(lambda: file_words(live.viewer) == "Callbacks · 1 callback", timeout=WAIT_MS)
    live.qtbot.waitUntil(lambda: place.currentWidget() is not place.nothing_yet, timeout=WAIT_MS)


def test_what_there_is_can_be_delivered_again(live: Live) -> None:
    flow = made(live)
    command = next(command for command in flow.commands() if command.id == "listen.deliver")
    assert not command.enabled()
    live.start()
    live.send("A")
    live.wait_for_rows(1)
    assert command.enabled()
    sheet = flow.deliver_again()
    assert sheet.all_shown.isChecked()
    sheet.reject()
