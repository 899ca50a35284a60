"""From one page to another."""

import json
from pathlib import Path

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


def test_a_payload_leads_to_its_person_and_the_person_to_all_payloads(
    at_work: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "some.ndjson").write_text(
        "".join(f"{json.dumps(event(who))}\n" for who in ("EXT542342", "X"))
    )
    at_work.fulfil(in_sandbox=True, person=None, files=(str(tmp_path / "some.ndjson"),))
    assert at_work.callbacks.isVisible()
    viewer = at_work.viewer
    qtbot.waitUntil(lambda: len(viewer.rows) == 2, timeout=READY_MS)
    qtbot.waitUntil(lambda: at_work.callbacks.payload.head.has_person, timeout=READY_MS)
    at_work.callbacks.payload.head.open_button.click()
    qtbot.waitUntil(lambda: at_work.people.record.isVisible(), timeout=READY_MS)
    assert at_work.people.keeper.person.external_person_id == "EXT542342"
    at_work.people.record.side.callbacks_requested.emit()
    assert at_work.callbacks.isVisible()
    qtbot.waitUntil(lambda: viewer.rows.tolist() == [0], timeout=READY_MS)
    assert "EXT542342" in viewer.question


def event(who: str) -> dict[str, object]:
    """Make a payload about somebody."""
    return {"callback_type": "person_added", "event_id": who, "person": {"external_person_id": who}}
