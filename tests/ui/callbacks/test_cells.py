"""What each cell says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.columns import ABSENT_MS
from vibes_desktop.callbacks.query import Term, parse, write
from vibes_desktop.ui.callbacks.cells import Cells, exact, lag_words
from vibes_desktop.ui.callbacks.row_reader import RowReader
from vibes_desktop.ui.callbacks.table_columns import Field
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.times import Zone

Open = Callable[..., Viewer]

SAID = {
    Field.TIME: "2026-02-01 00:03:00",
    Field.RECEIVED: "",
    Field.LAG: "",
    Field.TYPE: "subscription_removed",
    Field.PERSON: "ex00003",
    Field.EXTERNAL_ID: "ex00003",
    Field.PERSON_KEY: "key-3",
    Field.MOBILE: "+12065550003",
    Field.LIST: "1234",
    Field.CAMPAIGN: "",
    Field.REASON: "keyword_opt_out",
    Field.OPT_IN: "2026-01-01 00:00:00",
    Field.OPT_OUT: "2026-02-01 00:00:00",
    Field.ATTEMPT: "1",
    Field.ANSWERED: "",
    Field.EVENT_ID: "E000003",
    Field.SOURCE: "events.ndjson",
    Field.LINE: "4",
    Field.STATE: "",
}


@pytest.fixture
def cells(open_events: Open, qtbot: QtBot) -> Cells:
    viewer = open_events(4)
    reader = RowReader(viewer, viewer)
    with qtbot.waitSignal(reader.arrived):
        reader.texts(3)
    return Cells(viewer, reader)


@pytest.mark.parametrize("field", SAID)
def test_each_column_says_its_part(cells: Cells, field: Field) -> None:
    assert cells.text(3, field) == SAID[field].removeprefix(f"{datetime.now(UTC).year}-")


def test_personal_data_are_masked(cells: Cells, viewer: Viewer) -> None:
    viewer.privacy.set_masking(True)
    assert cells.text(3, Field.MOBILE) == "+•••••••••03"
    assert cells.text(3, Field.EXTERNAL_ID) == cells.text(3, Field.PERSON) == "e•••"
    assert cells.copied(3, Field.MOBILE) == "+•••••••••03"
    assert cells.text(3, Field.PERSON_KEY) == "key-3"
    assert cells.text(3, Field.TYPE) == "subscription_removed"


def test_times_are_copied_in_utc(cells: Cells, viewer: Viewer) -> None:
    viewer.times.set_zone(Zone.BOTH)
    assert cells.copied(3, Field.TIME) == "2026-02-01 00:03:00 UTC"
    assert cells.tooltip(3, Field.TIME) == "2026-02-01 00:03:00 UTC"


@pytest.mark.parametrize(
    ("field", "term"),
    [
        (Field.TYPE, Term("type", "subscription_removed")),
        (Field.PERSON, Term("person", "ex00003")),
        (Field.MOBILE, Term("mdn", "+12065550003")),
        (Field.TIME, Term("date", "2026-02-01")),
        (Field.ATTEMPT, Term("attempt", "1")),
        (Field.EVENT_ID, Term("event", "E000003")),
        (Field.CAMPAIGN, None),
        (Field.LINE, None),
        (Field.STATE, None),
    ],
)
def test_a_cell_asks_for_its_like(
    cells: Cells, viewer: Viewer, field: Field, term: Term | None, qtbot: QtBot
) -> None:
    assert cells.term(3, field) == term
    if term is not None:
        with qtbot.waitSignal(viewer.answered):
            viewer.toggle(term)
        assert 3 in viewer.rows


@pytest.mark.parametrize(
    ("sent", "received", "said"),
    [
        (1_000, 253_000, "4 min 12 s"),
        (5_000, 3_000, "−2 s"),
        (1, 1, "0 ms"),
        (ABSENT_MS, 1, ""),
        (1, ABSENT_MS, ""),
    ],
)
def test_the_lag_is_said(sent: int, received: int, said: str) -> None:
    assert lag_words(sent, received) == said


@pytest.mark.parametrize("value", ["1234", "a b", 'with "quotes"', "wild*", "a..b", "x:y", "-minus"])
def test_any_value_can_be_asked_for(value: str) -> None:
    term = exact("list", value)
    assert parse(write(term)) == term
