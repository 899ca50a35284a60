"""From a body to a payload: read it, tell what it is, collect its facts, judge it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from vibes_desktop.callbacks.classify import classify
from vibes_desktop.callbacks.facts import facts_of
from vibes_desktop.callbacks.findings import Case, judge, type_of
from vibes_desktop.callbacks.outline import LARGE_BYTES, NOT_EXAMINED, outline
from vibes_desktop.callbacks.payload import Body, Facts, Finding, Kind, Payload, Severity
from vibes_desktop.callbacks.reading import Reading, read

CONNECT = re.compile(
    rb"mtMessage|submitMOMessage|moMessage|deliveryReceipt|vibes|messageResponse", re.IGNORECASE
)
HEAD_BYTES = 4096


def assemble(body: Body, source: str, position: int, *, judged: bool = True, whole: bool = True) -> Payload:
    """Make the row of a body; without `judged` only what reading it tells is among the findings.

    Unless the `whole` is wanted, the value of a large one lacks what is large in it.
    """
    if body.text.lstrip()[:1] == b"<":
        return _markup(body, source, position)
    reading = read(body.text) if whole else _read_outline(body.text)
    if reading.trouble is not None:
        return unreadable(body, source, position, reading.trouble)
    classified = classify(reading.value, cut_off=reading.cut_off_at is not None)
    facts = facts_of(reading.value, classified.kind)
    findings = (*_unwrapped(body), *reading.findings, *classified.findings)
    if judged and isinstance(reading.value, dict):
        found = judge(_case(reading, classified.callback_type, facts, body))
        findings += _not_below(found, [each.path for each in reading.findings if each.code == NOT_EXAMINED])
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


def _read_outline(text: bytes) -> Reading:
    """Read a large text by what is small in it, where that alone needs no repair."""
    found = outline(text) if len(text) >= LARGE_BYTES else None
    if found is None:
        return read(text)
    small, skipped = found
    reading = read(small)
    if reading.repairs or reading.trouble is not None:
        return read(text)
    return replace(reading, findings=(*reading.findings, *skipped))


def _not_below(findings: tuple[Finding, ...], left_out: Sequence[str]) -> tuple[Finding, ...]:
    """Drop what is said of members that were left out."""
    if not left_out:
        return findings
    paths = tuple(f"{path}." if path else "" for path in left_out)
    return tuple(each for each in findings if not each.path.startswith(paths))


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
