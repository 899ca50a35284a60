"""With personal data hidden, no page and no sheet tells who anybody is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from PySide6.QtGui import QGuiApplication

from tests.accessibility import masked_scenes as more
from tests.accessibility import payload_scenes, question_scenes, scenes
from tests.accessibility import stage as stages
from tests.accessibility.call_scenes import CALL_SCENES
from tests.accessibility.payload_scenes import PAYLOAD_SCENES
from tests.accessibility.personal import told_of
from tests.accessibility.question_scenes import QUESTION_SCENES
from tests.accessibility.scenes import SCENES, Scene
from tests.accessibility.stage import Stage
from vibes_desktop.callbacks.export import Form
from vibes_desktop.ui.callbacks.questions.export_sheet import ExportSheet
from vibes_desktop.ui.shell.commands import Command

FIRST, LAST, MAIL = "Canarine", "Quillfeather", "canary.bird@example.com"
EXTERNAL, NUMBER = "EXT542342", "+12065550143"
CANARIES = (FIRST, LAST, MAIL, EXTERNAL, "12065550", "2065550", "13125550143", "CUST-0042", "Robin")
FIELDS = {
    "first_name": FIRST,
    "last_name": LAST,
    "email": MAIL,
    "notes": f"{FIRST} called from {NUMBER}",
    "loyalty_id": EXTERNAL,
    "preferences": {"friend": [FIRST, NUMBER, {"mail": MAIL}]},
}
PAYLOAD = {
    "callback_type": "person_updated",
    "event_id": "E1",
    "event_date": "2026-03-02T14:05:09Z",
    "person": {
        "external_person_id": EXTERNAL,
        "mobile_phone": {"mdn": NUMBER},
        "custom_fields": {"first_name": FIRST, "last_name": LAST, "email": MAIL},
    },
}


@pytest.fixture(autouse=True)
def _birds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "NASTY_FIELDS", FIELDS)
    monkeypatch.setattr(payload_scenes, "NASTY", PAYLOAD)


CHANGING = (  # sheets not to be had while data are hidden; in front of them, the switch is out of reach
    scenes.review,
    scenes.adding,
    scenes.json_sheet,
    *CALL_SCENES,
)
SHOWING = (
    scenes.signed_out,
    scenes.start,
    scenes.record,
    scenes.drawer,
    scenes.several,
    scenes.nobody,
    scenes.refused,
    scenes.number_help,
    scenes.privacy,
    scenes.catalogue,
    scenes.palette,
    more.recents,
    more.looking_up,
    more.forgetting,
    more.why_texted,
    more.listening,
    more.registrations,
    *PAYLOAD_SCENES,
    *QUESTION_SCENES,
    more.person_of_callbacks,
    more.wrong_number,
    more.suggested,
    more.cell_menu,
    more.timeline,
    more.compared,
    more.redeliveries,
    more.delivering,
    more.tree,
    more.text,
)
COPIES = (
    "callbacks.copy",
    "payload.copy_json",
    "payload.copy_exact",
    "payload.copy_curl",
    "payload.copy_link",
)
QUICK = (scenes.record, more.why_texted, payload_scenes.payloads, more.looking_up)


def each(wanted: Sequence[Scene]) -> list[ParameterSet]:
    """Leave most scenes to the full test."""
    return [
        pytest.param(one, id=one.__name__, marks=() if one in QUICK else pytest.mark.full) for one in wanted
    ]


@pytest.mark.parametrize("scene", each([one for one in SCENES if one not in CHANGING]))
def test_what_is_open_hides_it_at_once(stage: Stage, scene: Scene) -> None:
    scene(stage)
    stage.place.privacy.set_masking(True)
    assert_nobody_is_told(stage)


@pytest.mark.parametrize("scene", each(SHOWING))
def test_what_is_opened_then_never_shows_it(stage: Stage, scene: Scene) -> None:
    stage.place.privacy.set_masking(True)
    scene(stage)
    assert_nobody_is_told(stage)


def test_what_changes_a_record_is_not_to_be_had(stage: Stage) -> None:
    stage.place.privacy.set_masking(True)
    scenes.record(stage)
    for keys in ("Ctrl+N", "Ctrl+Shift+F", "Ctrl+Shift+S", "Ctrl+Shift+O", "Ctrl+Shift+N", "Ctrl+Return"):
        stage.driver.press(keys)
        assert stage.window_in_front is stage.program.frame, keys
    assert_nobody_is_told(stage)


def test_without_the_switch_the_canaries_are_found(stage: Stage) -> None:
    payload_scenes.payloads_alone(stage)
    scenes.record(stage)
    found = "\n".join(told_of(CANARIES))
    for words in (f"painted in Frame: {FIRST.lower()!r}", f"{MAIL!r}", f"{EXTERNAL.lower()!r}", "'12065550'"):
        assert words in found


def assert_nobody_is_told(stage: Stage) -> None:
    stage.driver.settle()
    stage.driver.wait(lambda: not stage.place.bridge.running, "the window")
    stage.driver.settle()
    complaints = told_of(CANARIES)
    assert not complaints, "\n".join(complaints)


def test_no_copy_of_a_record_tells_who_it_is(stage: Stage) -> None:
    stage.place.privacy.set_masking(True)
    scenes.record(stage)
    commands = stage.place.people.commands()
    copied = [copied_by(commands, "record.copy")]
    for field in ("Mobile number", "first_name", "email", "preferences"):
        stage.driver.tab_to(field)
        copied.append(copied_by(commands, "field.copy"))
    assert len([text for text in copied if "•" in text]) >= 4
    assert not [canary for canary in CANARIES for text in copied if canary in text]


def test_no_copy_of_callbacks_tells_who_it_is(stage: Stage) -> None:
    stage.place.privacy.set_masking(True)
    payload_scenes.payloads(stage)
    page = stage.place.callbacks
    page.table.go_to(0)
    stage.driver.wait(lambda: page.payload.loaded is not None, "the payload")
    page.table.selectAll()
    copied = []
    for name in COPIES:
        copied_by(page.commands(), name)
        stage.driver.wait(lambda: QGuiApplication.clipboard().text() != "", name)
        copied.append(QGuiApplication.clipboard().text())
    assert len([text for text in copied if "•" in text]) >= 4
    assert not [canary for canary in CANARIES for text in copied if canary in text]


@pytest.mark.parametrize("form", list(Form))
def test_no_export_of_callbacks_tells_who_it_is(stage: Stage, tmp_path: Path, form: Form) -> None:
    stage.place.privacy.set_masking(True)
    question_scenes.export(stage)
    sheet = stage.window_in_front
    assert isinstance(sheet, ExportSheet)
    sheet.forms[form].setChecked(True)
    file = tmp_path / "exported"
    sheet._exporter.write(sheet.rows, file, sheet.order)
    stage.driver.wait(lambda: file.exists() and not stage.place.bridge.running, "the file")
    text = file.read_text(encoding="utf-8-sig")
    assert "•" in text
    assert not [canary for canary in CANARIES if canary in text]


def copied_by(commands: Sequence[Command], name: str) -> str:
    """Run a command, and tell what is on the clipboard at once."""
    QGuiApplication.clipboard().clear()
    next(command for command in commands if command.id == name).run()
    return QGuiApplication.clipboard().text()
