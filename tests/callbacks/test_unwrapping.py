"""From what endpoints and logs write to the payload inside."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.payload import Body, Wrapping
from vibes_desktop.callbacks.unwrapping import EMPTY_BODY, NO_BODY, NO_JSON, NOT_BASE64, NoPayload, unwrap

PAYLOAD = '{"event_id": "E1", "callback_type": "person_added", "n": "a \\"quoted\\" \\u00e9 \\\\x"}'
NINE = 1_767_258_000_000  # 2026-01-01T09:00:00Z
ISO = "2026-01-01T09:00:00Z"


def wrapped(value: object) -> bytes:
    """Write an envelope."""
    return json.dumps(value).encode()


def nginx(text: str) -> str:
    """Escape as nginx does."""
    return "".join(
        f"\\x{code:02X}" if code in b'"\\' or not 32 <= code < 127 else chr(code) for code in text.encode()
    )


CASES = [
    (PAYLOAD.encode(), Wrapping()),
    (f"{ISO} INFO got {PAYLOAD} done".encode(), Wrapping(("a line of a log",), NINE)),
    (
        f'1.1.1.1 - - [01/Jan/2026:09:00:00 +0000] "POST / HTTP/1.1" 404 0 "{nginx(PAYLOAD)}"'.encode(),
        Wrapping(("a line of a log",), NINE, 404),
    ),
    (f"<34>1 {ISO} host app: {PAYLOAD}".encode(), Wrapping(("a line of a log",), NINE)),
    (f"[{ISO}] {PAYLOAD}".encode(), Wrapping(("a line of a log",), NINE)),
    (wrapped({"log": PAYLOAD + "\n", "stream": "stdout", "time": ISO}), Wrapping(("log",), NINE)),
    (wrapped({"result": {"_raw": PAYLOAD, "_time": ISO}}), Wrapping(("result", "_raw"), NINE)),
    (wrapped({"events": [{"timestamp": NINE, "message": PAYLOAD}]}), Wrapping(("events", "message"), NINE)),
    (
        wrapped({"logEvents": [{"timestamp": NINE, "message": PAYLOAD}]}),
        Wrapping(("logEvents", "message"), NINE),
    ),
    (wrapped({"body": PAYLOAD, "requestContext": {"requestTimeEpoch": NINE}}), Wrapping(("body",), NINE)),
    (
        wrapped({"body": base64.b64encode(PAYLOAD.encode()).decode(), "isBase64Encoded": True}),
        Wrapping(("body",)),
    ),
    (wrapped({"received_at": ISO, "status": 204, "payload": PAYLOAD}), Wrapping(("payload",), NINE, 204)),
    (wrapped({"response": {"status": 410}, "data": PAYLOAD}), Wrapping(("data",), None, 410)),
    (wrapped({"message": PAYLOAD}), Wrapping(("message",))),
    (wrapped(PAYLOAD), Wrapping(("JSON inside a text",))),
]


@pytest.mark.parametrize(("text", "wrapping"), CASES)
def test_each_wrapper(text: bytes, wrapping: Wrapping) -> None:
    (found,) = unwrap(text)
    assert isinstance(found, Body)
    assert found.text == PAYLOAD.encode()
    assert found.wrapping == wrapping


@pytest.mark.parametrize("name", ["body", "payload", "data", "message"])
def test_an_object_inside_keeps_its_exact_bytes(name: str) -> None:
    (found,) = unwrap(b'{"' + name.encode() + b'" : { "callback_type" : "x",  "n": 1.50 }, "k": 2}')
    assert isinstance(found, Body)
    assert found.text == b'{ "callback_type" : "x",  "n": 1.50 }'


def test_backslashes_before_quotes() -> None:
    text = '{"event_id": "E1", "callback_type": "x"}'
    (found,) = unwrap(f'{ISO} body="{json.dumps(text)[1:-1]}"'.encode())
    assert isinstance(found, Body)
    assert found.text == text.encode()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"server started", NO_JSON),
        (b"   ", EMPTY_BODY),
        (wrapped({"log": "started\n", "time": ISO}), NO_JSON),
        (wrapped({"body": "***", "isBase64Encoded": True, "message": "x", "time": ISO}), NOT_BASE64),
        (wrapped({"request": {"method": "GET"}, "response": {}}), NO_BODY),
    ],
)
def test_what_holds_no_payload_and_why(value: bytes, reason: str) -> None:
    assert list(unwrap(value)) == [NoPayload(reason)]


def test_a_payload_with_a_message_is_no_envelope() -> None:
    text = wrapped({"participant": {"mdn": "+13125550143"}, "message": PAYLOAD})
    assert [each.text for each in unwrap(text) if isinstance(each, Body)] == [text]


def test_several_inside_one() -> None:
    found = list(unwrap(wrapped({"data": [json.loads(PAYLOAD)] * 3})))
    assert [each.index for each in found if isinstance(each, Body)] == [0, 1, 2]


def test_a_cut_off_line_keeps_what_there_is() -> None:
    (found,) = unwrap(f"{ISO} got {PAYLOAD[:40]}".encode())
    assert isinstance(found, Body)
    assert found.text == PAYLOAD[:40].encode()


def test_wrappers_without_end_are_left() -> None:
    value: Any = {"callback_type": "x"}
    for _ in range(30):
        value = {"body": value}
    assert len(list(unwrap(wrapped(value)))) == 1


@given(st.binary(max_size=80))
def test_any_line_is_survived(line: bytes) -> None:
    list(unwrap(line))
    list(unwrap(b'{"body":' + line + b"}"))
