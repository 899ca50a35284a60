"""The Callbacks page with payloads in it, as odd as they come, and its sheets."""

from __future__ import annotations

import json

from tests.accessibility.stage import CONTROLS, FORMULA, MARKUP, Stage
from vibes_desktop.ui.callbacks.empty_view import samples_folder

NASTY = {
    "callback_type": MARKUP,
    "event_id": FORMULA,
    "event_date": "2026-03-02T14:05:09Z",
    "person": {"external_person_id": MARKUP, "custom_fields": {"first_name": MARKUP, "notes": CONTROLS}},
}
HEADING = "when,what was received\n"


def payloads(stage: Stage) -> None:
    _open(stage, _nasty_file(stage), str(samples_folder()))


def payloads_alone(stage: Stage) -> None:
    _open(stage, _nasty_file(stage))


def columns(stage: Stage) -> None:
    payloads(stage)
    stage.place.callbacks.table_desk.choose_columns()
    stage.driver.wait_for_focus("Columns of the table")


def column_of_csv(stage: Stage) -> None:
    place = stage.folders.data / "export.csv"
    place.write_text(HEADING + '2026-01-01,"{""callback_type"": ""person_added""}"\n')
    _open(stage, str(place))
    opening = stage.place.callbacks.opening
    stage.driver.wait(lambda: opening.can_choose_column, "the columns of the CSV file")
    opening.choose_column()
    stage.driver.wait_for_focus("Column with the payloads")


def nothing_opened(stage: Stage) -> None:
    stage.driver.press("Ctrl+2")
    stage.place.callbacks.opening.open(["/nowhere/<b>at</b>/all.json"])
    stage.driver.wait_for_text("Nothing could be opened")


def _nasty_file(stage: Stage) -> str:
    place = stage.folders.data / "<b>nasty & more.json"
    place.write_text(json.dumps(NASTY))
    return str(place)


def _open(stage: Stage, *paths: str) -> None:
    viewer = stage.place.viewer
    stage.place.fulfil(in_sandbox=False, person=None, files=paths)
    stage.driver.wait(lambda: not viewer.is_opening and not stage.place.bridge.running, "the payloads")


PAYLOAD_SCENES = (payloads, payloads_alone, columns, column_of_csv, nothing_opened)
