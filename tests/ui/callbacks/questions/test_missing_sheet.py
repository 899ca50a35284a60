"""What may be missing, with its innocent explanation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.missing import Lack
from vibes_desktop.ui.callbacks.questions.missing_sheet import MissingSheet, open_missing_sheet
from vibes_desktop.ui.callbacks.questions.rows_sheet import RowsSheet
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.widgets.buttons import Button

Open = Callable[[int], Viewer]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def sheet(viewer: Viewer, tmp_path: Path, window: QWidget, qtbot: QtBot) -> Iterator[MissingSheet]:
    """Open a second attempt whose first one is not there, and a day without the usual rate."""
    place = tmp_path / "events.ndjson"
    place.write_text("".join(f"{json.dumps(each)}\n" for each in _events()), encoding="utf-8")
    viewer.open([str(place)])
    qtbot.waitUntil(lambda: len(viewer.rows) > 0 and not viewer.is_opening)
    made = open_missing_sheet(viewer, window)
    qtbot.waitUntil(lambda: len(made.gaps) > 0)
    yield made
    made.reject()


def _events() -> list[dict[str, object]]:
    hours = [hour for hour in range(240) if not 100 <= hour < 130]
    events: list[dict[str, object]] = [
        {
            "event_id": f"E{hour}-{number}",
            "callback_type": "person_updated",
            "event_date": f"2026-02-{1 + hour // 24:02}T{hour % 24:02}:{number:02}:00Z",
            "person": {"person_id": "1"},
        }
        for hour in hours
        for number in range(10)
    ]
    return [*events, {**events[0], "event_id": "late", "delivery_attempt": "2"}]


def buttons(sheet: MissingSheet, text: str) -> list[Button]:
    return [each for each in sheet.findChildren(Button) if each.text().startswith(text)]


def gap_of(sheet: MissingSheet, lack: Lack) -> int:
    return next(place for place, gap in enumerate(sheet.gaps) if gap.lack is lack)


def test_every_hint_has_its_explanation(sheet: MissingSheet) -> None:
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert {gap.lack for gap in sheet.gaps} == {Lack.FIRST_ATTEMPT, Lack.SILENCE}
    for gap in sheet.gaps:
        assert {gap.sentence, gap.explanation} <= shown
    assert not any("lost" in text for text in shown)


def test_the_rows_of_a_hint_are_shown(sheet: MissingSheet, viewer: Viewer, qtbot: QtBot) -> None:
    place = gap_of(sheet, Lack.FIRST_ATTEMPT)
    buttons(sheet, "Show 1 callback")[0].click()
    rows = sheet.findChild(RowsSheet)
    assert rows is not None
    qtbot.waitUntil(lambda: rows.model.rowCount() == 1)
    rows.table.opened.emit(rows.model.rows[0])
    assert viewer.current == sheet.gaps[place].rows[0]
    assert not sheet.isVisible()


def test_a_silence_is_put_into_the_question(sheet: MissingSheet, viewer: Viewer) -> None:
    buttons(sheet, "Show this time")[0].click()
    assert viewer.question.startswith("date:2026-02-")
    assert not sheet.isVisible()


def test_nothing_missing_is_said(open_events: Open, window: QWidget, qtbot: QtBot) -> None:
    viewer = open_events(3)
    viewer.ask("type:none")
    qtbot.waitUntil(lambda: len(viewer.rows) == 0)
    sheet = open_missing_sheet(viewer, window)
    qtbot.waitUntil(lambda: sheet.words.text() == "Nothing hints at anything missing.")
    sheet.reject()
