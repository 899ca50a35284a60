"""Whatever is in the way has words."""

import pytest

from vibes_desktop.people.number_standing import Position, Standing
from vibes_desktop.people.number_troubles import not_seen, taken, trouble_at


@pytest.mark.parametrize("standing", list(Standing))
def test_each_standing_has_its_trouble(standing: Standing) -> None:
    error = trouble_at(Position(standing))
    assert error.title
    assert error.advice


def test_a_number_of_somebody_else_is_another_trouble_on_the_way_back() -> None:
    assert taken(is_back=True).title != taken(is_back=False).title
    assert taken(is_back=False).title == trouble_at(Position(Standing.TAKEN)).title


def test_what_does_not_show_yet_says_what_was_done() -> None:
    assert not_seen().done == "It accepted each step."
