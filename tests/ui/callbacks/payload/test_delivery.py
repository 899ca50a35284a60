"""What is told of a delivery."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.ui.callbacks.payload.delivery import (
    Delivery,
    answered_words,
    delivery_of,
    delivery_rows,
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


def test_a_request_tells_more() -> None:
    delivery = Delivery(
        "Listener", 12, 40, 1, 200, method="POST", path="/c/x", peer="10.0.0.1:5", forwarded_for="1.2.3.4"
    )
    rows = dict(delivery_rows(delivery, str))
    assert rows["Number"] == "12"
    assert (rows["Method"], rows["Path"], rows["Sent from"]) == ("POST", "/c/x", "10.0.0.1:5")
    assert rows["Forwarded for"] == "1.2.3.4"


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
