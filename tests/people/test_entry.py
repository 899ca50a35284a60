"""Typed text to values and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.fields import ABSENT, FieldKind, Value
from vibes_desktop.model.jsonvalue import Json, JsonNumber, obj, parse
from vibes_desktop.people.entry import Unreadable, read, write


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, " a ", " a "),
        (FieldKind.UNKNOWN, "", ""),
        (FieldKind.NUMBER, " 1.10 ", JsonNumber("1.10")),
        (FieldKind.NUMBER, "-3e5", JsonNumber("-3e5")),
        (FieldKind.YES_NO, "Yes", True),
        (FieldKind.YES_NO, "false", False),
        (FieldKind.DATE, "1990-12-31", "1990-12-31T00:00:00Z"),
        (FieldKind.DATE, "1990-12-31T10:00:00-0600", "1990-12-31T10:00:00-0600"),
        (FieldKind.JSON, '{"a": 1.0}', parse('{"a":1.0}')),
        (FieldKind.JSON, "null", None),
        (FieldKind.SINGLE_CHOICE, '{"option_key":"M"}', obj(option_key="M")),
    ],
)
def test_reading(kind: FieldKind, text: str, value: Json) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        (FieldKind.NUMBER, "1,5", "point"),
        (FieldKind.NUMBER, "NaN", "not a number"),
        (FieldKind.NUMBER, "", "not a number"),
        (FieldKind.NUMBER, "٣", "not a number"),
        (FieldKind.NUMBER, "007", "not a number"),
        (FieldKind.YES_NO, "maybe", "yes or no"),
        (FieldKind.DATE, "31.12.1990", "1990-12-31"),
        (FieldKind.DATE, "1990-02-30", "not a date"),
        (FieldKind.JSON, '{"a": NaN}', "/a"),
        (FieldKind.JSON, '{"a": 1, "a": 2}', "/a"),
        (FieldKind.JSON, '["\\ud83d"]', "/0"),
        (FieldKind.JSON, "", "Line 1, column 1"),
        (FieldKind.JSON, "[" * 400 + "]" * 400, "Nested deeper"),
    ],
)
def test_what_can_not_be_read_says_why(kind: FieldKind, text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as found:
        read(kind, text)
    assert reason in str(found.value)


def test_json_is_refused_at_its_place() -> None:
    with pytest.raises(Unreadable) as found:
        read(FieldKind.JSON, '{\n "a": 1,\n "b" 2}')
    assert (found.value.line, found.value.column) == (3, 6)


def test_the_same_day_keeps_the_spelling_it_came_in() -> None:
    assert read(FieldKind.DATE, "1950-12-01", "1950-12-01T00:00:00z") == "1950-12-01T00:00:00z"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (FieldKind.TEXT, None, ""),
        (FieldKind.TEXT, ABSENT, ""),
        (FieldKind.DATE, "1950-12-01T00:00:00z", "1950-12-01"),
        (FieldKind.DATE, "2017-01-15T14:30Z", "2017-01-15T14:30Z"),
        (FieldKind.YES_NO, True, "yes"),
        (FieldKind.NUMBER, JsonNumber("1.10"), "1.10"),
        (FieldKind.TEXT, obj(a=None), '{"a":null}'),
        (FieldKind.JSON, obj(a=None), '{\n  "a": null\n}'),
        (FieldKind.JSON, None, "null"),
    ],
)
def test_writing(kind: FieldKind, value: Value, text: str) -> None:
    assert write(kind, value) == text


@given(st.dates())
def test_a_date_that_is_not_edited_comes_out_as_it_went_in(day: object) -> None:
    value = f"{day}T00:00:00z"
    assert read(FieldKind.DATE, write(FieldKind.DATE, value), value) == value


@given(st.text())
def test_text_is_never_changed(text: str) -> None:
    assert read(FieldKind.TEXT, write(FieldKind.TEXT, text)) == text


@given(st.sampled_from(list(FieldKind)), st.text(max_size=60))
def test_any_text_is_read_or_refused(kind: FieldKind, text: str) -> None:
    try:
        value = read(kind, text)
    except Unreadable as reason:
        assert str(reason).endswith(".")  # noqa: PT017 - refusing is one of two right answers
    else:
        assert read(kind, write(kind, value), value) == value
