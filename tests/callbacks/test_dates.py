"""Points in time in every spelling that payloads and logs use."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.dates import find_ms, iso_seconds, parse_log_ms, parse_ms

NINE = 1_767_258_000_000  # 2026-01-01T09:00:00Z


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T09:00:00Z",
        "2026-01-01T09:00:00+00:00",
        "2026-01-01T09:00:00+0000",
        "2026-01-01T10:00:00.000+01:00",
        "2026-01-01T09:00Z",
        "2026-01-01 09:00:00",
    ],
)
def test_the_spellings_of_payloads(text: str) -> None:
    assert parse_ms(text) == NINE


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-01T09:00:00Z", "2026-01-01", "0001-01-01T00:00:00+14:00", "9" * 5000]
)
def test_what_is_no_date(text: str) -> None:
    assert parse_ms(text) is None


@pytest.mark.parametrize(
    "value", [NINE, NINE / 1000, str(NINE // 1000), "01/Jan/2026:10:00:00 +0100", "2026-01-01T09:00:00,000Z"]
)
def test_the_spellings_of_logs(value: object) -> None:
    assert parse_log_ms(value) == NINE


@pytest.mark.parametrize(
    "value", [True, None, -1, float("inf"), float("nan"), {}, "45/Foo/2026:10:00:00 +0100"]
)
def test_what_is_no_time_of_a_log(value: object) -> None:
    assert parse_log_ms(value) is None


def test_a_time_is_found_in_a_line() -> None:
    assert find_ms('::1 - - [01/Jan/2026:09:00:00 +0000] "POST /"') == NINE
    assert find_ms("2026-01-01 09:00:00,000 INFO got") == NINE
    assert find_ms("nothing of the kind") is None


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_written_and_read_again(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    written = moment.isoformat().replace("+00:00", "Z")
    milliseconds = parse_ms(written)
    assert milliseconds is not None
    assert iso_seconds(milliseconds) == written
