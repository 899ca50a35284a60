"""A payload's text in its forms."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.ui.callbacks.payload.text_forms import (
    HEX_BYTES,
    LONG_LINE,
    SHOWN_BYTES,
    Form,
    forms_of,
    is_text,
    shown_as,
)

Make = Callable[..., Payload]
Event = Callable[..., dict[str, object]]


def test_json_is_formatted_and_keeps_its_spelling(make: Make) -> None:
    shown = shown_as(make(b'{"a":1.10,"a":1e400,"b":{}}'), Form.FORMATTED)
    assert shown.text == '{\n  "a": 1.10,\n  "a": 1e400,\n  "b": {}\n}'
    assert not shown.is_cut


def test_the_exact_text_is_exact(make: Make) -> None:
    text = b'{"a" : "\xc2\xa0",\r\n "b":1}'
    assert shown_as(make(text), Form.EXACT).text == text.decode()


def test_bytes_are_shown_in_hex(make: Make) -> None:
    shown = shown_as(make(b'{"a": "\xff"}'), Form.HEX).text
    assert shown.split("\n")[0].startswith("000000  7b 22 61 22 3a 20 22 ff 22 7d ")
    assert shown.endswith('{"a": "·"}')


def test_a_large_payload_is_formatted_piece_by_piece_up_to_a_bound(make: Make) -> None:
    value = {"a": [{"number": number, "text": "x" * 40} for number in range(60_000)], "end": 1}
    payload = make(json.dumps(value).encode())
    shown = shown_as(payload, Form.FORMATTED)
    assert shown.is_cut
    assert len(shown.text) == SHOWN_BYTES
    assert shown.text.startswith('{\n  "a": [\n    {\n      "number": 0,\n      "text": "xxx')


def test_what_is_formatted_in_pieces_is_what_is_formatted_at_once(make: Make) -> None:
    value = {
        "a": [{"number": number, "text": "x" * 40} for number in range(3_000)],
        "b": {"c": [1, {"d": None}]},
    }
    shown = shown_as(make(value), Form.FORMATTED)
    assert shown.text == json.dumps(value, indent=2)


@pytest.mark.parametrize(("form", "bound"), [(Form.EXACT, SHOWN_BYTES), (Form.HEX, HEX_BYTES)])
def test_exact_text_and_hex_are_bounded(make: Make, form: Form, bound: int) -> None:
    shown = shown_as(make(b'{"a": "' + b"x" * SHOWN_BYTES + b'"}'), form)
    assert (shown.is_cut, shown.shown_bytes) == (True, bound)


def test_long_lines_are_broken_and_that_is_said(make: Make) -> None:
    shown = shown_as(make(b'{"a": "' + b"x" * (3 * LONG_LINE) + b'"}'), Form.EXACT)
    assert max(map(len, shown.text.split("\n"))) == LONG_LINE
    assert shown.notes == ("Lines over 4,000 characters are broken here",)


def test_what_was_repaired_is_formatted_as_it_was_read(make: Make) -> None:
    payload = make(b'{"event_id": NULL, "x": [1,]}')
    shown = shown_as(payload, Form.FORMATTED)
    assert json.loads(shown.text) == {"event_id": None, "x": [1]}
    assert shown.notes == ("As it was read, after the repairs",)
    assert shown_as(payload, Form.EXACT).text == '{"event_id": NULL, "x": [1,]}'


@pytest.mark.parametrize("form", [Form.FORMATTED, Form.EXACT, Form.HEX])
def test_personal_data_are_hidden_in_every_form(make: Make, removal: Event, form: Form) -> None:
    shown = shown_as(make(removal()), form, is_masking=True).text
    assert "3125550143" not in shown
    assert "ex1234" not in shown
    assert "33 31 32 35 35 35 30 31 34 33" not in shown


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (b'{"a": 1}', (Form.FORMATTED, Form.EXACT, Form.HEX)),
        (b'{"a": 1', (Form.REPAIRED, Form.FORMATTED, Form.EXACT, Form.HEX)),
        (b"<submitMOMessage/>", (Form.EXACT, Form.HEX)),
        (b"\x00\x01\x02", (Form.HEX, Form.EXACT)),
    ],
)
def test_only_the_forms_that_make_sense_are_offered(make: Make, text: bytes, forms: tuple[Form, ...]) -> None:
    assert forms_of(make(text)) == forms


def test_text_is_told_from_other_bytes() -> None:
    assert is_text("Grüße".encode())
    assert is_text(b"x" * (SHOWN_BYTES - 1) + "ü".encode())
    assert not is_text(b"abc\xff" + b"x" * 10)
    assert not is_text(b"a\x00b")
