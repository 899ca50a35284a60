"""From a body to a payload: read it, tell what it is, collect its facts, judge it."""

from __future__ import annotations

import re
import time

from vibes_desktop.callbacks.classify import classify
from vibes_desktop.callbacks.facts import facts_of
from vibes_desktop.callbacks.findings import Case, judge, type_of
from vibes_desktop.callbacks.payload import Body, Facts, Finding, Kind, Payload, Severity
from vibes_desktop.callbacks.reading import Reading, read

CONNECT = re.compile(
    rb"mtMessage|submitMOMessage|moMessage|deliveryReceipt|vibes|messageResponse", re.IGNORECASE
)
HEAD_BYTES = 4096


def assemble(body: Body, source: str, position: int, *, judged: bool = True) -> Payload:
    """Make the row of a body; without `judged` only what reading it tells is among the findings."""
    if body.text.lstrip()[:1] == b"<":
        return _markup(body, source, position)
    reading = read(body.text)
    if reading.trouble is not None:
        return unreadable(body, source, position, reading.trouble)
    classified = classify(reading.value, cut_off=reading.cut_off_at is not None)
    facts = facts_of(reading.value, classified.kind)
    findings = (*_unwrapped(body), *reading.findings, *classified.findings)
    if judged and isinstance(reading.value, dict):
        findings += judge(_case(reading, classified.callback_type, facts, body))
    return Payload(
        source,
        position,
        classified.kind,
        classified.callback_type,
        facts,
        reading.value,
        body.text,
        body.wrapping,
        reading.repairs,
        findings,
        reading.cut_off_at,
    )


def unreadable(body: Body, source: str, position: int, reason: str) -> Payload:
    """Make the row of a text that can't be read: with its text and the reason."""
    finding = Finding(Severity.ERROR, "unreadable", "", f"It can't be read: {reason}")
    return Payload(
        source,
        position,
        Kind.UNREADABLE,
        None,
        Facts(),
        None,
        body.text,
        body.wrapping,
        findings=(*_unwrapped(body), finding),
    )


def _case(reading: Reading, name: str | None, facts: Facts, body: Body) -> Case:
    return Case(
        reading.value if isinstance(reading.value, dict) else {},
        type_of(name),
        facts,
        reading.cut_off_at is not None,
        body.wrapping.answered,
        time.time_ns() // 1_000_000,
    )


def _unwrapped(body: Body) -> tuple[Finding, ...]:
    if not body.wrapping.notes:
        return ()
    message = "Unwrapped from: " + ", in it ".join(body.wrapping.notes)
    return (Finding(Severity.INFO, "unwrapped", "", message),)


def _markup(body: Body, source: str, position: int) -> Payload:
    if not CONNECT.search(body.text[:HEAD_BYTES]):
        return unreadable(body, source, position, "XML, and none of Vibes")
    message = "XML of Vibes Connect, the aggregation product; its rules are not the platform's"
    finding = Finding(Severity.INFO, "vibes_connect", "", message)
    return Payload(
        source,
        position,
        Kind.VIBES_CONNECT,
        None,
        Facts(),
        None,
        body.text,
        body.wrapping,
        findings=(*_unwrapped(body), finding),
    )
