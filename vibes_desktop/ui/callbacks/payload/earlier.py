"""Whether one payload's event came before: looked up by columns, confirmed by reading; knows no Qt."""

from __future__ import annotations

from pathlib import PurePath

import numpy as np

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.payload import Finding, Kind, Payload, Severity
from vibes_desktop.callbacks.repeats import IN_DOCUMENTATION, digest_of
from vibes_desktop.ui.callbacks.payload.gaps import gap_words

COMPARED_AT_MOST = 50
ROWS_AT_ONCE = 1 << 18  # 2 MB of the column


def repeat_of(collection: Collection, row: int, payload: Payload) -> Finding | None:
    """Say that the event was delivered before, with the same body or another. Raises OSError."""
    event_id = payload.facts.event_id
    if payload.kind is not Kind.CALLBACK or event_id is None or payload.cut_off_at is not None:
        return None
    found = _before(collection, row, payload)
    if not found:
        return None
    same = [each for each in found if digest_of(each.value) == digest_of(payload.value)]
    if same:
        message = f"same body as {_named(same[-1])}{_earlier(same[-1], payload)} ({_place(same[-1])})"
        return Finding(Severity.WARNING, "redelivery", "event_id", message)
    if event_id == IN_DOCUMENTATION:
        return None
    named = f"{_named(found[-1])}{_earlier(found[-1], payload)} ({_place(found[-1])})"
    return Finding(Severity.ERROR, "conflict", "event_id", f"same event ID as {named}, but another body")


def _before(collection: Collection, row: int, payload: Payload) -> list[Payload]:
    """Read the earlier rows of the same event and type."""
    columns = collection.columns
    event = columns.at("event", row)
    if event == 0:
        return []
    parts = (
        begin + np.flatnonzero(columns.part("event", begin, min(begin + ROWS_AT_ONCE, row)) == event)
        for begin in range(0, row, ROWS_AT_ONCE)
    )
    rows = [place for part in parts for place in part.tolist()][-COMPARED_AT_MOST:]
    read = (collection.payload(each, judged=False) for each in rows)
    return [
        each
        for each in read
        if each.facts.event_id == payload.facts.event_id
        and each.callback_type == payload.callback_type
        and each.cut_off_at is None
    ]


def _named(payload: Payload) -> str:
    attempt = payload.facts.delivery_attempt
    return f"attempt {attempt}" if attempt is not None else "an earlier one"


def _place(payload: Payload) -> str:
    return f"{PurePath(payload.source).name}, {payload.position:,}"


def _earlier(before: Payload, after: Payload) -> str:
    one, other = before.wrapping.received_ms, after.wrapping.received_ms
    if one is None or other is None or one > other:
        return ""
    return f", {gap_words(other - one)} earlier"
