"""The bars first, the pages after them."""

import subprocess
import sys
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from vibes_desktop.app.program import Program
from vibes_desktop.app.wish import Wish
from vibes_desktop.ui.shell.frame import SMALLEST
from vibes_desktop.ui.shell.page import PageId

Start = Callable[..., Program]
HEAVY = ("httpx", "phonenumbers", "keyring", "sqlite3", "asyncio", "vibes_desktop.people.session")


def test_what_the_bars_do_not_need_is_not_imported_for_them() -> None:
    code = f"import sys, vibes_desktop.app.program; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_page_is_there_once_the_program_is_ready(start: Start) -> None:
    program = start()
    for page_id in PageId:
        program.window.show_page(page_id)
        assert program.window.current_page.page_id is page_id
    assert program.window.isVisible()


def test_background_work_hands_over_to_the_window_soon(start: Start) -> None:
    usual = 0.005
    sys.setswitchinterval(usual)
    start()
    assert sys.getswitchinterval() < usual


def test_without_a_profile_the_two_ways_to_begin_are_offered(start: Start, qtbot: QtBot) -> None:
    program = start()
    assert program.workplace is not None
    people = program.workplace.people
    qtbot.waitUntil(people.finding.signed_out.isVisible)
    people.finding.signed_out.profile_requested.emit()
    assert program.window.current_page.page_id is PageId.SETTINGS


def test_a_second_start_brings_its_wish_into_this_window(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.fulfil(Wish(in_sandbox=True, person="EXT542342"))
    place = program.workplace
    assert place is not None
    qtbot.waitUntil(lambda: place.people.record.isVisible(), timeout=20_000)
    assert place.people.keeper.person.external_person_id == "EXT542342"


def test_the_page_in_view_and_the_size_are_remembered(start: Start) -> None:
    program = start()
    program.window.show_page(PageId.HISTORY)
    program.frame.resize(SMALLEST)
    program.frame.close()
    again = start()
    assert again.window.current_page.page_id is PageId.HISTORY
    assert again.frame.size() == again.window.size() == SMALLEST


def test_the_commands_of_the_pages_are_in_the_palette_and_on_their_keys(start: Start) -> None:
    titles = {command.title: command.shortcut for command in start()._registry.commands}
    assert titles["Review and save"] == "Ctrl+Return"
    assert titles["Filter the history"] == "Ctrl+F"
    assert "Settings: Appearance" in titles
