"""The history: filtered, and exported without a formula in it."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.change import (
    ChangeId,
    ChangeKind,
    ChangeRecord,
    Intention,
    Outcome,
    SentRequest,
)
from vibes_desktop.model.fields import ABSENT, MOBILE, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonNumber, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.history import COLUMNS, HistoryFilter, filtered, to_csv, to_json

A = FieldRef("a")
AT = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)


def record(*changes: FieldChange, outcome: Outcome = Outcome.VERIFIED, **more: object) -> ChangeRecord:
    intention = Intention(
        profile_id=ProfileId("p"),
        kind=ChangeKind.UPDATE,
        target=Identifier(IdentifierKind.PERSON_KEY, "key-1"),
        before=Person(obj(person_key="key-1", custom_fields=obj(a="old"))),
        changes=changes or (FieldChange(A, "old", "new"),),
        request=SentRequest("PUT", "/companies/c/mobiledb/persons/key-1", '{"custom_fields":{"a":"new"}}'),
        os_user="Ana",
        reason="TICKET-7",
    )
    made = ChangeRecord(
        ChangeId(1), intention, AT, outcome, AT + timedelta(seconds=1), intention.target, "Steve Miller"
    )
    return replace(made, **more)  # type: ignore[arg-type]


def rows(*records: ChangeRecord) -> list[dict[str, str]]:
    text = "".join(to_csv(records))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize(
    "text",
    ["", "steve", "MILLER steve", "ticket-7", "ana", "key-1", "old", "new a", "verified", "update"],
)
def test_every_word_is_searched_everywhere(text: str) -> None:
    assert HistoryFilter(text).matches(record())


def test_what_does_not_occur_is_not_shown() -> None:
    assert not HistoryFilter("steve nobody").matches(record())
    assert not HistoryFilter("not_saved").matches(record())
    assert HistoryFilter("not saved").matches(record(outcome=Outcome.NOT_SAVED))


def test_outcomes_and_days_are_filtered() -> None:
    verified, failed = record(), record(outcome=Outcome.NOT_SAVED)
    chosen = HistoryFilter(outcomes=frozenset({Outcome.NOT_SAVED}))
    assert filtered([verified, failed], chosen) == (failed,)
    there = timezone(timedelta(hours=2))
    day = HistoryFilter(since=date(2026, 1, 15), until=date(2026, 1, 15))
    assert day.matches(verified, UTC)
    assert not day.matches(verified, there)  # half past one the day after
    assert HistoryFilter(since=date(2026, 1, 16)).matches(verified, there)
    assert not HistoryFilter(until=date(2026, 1, 14)).matches(verified, UTC)


def test_a_row_has_the_whole_change() -> None:
    (row,) = rows(record(FieldChange(A, "old", None), differing=(A,), detail="because"))
    assert row == {
        "change": "1",
        "started_utc": "2026-01-15T23:30:00Z",
        "finished_utc": "2026-01-15T23:30:01Z",
        "profile": "p",
        "kind": "update",
        "undo_of": "",
        "outcome": "verified",
        "os_user": "Ana",
        "reason": "TICKET-7",
        "person": "Steve Miller",
        "identified_by": "person_key",
        "identifier": "key-1",
        "field": "a",
        "before_state": "value",
        "before": "old",
        "after_state": "null",
        "after": "",
        "differs": "yes",
        "method": "PUT",
        "path": "/companies/c/mobiledb/persons/key-1",
        "detail": "because",
    }


def test_each_field_is_a_row_and_states_are_told_apart() -> None:
    found = rows(
        record(FieldChange(A, ABSENT, ""), FieldChange(FieldRef("n"), None, JsonNumber("1.10"))),
        record(FieldChange(A, obj(x=None), True)),
    )
    assert [(r["before_state"], r["before"], r["after_state"], r["after"]) for r in found] == [
        ("absent", "", "value", ""),
        ("null", "", "value", "1.10"),
        ("value", '{"x":null}', "value", "true"),
    ]


def test_a_change_without_fields_has_a_row_all_the_same() -> None:
    empty = record()
    (row,) = rows(replace(empty, intention=replace(empty.intention, changes=())))
    assert row["field"] == ""
    assert row["path"]


@pytest.mark.parametrize("value", ["=cmd()", "+13125550143", "-1", "@x", "\tx", "\rx", "\nx", "＝1"])
def test_no_cell_begins_a_formula_and_no_value_is_lost(value: str) -> None:
    (row,) = rows(record(FieldChange(MOBILE, value, value)))
    assert row["after"] == "'" + value
    assert row["after"].removeprefix("'") == value


def test_quotes_commas_and_line_breaks_survive() -> None:
    odd = 'a "b", c\r\nd; \u2028 <img src=x> é'
    (row,) = rows(record(FieldChange(A, odd, odd), display_name=odd))
    assert row["after"] == row["person"] == odd


def test_lines_end_as_rfc_4180_asks_and_the_mark_can_be_left_out() -> None:
    text = "".join(to_csv([record()], byte_order_mark=False))
    assert text.startswith(COLUMNS[0] + ",")
    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n") == 2


@given(st.text(), st.text())
def test_any_text_is_a_safe_cell_that_can_be_encoded(before: str, after: str) -> None:
    text = "".join(
        to_csv([record(FieldChange(A, before, after), display_name=before)], byte_order_mark=False)
    )
    text.encode()
    for row in csv.reader(io.StringIO(text, newline="")):
        assert len(row) == len(COLUMNS)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


def test_json_keeps_values_as_they_came() -> None:
    values: list[Json] = ["=cmd()", JsonNumber("1.10"), None, obj(x="\ud83d")]
    text = "".join(to_json([record(FieldChange(A, ABSENT, value)) for value in values]))
    text.encode()
    assert '"after": 1.10' in text
    exported = json.loads(text)
    assert [entry["changes"][0]["after"] for entry in exported] == ["=cmd()", 1.1, None, {"x": "\ud83d"}]
    assert "before" not in exported[0]["changes"][0]
    assert exported[0]["before"] == {"person_key": "key-1", "custom_fields": {"a": "old"}}
    assert exported[0]["outcome"] == "verified"
    assert exported[0]["request"]["path"].endswith("key-1")
    assert json.loads("".join(to_json([]))) == []
