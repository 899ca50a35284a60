"""The query language: what it reads, what it refuses and where, and that writing it back is exact."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.query import (
    EVERYTHING,
    FIELDS,
    And,
    Not,
    Or,
    QueryError,
    Term,
    moment_range,
    number_range,
    parse,
    terms_of,
    write,
)

A, B, C = Term("", "a"), Term("", "b"), Term("", "c")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", EVERYTHING),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("-a", Not(A)),
        ("-(a OR b) c", And((Not(Or((A, B))), C))),
        ("--a", Not(Not(A))),
        ('"a b"', Term("", "a b", is_quoted=True)),
        ('list:"12 34"', Term("list", "12 34", is_quoted=True)),
        ("Type:subscription_removed", Term("type", "subscription_removed")),
        ("mdn:+1312*", Term("mdn", "+1312*")),
        ("attempt:>1", Term("attempt", ">1")),
        ("path:person.custom_fields.tier=gold", Term("path", "person.custom_fields.tier=gold")),
        ('"say \\"hi\\""', Term("", 'say "hi"', is_quoted=True)),
    ],
)
def test_reading(text: str, query: object) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("a (b", 2),
        ("a)", 1),
        ('a "b', 2),
        ("OR a", 0),
        ("a OR", 4),
        ("colour:red", 0),
        ("a list:", 7),
        ("attempt:many", 8),
        ("date:soon", 5),
        ("date:2026-02-30", 5),
        ("date:..", 5),
        ("has:luck", 4),
        ("is:good", 3),
        ("path:=x", 5),
        ('a"b"', 1),
        ("(" * 100 + "a" + ")" * 100, 50),
        ("-" * 5000 + "a", 51),
        ("a -(b", 3),
    ],
)
def test_refusing_with_the_place(text: str, position: int) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.position == position


@given(
    st.text(alphabet='ab:"()-\\ *.OR')
    | st.lists(st.sampled_from(["a", "OR", "AND", "(", ")", "-", '"b c"', "type:x", "list:1"])).map(" ".join)
)
def test_writing_and_reading_again_is_the_identity(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(write(query)) == query
    assert all(term.field in FIELDS or not term.field for term in terms_of(query))


def test_a_date_means_all_of_it_in_the_zone_given() -> None:
    day = 86_400_000
    first = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000)
    assert moment_range("2026-11-01") == (first, first + day)
    assert moment_range("2026-11-01..2026-11-07") == (first, first + 7 * day)
    assert moment_range("2026-11") == (first, first + 30 * day)
    assert moment_range("2026-11-01T10") == (first + 10 * 3_600_000, first + 11 * 3_600_000)
    assert moment_range(">2026-11-01")[0] == first + day
    assert moment_range(">=2026-11-01")[0] == first
    assert moment_range("<2026-11-01")[1] == first
    assert moment_range("..2026-11-01")[1] == first + day
    assert moment_range("2026-11-01", timezone(timedelta(hours=-6)))[0] == first + 6 * 3_600_000
    assert moment_range("2026-11-01T00:00Z", timezone(timedelta(hours=-6)))[0] == first
    assert moment_range("2026")[1] - moment_range("2026")[0] == 365 * day


def test_the_last_year_has_no_next() -> None:
    with pytest.raises(QueryError):
        moment_range("9999")


def test_numbers() -> None:
    assert number_range("2") == (2, 2)
    assert number_range(">1")[0] == 2
    assert number_range("<=3") == (0, 3)
    assert number_range("<3") == (0, 2)
    assert number_range("2..4") == (2, 4)
