"""Tests of vibes_desktop.model.registration."""

from __future__ import annotations

import pytest

from vibes_desktop.model.jsonvalue import JsonObject, dump, parse
from vibes_desktop.model.registration import CallbackRegistration, QueuedEvent


def read(text: str) -> CallbackRegistration:
    value = parse(text)
    assert isinstance(value, JsonObject)
    return CallbackRegistration(value)


@pytest.mark.parametrize(
    "text",
    [
        '{"callback_id":11887,"callback_type":"person_added","destination":{"url":"https://h/","method":"PUT",'
        '"content_type":"text/json"},"created_at":"c","updated_at":"u"}',
        '{"callback_id":"11887","event_type":"person_added","destination_url":"https://h/",'
        '"destination_method":"PUT","content_type":"text/json","created_date":"c","updated_date":"u"}',
    ],
)
def test_reads_both_spellings(text: str) -> None:
    one = read(text)
    assert (one.id, one.callback_type) == ("11887", "person_added")
    assert (one.destination_url, one.destination_method, one.content_type) == (
        "https://h/",
        "PUT",
        "text/json",
    )
    assert (one.created_at, one.updated_at) == ("c", "u")
    assert (one.start_date, one.end_date) == (None, None)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ('{"callback_type":"a","destination":{},"a":{"list_id":"1"},"b":{"x":1}}', '{"list_id":"1"}'),
        ('{"callback_type":"device_removed","device_added":{"app_id":"1"}}', '{"app_id":"1"}'),
        ('{"callback_type":"a","destination":{"url":"u"}}', "{}"),
        ('{"callback_type":"a","a":null}', "{}"),
    ],
)
def test_finds_what_narrows_the_type(text: str, options: str) -> None:
    assert dump(read(text).options) == options


def test_an_empty_one_breaks_nothing() -> None:
    one = read("{}")
    assert (one.id, one.callback_type, one.destination_url, one.content_type) == (None, None, None, None)


def test_a_receipt_names_the_event() -> None:
    receipt = QueuedEvent(read('{"message":"queued","event_id":"E1"}').raw)
    assert (receipt.message, receipt.event_id) == ("queued", "E1")
    assert repr(receipt) == "QueuedEvent(…)"
