"""Answers in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.query import parse
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.answerer import Answerer
from vibes_desktop.ui.callbacks.answering import Order, Wanted

Write = Callable[..., Path]
KEYWORD = Wanted(parse("reason:keyword_opt_out"))


class Told:
    """What an answerer told: True for another answer."""

    def __init__(self, bridge: Bridge) -> None:
        self.changes: list[bool] = []
        self.errors: list[VibesDesktopError] = []
        self.answerer = Answerer(bridge, self.changes.append, self.errors.append)


@pytest.fixture
def told(bridge: Bridge, qtbot: QtBot) -> Iterator[Told]:
    made = Told(bridge)
    yield made
    made.answerer.stop()
    qtbot.waitUntil(lambda: not bridge.running)


@pytest.fixture
def collection(write_events: Write) -> Iterator[Collection]:
    with Collection.open([str(write_events(9))]) as made:
        yield made


def wait(told: Told, qtbot: QtBot) -> list[int]:
    qtbot.waitUntil(lambda: not told.answerer.is_busy)
    return list(told.answerer.rows.tolist())


def test_everything_is_there_at_once(told: Told, collection: Collection) -> None:
    told.answerer.begin(Wanted(), collection)
    assert told.answerer.rows.tolist() == list(range(9))
    assert told.changes == [True]
    assert not told.answerer.is_busy


def test_a_question_replaces_the_answer_before(told: Told, collection: Collection, qtbot: QtBot) -> None:
    told.answerer.begin(Wanted(), collection)
    told.answerer.begin(KEYWORD, collection)
    assert told.answerer.rows.tolist() == list(range(9))
    assert wait(told, qtbot) == [0, 3, 6]
    assert told.changes.count(True) == 2
    assert told.answerer.took_ms > 0


def test_an_order_is_shown_once_it_is_complete(told: Told, collection: Collection, qtbot: QtBot) -> None:
    told.answerer.begin(Wanted(KEYWORD.query, Order("time", descending=True)), collection)
    assert wait(told, qtbot) == [6, 3, 0]
    assert told.changes.count(True) == 1


@pytest.mark.parametrize("order", [None, Order("time")])
def test_rows_that_come_are_looked_at_too(
    told: Told, write_events: Write, order: Order | None, qtbot: QtBot
) -> None:
    wanted = Wanted(KEYWORD.query, order)
    with (
        Collection.open([str(write_events(4))]) as collection,
        Collection.open([str(write_events(9, "all.ndjson"))]) as longer,
    ):
        told.answerer.begin(wanted, collection)
        assert wait(told, qtbot) == [0, 3]
        told.changes.clear()
        told.answerer.catch_up(wanted, longer)
        assert wait(told, qtbot) == [0, 3, 6]
        assert any(told.changes) is (order is not None)
        told.changes.clear()
        told.answerer.catch_up(wanted, longer)
        assert told.changes == []


def test_the_same_answer_again_changes_nothing(told: Told, collection: Collection, qtbot: QtBot) -> None:
    told.answerer.begin(KEYWORD, collection)
    wait(told, qtbot)
    told.changes.clear()
    told.answerer.again(KEYWORD, collection)
    assert wait(told, qtbot) == [0, 3, 6]
    assert not any(told.changes)


def test_what_was_stopped_stays_as_it_is(told: Told, collection: Collection, qtbot: QtBot) -> None:
    told.answerer.begin(Wanted(), collection)
    told.answerer.begin(KEYWORD, collection)
    told.answerer.stop()
    told.answerer.catch_up(KEYWORD, collection)
    told.answerer.again(KEYWORD, collection)
    assert wait(told, qtbot) == list(range(9))
