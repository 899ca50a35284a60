"""The columns, as they are remembered."""

from __future__ import annotations

import json

import pytest

from vibes_desktop.ui.callbacks.table_columns import (
    MAX_WIDTH,
    SHOWN_AT_FIRST,
    TRAITS,
    Field,
    Layout,
    layout_from,
    written,
)


def test_every_column_has_its_traits() -> None:
    assert set(TRAITS) == set(Field) == set(Layout().order)
    assert Layout().visible == SHOWN_AT_FIRST


def test_a_layout_survives_being_written_down() -> None:
    order = tuple(reversed(Field))
    layout = Layout(order, frozenset({Field.LINE, Field.TYPE}), tuple((field, 99) for field in order))
    assert layout_from(written(layout)) == layout
    assert layout.visible == (Field.LINE, Field.TYPE)


def test_columns_of_a_newer_version_come_last() -> None:
    known = layout_from(json.dumps([["line", 70, True]]).encode())
    assert known.order[0] is Field.LINE
    assert set(known.order) == set(Field)
    assert known.visible == (Field.LINE,)
    assert known.width(Field.LINE) == 70
    assert known.width(Field.TYPE) == TRAITS[Field.TYPE].width


@pytest.mark.parametrize("data", [None, b"", b"{", b"[1]", b'[["no", 1, true]]', b'[["line", 1, false]]'])
def test_what_makes_no_sense_gives_the_first_layout(data: bytes | None) -> None:
    assert layout_from(data) == Layout()


def test_a_width_stays_within_reason() -> None:
    assert layout_from(b'[["line", 999999, true]]').width(Field.LINE) == MAX_WIDTH
