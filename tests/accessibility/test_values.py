"""Markup, formulas and control characters are text: on every page, and in the exports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.accessibility import scenes
from tests.accessibility.stage import CONTROLS, FORMULA, MARKUP, NASTY_FIELDS, Stage
from tests.journey import eyes
from vibes_desktop.people.history import FORMULA_STARTS

CONTROLS_SHOWN = "a bell ␇, an escape ␛[31m and a tab␉"


def export(stage: Stage, name: str) -> Path:
    """Export the history by keyboard, as the file's name says."""
    path = stage.folders.data / name
    drive = stage.driver
    drive.press("Ctrl+3")
    drive.wait_for_text("1 change")
    drive.press("Ctrl+E")
    drive.wait_for_text("File name")
    drive.replace(str(path))
    drive.press("Return")
    drive.wait_for_text(f"written to {path}")
    return path


def test_the_record_shows_every_value_as_it_is(stage: Stage) -> None:
    scenes.record(stage)
    shown = eyes.texts_in_sight()
    assert {MARKUP, FORMULA, str(NASTY_FIELDS["email"]), CONTROLS_SHOWN} <= set(shown)
    assert any(MARKUP.replace('"', '\\"') in text and FORMULA in text for text in shown), "the JSON field"


def test_headings_are_plain_too(stage: Stage) -> None:
    scenes.edited(stage)
    assert f"{MARKUP} {FORMULA}" in eyes.texts_in_sight()
    stage.driver.press("Ctrl+Return")
    stage.driver.wait_for_focus("Save 2 changes")
    assert any(text.startswith(f"Save {MARKUP}") for text in eyes.texts_of(stage.window_in_front))


def test_the_request_is_shown_as_it_is_sent(stage: Stage) -> None:
    scenes.review(stage)
    stage.driver.tab_to("last_name: Keep theirs")
    stage.driver.go_through("Right", lambda: eyes.focus_name() == "last_name: Use mine", "my change")
    stage.driver.go_through("Space", eyes.is_checked, "the tick")
    stage.driver.wait_for_text('"last_name": "<i>x</i>"')


def test_the_history_shows_values_as_they_are(stage: Stage) -> None:
    scenes.history(stage)
    stage.driver.tab_to("Details")
    stage.driver.press("Return")
    stage.driver.wait_for_text("Before and after")
    assert {FORMULA, "<i>x</i>"} <= set(eyes.texts_in_sight())


def test_no_cell_of_an_exported_table_begins_a_formula(stage: Stage) -> None:
    scenes.saved(stage)
    with export(stage, "history.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["field"]: row["before"] for row in rows} == {
        "last_name": f"'{FORMULA}",
        "email": NASTY_FIELDS["email"],
    }
    assert not [cell for row in rows for cell in row.values() if cell.startswith(FORMULA_STARTS)]


def test_exported_json_has_every_value_as_it_came(stage: Stage) -> None:
    scenes.record(stage)
    drive = stage.driver
    drive.tab_to("notes")
    drive.press("Alt+Delete", "Ctrl+Return")
    drive.wait_for_focus("Save 1 change")
    drive.press("Ctrl+Return")
    drive.wait_for_text("Saved and verified")
    text = export(stage, "history.json").read_text(encoding="utf-8")
    (record,) = json.loads(text)
    (change,) = record["changes"]
    assert CONTROLS in change.values()
