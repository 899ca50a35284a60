"""What is told of a delivery."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.model import capture
from vibes_desktop.ui.callbacks.payload.delivery import (
    answered_words,
    delivery_of,
    delivery_rows,
    received,
)


def test_a_file_tells_what_it_knows(make: Callable[..., Payload]) -> None:
    payload = make({"event_id": "E1"}, received_ms=5_000, answered=200)
    rows = dict(delivery_rows(delivery_of(payload), lambda ms: f"at {ms}"))
    assert rows == {
        "Source": "events.ndjson",
        "Place": "7",
        "Size": "18 bytes",
        "Received": "at 5000",
        "Answered": "200: done",
    }


def test_what_is_not_known_is_said(make: Callable[..., Payload]) -> None:
    rows = dict(delivery_rows(delivery_of(make({"event_id": "E1"})), str))
    assert (rows["Received"], rows["Answered"]) == ("not told", "not told")


def test_a_request_tells_more_but_never_the_secret(make: Callable[..., Payload]) -> None:
    head = b"Host: 127.0.0.1:8765\r\nX-Original-URI: /s3cret?a=1\r\nX-Forwarded-For: 35.155.139.143\r\n"
    came = capture.Delivery(1_000_000, "127.0.0.1", 5, "POST", "/s3cret?a=1", head, b"{}", answered=503)
    delivery = received(make({"event_id": "E1"}), came)
    rows = dict(delivery_rows(delivery, str))
    assert rows["Number"] == "7"
    assert (rows["Method"], rows["Path"]) == ("POST", "/…?a=1")
    assert rows["Sent from"] == "127.0.0.1:5\nthis computer"
    assert rows["Forwarded for"].startswith("35.155.139.143 (published address of the platform, US)\nso the")
    assert rows["Sender"].startswith("Sender not proven")
    assert rows["Answered"].startswith("503: refused for now")
    assert delivery.headers[1] == ("X-Original-URI", "/…?a=1")
    assert "s3cret" not in repr(delivery) + str(rows)


def test_a_sender_behind_no_proxy(make: Callable[..., Payload]) -> None:
    came = capture.Delivery(1_000, "::1", 5, "PUT", "/", b"", b"")
    rows = dict(delivery_rows(received(make({"event_id": "E1"}), came), str))
    assert rows["Sent from"] == "[::1]:5\nthis computer"
    assert "Forwarded for" not in rows


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "not told"),
        (204, "204: done"),
        (404, "404: refused for good; the platform does not deliver it again"),
        (302, "302: refused for now; the platform delivers it again"),
        (503, "503: refused for now; the platform delivers it again"),
    ],
)
def test_an_answer_has_its_meaning(status: int | None, words: str) -> None:
    assert answered_words(status) == words
