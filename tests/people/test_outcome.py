"""The words for an outcome."""

from datetime import UTC, datetime

import pytest

from vibes_desktop.model.change import (
    ChangeId,
    ChangeKind,
    ChangeRecord,
    Intention,
    Outcome,
    SentRequest,
)
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.outcome import Pauses, SaveResult, SaveStep


def result(kind: ChangeKind, outcome: Outcome, *, is_created: bool | None = None) -> SaveResult:
    intention = Intention(ProfileId("p"), kind, None, None, (), SentRequest("PUT", "/", "{}"), "tester")
    record = ChangeRecord(ChangeId(1), intention, datetime.now(UTC), outcome, detail="Because.")
    return SaveResult(record, is_created=is_created)


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (result(ChangeKind.UPDATE, Outcome.VERIFIED), "Saved and verified"),
        (result(ChangeKind.UNDO, Outcome.VERIFIED), "Saved and verified"),
        (result(ChangeKind.ADD, Outcome.VERIFIED, is_created=True), "Added and verified"),
        (result(ChangeKind.ADD, Outcome.VERIFIED, is_created=False), "Merged and verified"),
        (result(ChangeKind.UPDATE, Outcome.DIFFERS), "Saved, but it reads back otherwise"),
        (result(ChangeKind.ADD, Outcome.NOT_SAVED), "Not saved"),
        (result(ChangeKind.UPDATE, Outcome.UNKNOWN), "It is not known whether this was saved"),
    ],
)
def test_each_outcome_has_its_name(made: SaveResult, title: str) -> None:
    assert made.title == title
    assert made.words == f"{title}. Because."
    assert made.outcome is made.record.outcome


def test_an_unknown_add_is_looked_for_after_one_three_and_ten_seconds() -> None:
    assert Pauses().look_ups == (1.0, 3.0, 10.0)


def test_every_step_is_said_in_words() -> None:
    assert all(step.value[0].isupper() for step in SaveStep)
