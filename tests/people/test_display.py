"""Words for values: plain, one line, whatever a value holds."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.fields import ABSENT, FieldKind, Value
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject, obj, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.dates import moment_words
from vibes_desktop.people.display import NO_NAME, display_text, heading, name_of, one_line, visible


def person(text: str) -> Person:
    raw = parse(text)
    assert isinstance(raw, JsonObject)
    return Person(raw)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ('{"custom_fields":{"last_name":"Miller","first_name":" Steve "}}', "Steve Miller"),
        ('{"custom_fields":{"FirstName":"Ana"}}', "Ana"),
        ('{"custom_fields":{"Full Name":"Ana B"}}', "Ana B"),
        ('{"custom_fields":{"first_name":" ","last_name":null},"external_person_id":"E1"}', "E1"),
        ('{"mobile_phone":{"mdn":"+13125550143"},"person_key":"k"}', "+1 312-555-0143"),
        ('{"mobile_phone":{"mdn":"+1999999999"}}', "+1999999999"),
        ('{"person_key":"k"}', "k"),
        ('{"person_id":77}', "77"),
        ("{}", NO_NAME),
        ('{"custom_fields":{"first_name":"<b>A\\u0007"}}', "<b>A␇"),
    ],
)
def test_a_person_is_headed_by_the_best_name_there_is(record: str, expected: str) -> None:
    assert heading(person(record), ApiVersion.V2) == expected


def test_a_name_is_not_made_from_other_kinds_of_values() -> None:
    assert name_of(person('{"custom_fields":{"name":{"option_key":"x"},"first_name":5}}')) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "not set"),
        (ABSENT, "not set"),
        ("", "blank text"),
        ("a\nb", "a␊b"),
        (True, "yes"),
        (JsonNumber("1.10"), "1.10"),
        ("1950-12-01T00:00:00z", "1950-12-01T00:00:00z"),
        (obj(id=None, name="Male", option_key="M"), "Male"),
        (obj(option_key="M"), "M"),
        (obj(id=JsonNumber("3"), option_key=None, name="A\u202eB"), "A⟨U+202E⟩B"),
        (JsonArray((obj(name="A"), obj(name="B"))), "A, B"),
        (JsonArray(), "[]"),
        (parse('{"a":[1,null,"x"],"b":{}}'), '{"a": [1, null, "x"], "b": {}}'),
        ("\ud83d", "⟨U+D83D⟩"),
        ("no\u00a0break \ufeff\u2028", "no\u00a0break ⟨U+FEFF⟩⟨U+2028⟩"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_a_value_in_one_line(value: Value, expected: str) -> None:
    assert one_line(value) == expected


def test_a_date_is_the_day_of_the_calendar_as_written() -> None:
    for text in ("1950-12-01T00:00:00Z", "1950-12-01T00:00:00-1200", "1950-12-01"):
        assert display_text(text, FieldKind.DATE) == "1 Dec 1950"
    assert display_text("1950-12-01", FieldKind.TEXT) == "1950-12-01"
    assert display_text("some day", FieldKind.DATE) == "some day"


def test_a_time_is_told_in_this_computers_zone() -> None:
    there = moment_words(datetime(2017, 1, 15, 14, 30, tzinfo=UTC))
    assert display_text("2017-01-15T14:30Z", FieldKind.DATE) == there


def test_a_long_value_is_cut() -> None:
    assert one_line("x" * 1_000_000, 20) == "x" * 19 + "…"
    deep: Json = "end"
    for _ in range(299):
        deep = JsonArray((deep, "y" * 500))
    assert len(one_line(deep)) == 300
    assert one_line(obj(name="z" * 400))[-1] == "…"


@given(st.text())
def test_no_character_that_hides_is_left(text: str) -> None:
    shown = visible(text)
    left = {unicodedata.category(c) for c in shown if c not in "\u200c\u200d"}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode()
