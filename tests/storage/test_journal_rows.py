"""A change record is a row and comes back without loss."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Intention, Outcome
from vibes_desktop.model.fields import ABSENT, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import MAX_DEPTH, Json, JsonArray, JsonNumber, JsonObject, dump, parse
from vibes_desktop.storage.journal_rows import COLUMNS, columns_of, record_from

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | TEXTS | st.sampled_from(["1.10", "1e400", "NaN", "-0"]).map(JsonNumber),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: JsonArray(tuple(items)))
        | st.lists(st.tuples(TEXTS, inner), max_size=3).map(lambda pairs: JsonObject(tuple(pairs)))
    ),
    max_leaves=8,
)
FIELDS = st.builds(FieldRef, TEXTS, st.booleans())
CHANGES = st.builds(FieldChange, FIELDS, VALUES | st.just(ABSENT), VALUES)


def back(record: ChangeRecord) -> ChangeRecord:
    """Write a record to columns, and read them."""
    columns = {"id": record.id, **columns_of(record)}
    return record_from(tuple(columns[name] for name in COLUMNS))


def test_every_part_comes_back(intend: Callable[..., Intention], now: datetime) -> None:
    record = ChangeRecord(
        id=ChangeId(7),
        intention=intend(kind=ChangeKind.UNDO, undo_of=ChangeId(3), list_id="SL1"),
        started_at=now,
        outcome=Outcome.DIFFERS,
        finished_at=datetime.now(UTC),
        person=Identifier(IdentifierKind.EXTERNAL_ID, "CRM-1"),
        display_name="Ana",
        differing=(FieldRef("first_name"), FieldRef("external_person_id", is_custom=False)),
        detail="first_name reads back otherwise",
    )
    assert back(record) == record
    assert back(replace(record, is_erased=True)).is_erased


def test_an_add_has_neither_target_nor_before(intend: Callable[..., Intention], now: datetime) -> None:
    intention = intend(kind=ChangeKind.ADD, target=None, before=None)
    record = ChangeRecord(ChangeId(1), intention, now, Outcome.INTENDED)
    assert back(record) == record


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.lists(CHANGES, max_size=3).map(tuple))
def test_any_values_come_back(
    intend: Callable[..., Intention], now: datetime, changes: tuple[FieldChange, ...]
) -> None:
    record = ChangeRecord(ChangeId(1), intend(changes=changes), now, Outcome.INTENDED)
    assert back(record) == record


def test_the_deepest_value_comes_back(intend: Callable[..., Intention], now: datetime) -> None:
    deepest = parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    changes = (FieldChange(FieldRef("deep"), deepest, deepest),)
    record = ChangeRecord(ChangeId(1), intend(changes=changes), now, Outcome.INTENDED)
    (change,) = back(record).intention.changes
    assert change.before is not ABSENT
    assert dump(change.before) == dump(change.after) == dump(deepest)


@pytest.mark.parametrize("word", ["ana", "agnes", "ticket 4711", "crm-1", "+13125550143", "first_name"])
def test_what_may_be_looked_for_is_collected_without_case(
    intend: Callable[..., Intention], now: datetime, word: str
) -> None:
    searched = columns_of(ChangeRecord(ChangeId(1), intend(), now, Outcome.INTENDED))["searched"]
    assert word in searched


def test_of_a_long_value_the_beginning_is_searched(intend: Callable[..., Intention], now: datetime) -> None:
    changes = (FieldChange(FieldRef("long"), ABSENT, "begin" + "x" * 1_000_000),)
    searched = columns_of(ChangeRecord(ChangeId(1), intend(changes=changes), now, Outcome.INTENDED))[
        "searched"
    ]
    assert "beginx" in searched
    assert len(searched) < 3_000
