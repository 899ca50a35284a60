"""Spellings of answers."""

import json
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

import pytest

from vibes_desktop.sandbox.answers import http_date, refuse, to_bytes


@pytest.mark.parametrize("month", range(1, 13))
def test_an_http_date_is_english_and_gmt(month: int) -> None:
    moment = datetime(2026, month, 3, 4, 5, 6, tzinfo=UTC)
    assert http_date(moment) == format_datetime(moment, usegmt=True)
    there = moment.astimezone(timezone(timedelta(hours=-6)))
    assert parsedate_to_datetime(http_date(there, seconds_from_now=60)) == moment + timedelta(minutes=1)


@pytest.mark.parametrize("text", ["Zoë 😀", "\ud83d", "\u2028\x00"])
def test_any_text_becomes_json(text: str) -> None:
    assert json.loads(to_bytes({"a": text})) == {"a": text}


def test_a_number_that_json_lacks_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_bytes(float("nan"))


def test_a_refusal_does_not_show_its_text() -> None:
    refusal = refuse(422, "The custom field secret does not exist.", 1)
    assert "secret" not in f"{refusal} {refusal!r} {refusal.problems!r}"
