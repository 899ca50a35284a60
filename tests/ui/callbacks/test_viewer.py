"""The one thing that all views of the page read from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.query import QueryError, Term
from vibes_desktop.callbacks.views import TimeBasis
from vibes_desktop.ui.callbacks.viewer import Order, Viewer

Write = Callable[..., Path]
Open = Callable[..., Viewer]


def ask(viewer: Viewer, qtbot: QtBot, text: str) -> list[int]:
    with qtbot.waitSignal(viewer.answered):
        viewer.ask(text)
    return list(viewer.rows.tolist())


def test_it_begins_with_nothing(viewer: Viewer) -> None:
    assert len(viewer.collection) == len(viewer.rows) == len(viewer.selected) == 0
    assert viewer.current is None
    assert not viewer.is_opening
    assert not viewer.is_answering


def test_opened_rows_all_answer(viewer: Viewer, write_events: Write, qtbot: QtBot) -> None:
    with qtbot.waitSignals([viewer.replaced, viewer.answered]):
        viewer.open([str(write_events(5))])
    assert viewer.rows.tolist() == [0, 1, 2, 3, 4]


def test_a_question_is_answered_in_the_background(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(6)
    assert ask(viewer, qtbot, "reason:keyword_opt_out") == [0, 3]
    assert viewer.question == "reason:keyword_opt_out"
    assert ask(viewer, qtbot, "") == [0, 1, 2, 3, 4, 5]


def test_a_question_that_makes_no_sense_changes_nothing(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    with qtbot.assertNotEmitted(viewer.asked), pytest.raises(QueryError) as raised:
        viewer.ask("type:a ) b")
    assert raised.value.position > 0
    assert viewer.question == ""


def test_conditions_come_and_go(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(6)
    with qtbot.waitSignals([viewer.asked, viewer.answered]):
        viewer.toggle(Term("list", "1234"))
    assert viewer.question == "list:1234"
    with qtbot.waitSignal(viewer.answered):
        viewer.exclude(Term("reason", "keyword_opt_out"))
    assert viewer.rows.tolist() == [1, 5]
    with qtbot.waitSignal(viewer.answered):
        viewer.replace("list", None)
    assert viewer.question == "-reason:keyword_opt_out"


def test_rows_are_sorted(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(4)
    with qtbot.waitSignal(viewer.answered):
        viewer.sort(Order("time", descending=True))
    assert viewer.rows.tolist() == [3, 2, 1, 0]
    with qtbot.waitSignal(viewer.answered):
        viewer.sort(None)
    assert viewer.rows.tolist() == [0, 1, 2, 3]


def test_what_is_looked_at_is_told_once(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    with qtbot.waitSignal(viewer.chosen):
        viewer.show(2)
    assert viewer.current == 2
    with qtbot.assertNotEmitted(viewer.chosen):
        viewer.show(2)


def test_the_table_tells_what_is_selected(viewer: Viewer) -> None:
    viewer.set_selection(lambda: np.array([4, 2], dtype=np.int64))
    assert viewer.selected.tolist() == [4, 2]


def test_another_time_basis_is_told(viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.basis_changed):
        viewer.set_basis(TimeBasis.RECEIVED)
    with qtbot.assertNotEmitted(viewer.basis_changed):
        viewer.set_basis(TimeBasis.RECEIVED)


def test_files_are_added(open_events: Open, write_events: Write, qtbot: QtBot) -> None:
    viewer = open_events(3)
    viewer.open([str(write_events(2, "more.ndjson", first=3))], add=True)
    qtbot.waitUntil(lambda: len(viewer.rows) == 5)
    assert len(viewer.collection.sources) == 2


def test_closing_leaves_nothing(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    viewer.show(1)
    with qtbot.waitSignals([viewer.replaced, viewer.answered, viewer.chosen]):
        viewer.close()
    assert viewer.current is None
    assert len(viewer.rows) == 0


def test_pasted_text_is_opened(viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.opened):
        viewer.open_text('[{"callback_type": "person_added"}, {"callback_type": "person_updated"}]')
    assert len(viewer.rows) == 2


def test_a_question_holds_for_rows_that_come(open_events: Open, write_events: Write, qtbot: QtBot) -> None:
    viewer = open_events(6)
    ask(viewer, qtbot, "reason:keyword_opt_out")
    with qtbot.assertNotEmitted(viewer.answered):
        viewer.open([str(write_events(6, "more.ndjson", first=6))], add=True)
        qtbot.waitUntil(lambda: len(viewer.rows) == 4)
    assert viewer.rows.tolist() == [0, 3, 6, 9]


def test_what_cannot_be_opened_leaves_what_is_open(open_events: Open, qtbot: QtBot) -> None:
    viewer = open_events(3)
    with qtbot.waitSignals([viewer.failed, viewer.opened]):
        viewer.open(["/nowhere/at/all.json"])
    assert len(viewer.rows) == 3
    assert viewer.paths[0].endswith("events.ndjson")


def test_opening_tells_how_far_it_came(open_events: Open) -> None:
    viewer = open_events(3)
    assert viewer.progress is not None
    assert viewer.progress.rows == 3
    assert viewer.progress.bytes_done == viewer.progress.bytes_total > 0


def test_pasted_text_leaves_no_file(viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.opened):
        viewer.open_text('{"callback_type": "person_added"}')
    place = Path(viewer.paths[0])
    assert viewer.collection.payload(0).callback_type == "person_added"
    assert place.exists()
    qtbot.waitUntil(lambda: not viewer.bridge.running)
    viewer.close()
    qtbot.waitUntil(lambda: not place.exists())
