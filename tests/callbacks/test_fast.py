"""The fast way and the full way give the same columns, or the fast one declines."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.callback_types import BY_NAME, TYPES
from vibes_desktop.callbacks.columns import DTYPES, Builder, Columns
from vibes_desktop.callbacks.fast import fast_row, fast_rows
from vibes_desktop.callbacks.payload import Body, Payload


def both_ways(line: bytes) -> tuple[Columns, Columns, Payload] | None:
    """Make the columns of one line in both ways; None where the fast one declines."""
    row = fast_row(line)
    if row is None:
        return None
    fast, full = Builder(0), Builder(0)
    fast.add_fast([row], ([0], [len(line)], [1]))
    payload = assemble(Body(line), "a", 1, judged=False)
    full.add_full([payload], [(0, len(line), 0)])
    return fast.columns(), full.columns(), payload


def assert_same(line: bytes) -> bool:
    """Compare both ways; tells whether there was something to compare."""
    ways = both_ways(line)
    if ways is None:
        return False
    fast, full, payload = ways
    assert (payload.repairs, payload.cut_off_at) == ((), None)
    for name in DTYPES:
        if name in fast.words:
            assert fast.take(name, int(fast[name][0])) == full.take(name, int(full[name][0])), name
        elif name != "mark":
            assert fast[name][0] == full[name][0], name
    return True


LINES = st.sampled_from(
    [
        b'{"callback_type":"person_added","event_id":"1"}',
        b'{"callback_type":"person_added","event_id":"2"}\r',
        b'{"callback_type":"person_added","event_id":"3"}{"callback_type":"person_added"}',
        b'{"callback_type":"person_added","x":{}',
        b'{"callback_type":"person_added","x":',
        b'{"callback_type":"person_added","x":"\xc3\xa9"}',
        b'{"callback_type":"person_added","x":"\\ud800"}',
        b'{"callback_type":"person_added","x":"\xff"}',
        b' {"callback_type":"person_added"}',
        b'"x":1}',
        b"{}",
        b"}",
        b"",
    ]
)


@given(st.lists(LINES, min_size=1, max_size=6) | st.lists(LINES, min_size=60, max_size=70))
def test_many_lines_are_read_as_each_alone(lines: list[bytes]) -> None:
    text = b"\n".join(lines) + b"\n"
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1))
    assert fast_rows(text, starts, ends) == [fast_row(line) for line in lines]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_type(name: str, samples: Path) -> None:
    value = json.loads((samples / "types" / f"{name}.json").read_text())
    assert assert_same(json.dumps(value).encode())
    assert assert_same(json.dumps({**value, "delivery_attempt": "2", "event_type": name}).encode())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: {**value, "event_type": "person_added"},
        lambda value: {**value, "callback_type": "a_new_one"},
        lambda value: {**value, "delivery_attempt": "many"},
        lambda value: {**value, "event_id": 7},
        lambda value: {**value, "subscription": []},
        lambda value: {**value, "person": {"id": "1"}},
        lambda value: {**value, "destination": {}},
    ],
)
def test_what_is_in_doubt_is_declined(spoil: Callable[[Any], Any], removed: dict[str, Any]) -> None:
    assert fast_row(json.dumps(removed).encode()) is not None
    assert fast_row(json.dumps(spoil(removed)).encode()) is None


@pytest.mark.parametrize("odd", [b'"\\ud800"', b'"\xff"', b'"\x01"', b"NaN", b"01"])
def test_what_a_strict_reader_refuses_is_declined_also_in_fields_nobody_needs(odd: bytes) -> None:
    line = b'{"callback_type":"person_added","person":{"person_id":"1"},"other":%s}'
    assert fast_row(line % b'"\xc3\xa9"') is not None
    assert fast_row(line % odd) is None


texts = st.text(max_size=5) | st.sampled_from(
    ["+13125550143", "3125550143", "2026-03-01T10:00:00Z", "2026-03-01", "7"]
)
scalars = texts | st.none() | st.integers(0, 9) | st.booleans()
inner = st.recursive(
    scalars,
    lambda below: st.dictionaries(
        st.sampled_from(
            [
                "id",
                "person",
                "person_id",
                "person_key",
                "external_id",
                "external_person_id",
                "mobile_phone",
                "mobile",
                "mdn",
                "subscription_list",
                "acquisition_campaign",
                "opt_in_date",
                "opt_out_date",
                "opt_out_reason",
                "event_data",
            ],
        ),
        below,
        max_size=4,
    ),
    max_leaves=12,
)
callbacks = st.fixed_dictionaries(
    {"callback_type": st.sampled_from([each.name for each in TYPES])},
    optional=dict.fromkeys(
        (
            "event_type",
            "event_id",
            "event_date",
            "delivery_attempt",
            "subscription",
            "person",
            "participant",
            "subscription_list",
            "event_processed",
        ),
        inner,
    ),
)


@given(callbacks)
def test_any_callback(value: dict[str, Any]) -> None:
    assert_same(json.dumps(value).encode())


@given(st.binary(max_size=60))
def test_any_bytes(raw: bytes) -> None:
    assert_same(raw)
    assert_same(b'{"callback_type":"person_added","x":' + raw + b"}")
