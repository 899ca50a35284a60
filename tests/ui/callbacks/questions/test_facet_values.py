"""What there is to choose from in a result."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.judged import BITS, Judged
from vibes_desktop.callbacks.query import Query, Term, parse
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.ui.callbacks.answering import Rows
from vibes_desktop.ui.callbacks.questions.facet_values import (
    Facet,
    asked_for,
    facets_of,
    is_excluded,
    list_names,
    marked_anew,
    needs_quotes,
    rows_without,
)

LINES = [
    '{"event_id":"1","callback_type":"subscription_removed","event_date":"2026-01-01T00:00:00Z",'
    '"subscription":{"subscription_list":{"id":"7"},"opt_out_reason":"disconnect"}}',
    '{"event_id":"2","callback_type":"subscription_removed","event_date":"2026-01-01T00:00:00Z",'
    '"subscription":{"subscription_list":{"id":"7"},"opt_out_reason":"user_opt_out"}}',
    '{"event_id":"2","callback_type":"subscription_removed","event_date":"2026-01-01T00:00:00Z",'
    '"subscription":{"subscription_list":{"id":"7"},"opt_out_reason":"user_opt_out"}}',
    '{"event_id":"3","callback_type":"person_added","person":{"person_id":"1"},}',
    '{"event_id":"4","callback_type":"subscription_list_added","subscription_list":{"id":"7","name":"Deals"}}',
    "nothing of this can be read {{{{",
]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    place = tmp_path / "a b.ndjson"
    place.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    with Collection.open([str(place)]) as made:
        yield made


def facets(
    collection: Collection, rows: Rows, query: Query | None, names: dict[str, str] | None = None
) -> tuple[Facet, ...]:
    return facets_of(
        collection, rows, query, names or {}, lambda field: rows_without(collection, rows, query, field)
    )


def counted(collection: Collection, question: str = "") -> dict[str, dict[str, int]]:
    query = parse(question) if question else None
    rows = select(query, collection) if query else np.arange(len(collection))
    found = facets(collection, rows, query, list_names(collection))
    return {each.title: {value.label: value.count for value in each.values} for each in found}


def test_everything_is_counted(collection: Collection) -> None:
    assert counted(collection) == {
        "Type": {"subscription_removed": 3, "person_added": 1, "subscription_list_added": 1},
        "Opt-out reason": {"user_opt_out": 2, "disconnect": 1},
        "List": {"7 Deals": 4},
        "Findings so far": {"repaired": 2, "cut off": 1},
    }


def test_a_field_that_is_asked_for_shows_its_other_values_too(collection: Collection) -> None:
    found = counted(collection, "reason:disconnect type:subscription_removed")
    assert found["Opt-out reason"] == {"user_opt_out": 2, "disconnect": 1}
    assert found["Type"] == {"subscription_removed": 1}
    assert "Findings so far" not in found


def test_what_is_chosen_stays_in_sight_even_when_nothing_has_it(collection: Collection) -> None:
    query = parse("list:99 -reason:disconnect")
    found = facets(collection, select(query, collection), query)
    values = {value.term: value for each in found for value in each.values}
    assert values[Term("list", "99")].is_chosen
    assert values[Term("list", "99")].count == 0
    assert values[Term("reason", "disconnect")].is_excluded


def test_sources_are_told_apart_once_there_are_two(collection: Collection, tmp_path: Path) -> None:
    other = tmp_path / "other.ndjson"
    other.write_text(json.dumps({"event_id": "9", "callback_type": "person_added"}), encoding="utf-8")
    with Collection.open([str(tmp_path / "a b.ndjson"), str(other)]) as both:
        assert counted(both)["Source"] == {"a b.ndjson": 6, "other.ndjson": 1}
        (source,) = [facet for facet in facets(both, np.arange(len(both)), None) if facet.title == "Source"]
        assert len(select(source.values[0].term, both)) == 6
    assert isinstance(source, Facet)


@pytest.mark.parametrize(
    ("word", "quotes"), [("a", False), ("a b", True), ("a*", True), (">1", True), ("a(", True)]
)
def test_a_word_that_would_mean_something_else_is_quoted(word: str, quotes: bool) -> None:
    assert needs_quotes(word) is quotes


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("list:1", ["1"]),
        ("type:a (list:1 OR list:2)", ["1", "2"]),
        ("type:a -list:3", ["3"]),
        ("type:a", []),
    ],
)
def test_conditions_on_a_field_are_found(question: str, found: list[str]) -> None:
    query: Query = parse(question)
    assert [term.value for term in asked_for(query, "list")] == found


def test_a_value_that_is_spelled_otherwise_is_the_same(collection: Collection) -> None:
    query = parse('reason:"DISCONNECT" type:subscription_*')
    found = facets(collection, select(query, collection), query)
    values = {value.label: value for each in found for value in each.values}
    assert values["disconnect"].is_chosen
    assert values["disconnect"].term.is_quoted
    assert (values["subscription_*"].count, values["subscription_*"].is_chosen) == (1, True)


def test_what_is_not_wanted_is_told_apart() -> None:
    query = parse("type:a -list:3")
    assert asked_for(query, "list", excluded=False) == ()
    assert is_excluded(query, Term("list", "3"))
    assert not is_excluded(query, Term("type", "a"))


def test_rows_without_a_condition_nobody_put_are_the_same(collection: Collection) -> None:
    rows = np.array([1, 2])
    assert rows_without(collection, rows, parse("type:a"), "list") is rows
    assert len(rows_without(collection, rows, parse("list:7"), "list")) == len(LINES)


def test_findings_are_counted_once_the_second_pass_has_come(collection: Collection) -> None:
    collection.judged = Judged()
    bits = [
        BITS["redelivery"],
        BITS["unknown_value"] | BITS["invalid_mdn"],
        BITS["invalid_mdn"],
        BITS["cut_off"],
    ]
    collection.judged.put(0, np.array(bits, np.uint32))
    assert counted(collection)["Findings so far"] == {
        "redelivered": 1,
        "repaired": 2,
        "cut off": 1,
        "invalid mdn": 2,
        "unknown value": 1,
    }
    collection.judged.put(4, np.zeros(len(collection) - 4, np.uint32))
    assert "Findings" in counted(collection)
    query = parse("finding:deprecated_field")
    (findings,) = facets(collection, np.arange(0), query)
    assert [(value.label, value.count, value.is_chosen) for value in findings.values] == [
        ("deprecated field", 0, True)
    ]


def test_a_long_look_can_be_given_up(collection: Collection) -> None:
    stopper = Stopper()
    stopper.stop()
    with pytest.raises(Stopped):
        rows_without(collection, np.array([1]), parse("list:7 user_opt_out"), "list", check=stopper.check)


def test_another_question_marks_what_stands_in_it_at_once(collection: Collection) -> None:
    before = facets(collection, np.arange(len(collection)), None)
    after = marked_anew(before, parse("list:7 -reason:disconnect"))
    marks = {value.term: (value.is_chosen, value.is_excluded) for each in after for value in each.values}
    assert marks[Term("list", "7")] == (True, False)
    assert marks[Term("reason", "disconnect")] == (False, True)
    assert marks[Term("reason", "user_opt_out")] == (False, False)
