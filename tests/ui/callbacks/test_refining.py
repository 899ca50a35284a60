"""What facets and cells make of a question."""

from __future__ import annotations

import pytest

from vibes_desktop.callbacks.query import Query, Term, parse, write
from vibes_desktop.ui.callbacks.refining import excluded, holds, replaced, toggled


def written(query: Query | None) -> str:
    return "" if query is None else write(query)


def asked(text: str) -> Query | None:
    return parse(text) if text else None


@pytest.mark.parametrize(
    ("before", "term", "after"),
    [
        ("", Term("type", "a"), "type:a"),
        ("type:a", Term("type", "a"), ""),
        ("type:a", Term("type", "b"), "type:a OR type:b"),
        ("type:a OR type:b", Term("type", "a"), "type:b"),
        ("type:a list:1", Term("list", "2"), "type:a (list:1 OR list:2)"),
        ("type:a (list:1 OR list:2)", Term("list", "2"), "type:a list:1"),
        ("is:repaired", Term("is", "cut_off"), "is:repaired is:cut_off"),
        ("word", Term("", "other"), "word other"),
        ("-type:a", Term("type", "a"), "-type:a type:a"),
    ],
)
def test_a_condition_comes_and_goes(before: str, term: Term, after: str) -> None:
    assert written(toggled(asked(before), term)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "-type:a"), ("type:a list:1", "list:1 -type:a"), ("-type:a", ""), ("type:a", "-type:a")],
)
def test_a_value_is_excluded(before: str, after: str) -> None:
    assert written(excluded(asked(before), Term("type", "a"))) == after


def test_a_range_takes_the_place_of_the_former() -> None:
    before = asked("type:a date:2026-01-01 (date:2026-01-02 OR date:2026-01-03) -date:2026-01-04")
    term = Term("date", "2026-02-01..2026-02-03")
    assert written(replaced(before, "date", term)) == "type:a -date:2026-01-04 date:2026-02-01..2026-02-03"
    assert written(replaced(asked("date:2026-01-01"), "date", None)) == ""


def test_what_is_asked_for_is_known() -> None:
    query = asked("type:a (list:1 OR list:2) -reason:x")
    assert holds(query, Term("type", "a"))
    assert holds(query, Term("list", "2"))
    assert not holds(query, Term("reason", "x"))
    assert not holds(None, Term("type", "a"))
