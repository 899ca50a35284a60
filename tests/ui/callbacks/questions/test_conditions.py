"""Values of a table as conditions of the question."""

from __future__ import annotations

import pytest

from vibes_desktop.callbacks.query import parse
from vibes_desktop.ui.callbacks.questions.conditions import ask_also, key_words, term_of
from vibes_desktop.ui.callbacks.viewer import Viewer


@pytest.mark.parametrize(
    ("name", "key", "question"),
    [
        ("list", "1234", "list:1234"),
        ("reason", "a b*", 'reason:"a b*"'),
        ("list", None, "-list:*"),
        ("day", "2026-11-01", "date:2026-11-01"),
        ("hour", "2026-11-01T10", "date:2026-11-01T10"),
        ("day", None, "-date:0002.."),
    ],
)
def test_a_value_becomes_a_condition(viewer: Viewer, name: str, key: str | None, question: str) -> None:
    ask_also(viewer, name, key)
    assert viewer.question == question
    assert viewer.query == parse(question)


def test_it_takes_the_place_of_others_on_its_field(viewer: Viewer) -> None:
    viewer.ask("list:1 type:a")
    ask_also(viewer, "list", "2")
    assert viewer.question == "type:a list:2"


def test_words_tell_the_name_too() -> None:
    assert key_words("1", {"1": "Deals"}) == "1 Deals"
    assert key_words("2", {"1": "Deals"}) == "2"
    assert key_words(None, {}) == "(none)"
    assert term_of("list", "a b").is_quoted
