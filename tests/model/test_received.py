"""Tests of vibes_desktop.model.received."""

import pytest

from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject, obj
from vibes_desktop.model.received import Received, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [("7", "7"), (JsonNumber("7"), "7"), ("", ""), (None, None), (True, None), (JsonArray(), None)],
)
def test_an_identifier_may_be_text_or_a_number(value: Json, text: str | None) -> None:
    assert text_of(value) == text


def test_the_first_of_several_names_that_holds_one_is_read() -> None:
    one = Received(obj(a=None, b=JsonNumber("1"), c="2"))
    assert one.text("a", "b", "c") == "1"
    assert one.text("a", "d") is None


def test_a_part_that_is_no_object_is_empty() -> None:
    one = Received(obj(a=obj(b="c"), d="e"))
    assert one.part("a") == obj(b="c")
    assert one.part("d") == one.part("f") == JsonObject()


def test_it_tells_nothing_in_a_log() -> None:
    assert repr(Received(obj(canary="canary"))) == "Received(…)"
