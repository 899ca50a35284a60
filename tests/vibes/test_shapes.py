"""Tests of vibes_desktop.vibes.shapes."""

from __future__ import annotations

import pytest

from vibes_desktop.model.errors import BadAnswer
from vibes_desktop.model.jsonvalue import parse
from vibes_desktop.vibes.shapes import objects, one_object, unwrapped


@pytest.mark.parametrize(("text", "count"), [("[]", 0), ("{}", 1), ("[{},{}]", 2)])
def test_takes_a_list_or_a_lone_object(text: str, count: int) -> None:
    assert len(objects(parse(text))) == count


@pytest.mark.parametrize("text", ["null", "1", '"x"', "true", "[1]", "[[]]", "[{},null]"])
def test_refuses_anything_else(text: str) -> None:
    with pytest.raises(BadAnswer):
        objects(parse(text))


@pytest.mark.parametrize("text", ["null", "1", "[]", "[{}]"])
def test_one_object_is_just_that(text: str) -> None:
    with pytest.raises(BadAnswer):
        one_object(parse(text))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('{"a":1}', '[{"a":1}]'),
        ('{"device":{"a":1}}', '[{"a":1}]'),
        ('{"device":[{"a":1},{}]}', '[{"a":1},{}]'),
        ('{"devices":[]}', "[]"),
        ('{"device":"x"}', '[{"device":"x"}]'),
    ],
)
def test_unwraps_where_there_is_a_wrapper(text: str, inside: str) -> None:
    outer = parse(text)
    assert unwrapped(one_object(outer), "device", "devices") == objects(parse(inside))
