"""Rehearsed answers."""

import pytest

from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.model.errors import InvalidInput


def test_every_nth_answer_is_the_rehearsed_one() -> None:
    assert [Rehearsal(503, every=3).status_of(number) for number in range(1, 7)] == [200, 200, 503] * 2
    assert Rehearsal(500).status_of(1) == 500


@pytest.mark.parametrize(
    ("status", "loses"), [(200, False), (302, False), (400, True), (499, True), (500, False)]
)
def test_only_4xx_would_lose_events(status: int, loses: bool) -> None:
    assert Rehearsal(status).loses_events is loses


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("status", {"status": 199}),
        ("status", {"status": 600}),
        ("delay", {"delay_seconds": -1}),
        ("delay", {"delay_seconds": 301}),
        ("delay", {"delay_seconds": float("nan")}),
        ("every", {"every": 0}),
    ],
)
def test_nonsense_is_refused(field: str, values: dict[str, float]) -> None:
    with pytest.raises(InvalidInput) as refused:
        Rehearsal(**values)  # type: ignore[arg-type]
    assert refused.value.field == field
