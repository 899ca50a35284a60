"""Hints at what may be missing are found, and each is explained; what is complete gives none."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.missing import Gap, Lack, possibly_missing
from vibes_desktop.callbacks.stopping import Stopped, Stopper

Open = Callable[[list[dict[str, Any]]], Collection]
BEGAN = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Write events and open them."""

    def write(events: list[dict[str, Any]]) -> Collection:
        (tmp_path / "a.ndjson").write_text("".join(json.dumps(event) + "\n" for event in events))
        return Collection.open([str(tmp_path)])

    return write


def at(hours: float) -> str:
    """Write a time after the beginning."""
    return f"{BEGAN + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def step(act: str, hours: float, who: str, joined: float, event: str = "", **more: Any) -> dict[str, Any]:
    """Make an addition or a removal."""
    subscription = {
        "person": {"id": who},
        "subscription_list": {"id": "1"},
        "opt_in_date": at(joined),
        **({"opt_out_date": at(hours)} if act == "removed" else {}),
    }
    return {
        "callback_type": f"subscription_{act}",
        "event_id": event or f"{act}-{who}-{hours}",
        "event_date": at(hours),
        "subscription": subscription,
        **more,
    }


def found_in(collection: Collection, rows: list[int] | None = None) -> list[Gap]:
    """Look in all rows, or in some."""
    with collection:
        chosen = np.arange(len(collection)) if rows is None else np.array(rows)
        gaps = list(possibly_missing(collection, chosen))
    assert all(gap.explanation.endswith(".") and "lost" not in gap.sentence + gap.explanation for gap in gaps)
    return gaps


def test_nothing_is_missing(opened: Open) -> None:
    events = [
        step("added", 1, "a", 1),
        step("removed", 2, "a", 1),
        step("added", 3, "a", 3, delivery_attempt="1"),
        step("added", 3, "a", 3, delivery_attempt="2"),
        step("added", 1, "b", 1),
    ]
    assert found_in(opened(events)) == []
    assert found_in(opened([])) == []


def test_first_attempts(opened: Open) -> None:
    events = [
        step("added", 1, "a", 1, "A", delivery_attempt="3"),
        step("added", 1, "a", 1, "A", delivery_attempt="2"),
        step("added", 2, "b", 2, "B", delivery_attempt="2"),
        step("added", 2, "b", 2, "B", delivery_attempt="1"),
        step("added", 2, "c", 2, "C"),
    ]
    (gap,) = found_in(opened(events))
    assert (gap.lack, gap.rows.tolist()) == (Lack.FIRST_ATTEMPT, [1])
    assert gap.sentence == "1 event was first seen at a second or later attempt."
    assert found_in(opened(events), [0, 2, 3, 4]) == []


def test_removals_and_rejoining(opened: Open) -> None:
    events = [
        step("added", 0, "first", 0),
        step("removed", 5, "joined before", -100),
        step("removed", 5, "joined meanwhile", 3),
        step("added", 4, "joined twice", 4),
        step("added", 9, "joined twice", 9),
        step("removed", 2, "left twice", 1),
        step("added", 1, "left twice", 1),
        step("removed", 7, "left twice", 6),
    ]
    gaps = {(gap.lack, gap.is_explained): gap for gap in found_in(opened(events))}
    assert {key: gap.rows.tolist() for key, gap in gaps.items()} == {
        (Lack.ADDITION, False): [2, 7],
        (Lack.ADDITION, True): [1],
        (Lack.REMOVAL, False): [4],
    }
    assert "2 Mar 2026" in gaps[Lack.ADDITION, True].sentence
    assert [gap.rows.tolist() for gap in found_in(opened(events), [7])] == [[7]]


def test_whoever_is_joined_by_another_identifier_has_joined(opened: Open) -> None:
    other = step("removed", 3, "x", 1)
    other["subscription"]["person"] = {"external_id": "X"}
    both = step("added", 1, "a", 1)
    both["subscription"]["person"] = {"id": "a", "external_id": "X"}
    assert found_in(opened([both, other])) == []


def silent(days: int, *, between: tuple[float, float], weekend: bool = False) -> list[dict[str, Any]]:
    """Make an event every five minutes by day and every half hour by night, but for one time."""
    events = []
    for minute in range(0, days * 1440, 5):
        hours = minute / 60
        is_night = hours % 24 < 8
        is_quiet = between[0] <= hours < between[1] or (weekend and hours // 24 % 7 > 4)
        if not is_quiet and (not is_night or minute % 30 == 0):
            events.append(step("added", hours, f"p{minute}", hours))
    return events


def test_silence(opened: Open) -> None:
    events = silent(10, between=(106, 110))
    (gap,) = found_in(opened(events))
    assert gap.lack is Lack.SILENCE
    assert gap.begin_ms is not None
    assert gap.end_ms is not None
    hours = [(each / 1000 - BEGAN.timestamp()) / 3600 for each in (gap.begin_ms, gap.end_ms)]
    assert 105.5 <= hours[0] <= 108
    assert 108 <= hours[1] <= 110.5
    assert len(gap.rows) == 2
    assert "where about" in gap.sentence


@pytest.mark.parametrize("days", [3, 10, 28])
def test_nights_and_weekends_are_no_silence(days: int, opened: Open) -> None:
    assert found_in(opened(silent(days, between=(0, 0), weekend=days > 7))) == []


def test_it_can_be_given_up(opened: Open) -> None:
    stopper = Stopper()
    stopper.stop()
    with opened([step("added", 1, "a", 1)]) as collection, pytest.raises(Stopped):
        possibly_missing(collection, np.arange(1), stopper.check)
