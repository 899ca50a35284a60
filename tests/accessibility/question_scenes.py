"""The question over odd payloads, and its sheets."""

from __future__ import annotations

from tests.accessibility.payload_scenes import payloads
from tests.accessibility.stage import MARKUP, Stage
from vibes_desktop.callbacks.export import Form
from vibes_desktop.ui.callbacks.questions.export_sheet import ExportSheet


def asked(stage: Stage) -> None:
    """Ask for what an odd payload holds: it stands in the box, in a facet and among the earlier questions."""
    payloads(stage)
    page = stage.place.callbacks
    page.query_box.edit.put(f'type:"{MARKUP}"')
    page.query_box.ask_now()
    _wait(stage)


def wrong_question(stage: Stage) -> None:
    payloads(stage)
    box = stage.place.callbacks.query_box
    box.edit.put("attempt:<b>many</b>")
    box.ask_now()
    stage.driver.wait(lambda: bool(box.bubble.text), "what is wrong with it")


def how_to_ask(stage: Stage) -> None:
    payloads(stage)
    stage.place.callbacks.query_box.show_help()
    stage.driver.wait_for_text("How to ask")


def groups(stage: Stage) -> None:
    _sheet(stage, "groups", "Group by")


def periods(stage: Stage) -> None:
    _sheet(stage, "periods", "Compare periods")


def drift(stage: Stage) -> None:
    _sheet(stage, "drift", "What the payloads hold")


def missing(stage: Stage) -> None:
    _sheet(stage, "missing", "Possibly missing")


def export(stage: Stage) -> None:
    _sheet(stage, "export", "Export")
    sheet = stage.window_in_front
    assert isinstance(sheet, ExportSheet)
    sheet.forms[Form.CSV].setChecked(True)


def _sheet(stage: Stage, name: str, title: str) -> None:
    payloads(stage)
    page = stage.place.callbacks
    next(command for command in page.query_box.commands if command.id == f"callbacks.{name}").run()
    stage.driver.wait_for_text(title)
    _wait(stage)


def _wait(stage: Stage) -> None:
    stage.driver.wait(lambda: not stage.place.bridge.running, "the answer")


QUESTION_SCENES = (asked, wrong_question, how_to_ask, groups, periods, drift, missing, export)
