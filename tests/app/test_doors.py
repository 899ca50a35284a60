"""From one page to another."""

from pytestqt.qtbot import QtBot

from vibes_desktop.app.workplace import Workplace
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.ui.shell.page import PageId

READY_MS = 20_000


def test_a_person_is_opened_from_another_page(at_work: Workplace, qtbot: QtBot) -> None:
    at_work._navigator.show_page(PageId.HISTORY)
    at_work._doors.open_person(Identifier(IdentifierKind.EXTERNAL_ID, "EXT542342"))
    qtbot.waitUntil(lambda: at_work.people.record.isVisible(), timeout=READY_MS)
    assert at_work.people.keeper.person.external_person_id == "EXT542342"


def test_the_form_of_a_new_profile_is_opened(at_work: Workplace) -> None:
    at_work._doors.connect_first(at_work.preferences)
    assert at_work.preferences.isVisible()
