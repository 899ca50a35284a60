"""Defining fields, and what lies outside the HTTP tests."""

import pytest

from vibes_desktop.sandbox.answers import Json
from vibes_desktop.sandbox.fields import CustomFields, Field, FieldKind, is_date, nesting


@pytest.mark.parametrize(
    ("value", "depth"), [(None, 0), ("x", 0), ([], 1), ({"a": []}, 2), ([1, [2, {"a": [3]}]], 4)]
)
def test_nesting_counts_containers(value: Json, depth: int) -> None:
    assert nesting(value) == depth


def test_nesting_needs_no_recursion() -> None:
    value: Json = []
    for _ in range(50_000):
        value = [value]
    assert nesting(value) == 50_001
    while isinstance(value, list) and value:  # taken apart by hand, as freeing it would recurse
        value = value.pop()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1950-12-01T00:00:00Z", True),
        ("2024-02-29T23:59:59+0100", True),
        ("2023-02-29T00:00:00Z", False),
        ("1950-12-01T24:00:01Z", False),
        ("1950-12-01T00:00:00.000Z", False),
        ("1950-12-01T00:00:00", False),
        (None, False),
    ],
)
def test_dates(value: Json, expected: bool) -> None:
    assert is_date(value) is expected


def test_an_account_can_define_more_fields() -> None:
    fields = CustomFields([Field("a", FieldKind.TEXT)])
    for number in range(500):
        fields.define(Field(f"field_{number}", FieldKind.MULTIPLE_CHOICE))
    unset = fields.all_unset()
    assert list(unset)[:2] == ["a", "field_0"]
    assert len(unset) == 501
    assert unset["field_499"] == []
