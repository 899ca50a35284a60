"""Identifiers are joined as a patient reader would join them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import Builder, Columns
from vibes_desktop.callbacks.fast import FastRow
from vibes_desktop.callbacks.persons import (
    NOBODY,
    WITHOUT_NUMBER,
    labels,
    person_at,
    person_named,
    rows_joined,
)
from vibes_desktop.model.identifier import IdentifierKind

SOMEBODY = st.tuples(
    *[st.none() | st.sampled_from("abcdef")] * 3, st.none() | st.integers(13125550100, 13125550105)
)


def columns_of(people: list[tuple[Any, ...]]) -> Columns:
    """Make columns of key, ID, external ID and number."""
    builder = Builder(0)
    rows: list[FastRow] = [
        (1, None, None, 0, key, one, ext, mdn and f"+{mdn}", None, None, None, None, None)
        for key, one, ext, mdn in people
    ]
    builder.add_fast(rows, (list(range(len(rows))),) * 3)
    return builder.columns()


def patiently(people: list[tuple[Any, ...]]) -> list[set[int]]:
    """Join one by one."""
    sets: list[tuple[set[int], set[tuple[int, Any]]]] = []
    for row, person in enumerate(people):
        ids = {(kind, value) for kind, value in enumerate(person) if value is not None}
        if not ids:
            continue
        rows = {row}
        for each in [each for each in sets if each[1] & ids]:
            sets.remove(each)
            rows, ids = rows | each[0], ids | each[1]
        sets.append((rows, ids))
    return sorted((rows for rows, _ in sets), key=min)


@given(st.lists(SOMEBODY, max_size=25))
def test_joined_as_by_hand(people: list[tuple[Any, ...]]) -> None:
    columns, expected = columns_of(people), patiently(people)
    found = labels(columns)
    numbers = [number for number in dict.fromkeys(found.tolist()) if number != NOBODY]
    assert [set(np.flatnonzero(found == number).tolist()) for number in numbers] == expected
    for rows in expected:
        assert set(rows_joined(columns, np.array([max(rows)])).tolist()) == rows


def test_a_long_chain() -> None:
    people = [(f"k{row}", f"p{row // 2}", f"e{(row + 1) // 2}", None) for row in range(300)]
    columns = columns_of(people)
    assert len(set(labels(columns).tolist())) == 1


@pytest.fixture
def shared(tmp_path: Path) -> Collection:
    """Open two people who share a number."""
    people: list[dict[str, Any]] = [
        {"person_key": "k1", "external_person_id": "X", "mobile_phone": {"mdn": "+13125550143"}},
        {"person_id": "2", "external_person_id": "Y", "mobile_phone": {"mdn": "3125550143"}},
        {"person_id": "2"},
        {},
    ]
    (tmp_path / "a.ndjson").write_text(
        "".join(json.dumps({"callback_type": "person_added", "person": person}) + "\n" for person in people)
    )
    return Collection.open([str(tmp_path)])


def test_who_was_joined_is_said(shared: Collection) -> None:
    with shared:
        joined = person_named(shared, "X")
        known = {(each.kind, each.value, each.rows) for each in joined.identifiers}
        assert joined.rows.tolist() == [0, 1, 2]
        assert joined.is_doubtful
        assert known == {
            (IdentifierKind.PERSON_KEY, "k1", 1),
            (IdentifierKind.PERSON_ID, "2", 2),
            (IdentifierKind.EXTERNAL_ID, "X", 1),
            (IdentifierKind.EXTERNAL_ID, "Y", 1),
            (IdentifierKind.MDN, "+13125550143", 2),
        }
        apart = person_at(shared, 2, WITHOUT_NUMBER)
        assert (apart.rows.tolist(), apart.is_doubtful) == ([1, 2], False)


def test_nobody(shared: Collection) -> None:
    with shared:
        assert person_at(shared, 3).rows.tolist() == []
        assert person_named(shared, "nobody").rows.tolist() == []
        assert labels(shared.columns).tolist()[3] == NOBODY
