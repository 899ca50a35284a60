"""Events that came more than once: with the same body (a redelivery) or another (a conflict)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec

from vibes_desktop.callbacks.payload import Finding, Json, Kind, Payload, Severity

OF_THE_DELIVERY = frozenset(("delivery_attempt", "callback_id"))
IN_DOCUMENTATION = "AB234SDFD234"  # most of the vendor's samples share it (callbacks.md §3)

Seen = dict[tuple[str, str | None], tuple[bytes, str, int]]


def digest_of(value: Json) -> bytes:
    """Condense what a payload says, whatever its order of members and its delivery attempt."""
    said = (
        {name: inner for name, inner in value.items() if name not in OF_THE_DELIVERY}
        if isinstance(value, dict)
        else value
    )
    try:
        text = msgspec.json.encode(said, order="sorted")
    except (msgspec.MsgspecError, OverflowError, ValueError, RecursionError):  # numbers without end, say
        text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=12).digest()


def marked(payloads: Iterable[Payload]) -> Iterator[Payload]:
    """Add a finding to every payload whose event was seen before, of the same type."""
    seen: Seen = {}
    for payload in payloads:
        yield with_repeat(payload, _seen_before(payload, seen))


def with_repeat(payload: Payload, finding: Finding | None) -> Payload:
    """Add what was found about an event that came before."""
    return payload if finding is None else replace(payload, findings=(*payload.findings, finding))


def _seen_before(payload: Payload, seen: Seen) -> Finding | None:
    event_id = payload.facts.event_id
    if payload.kind is not Kind.CALLBACK or event_id is None or payload.cut_off_at is not None:
        return None
    digest = digest_of(payload.value)
    key = (event_id, payload.callback_type)
    if key not in seen:
        seen[key] = (digest, payload.source, payload.position)
        return None
    first, source, position = seen[key]
    if first != digest and event_id == IN_DOCUMENTATION:
        return None
    return repeat_finding(same=first == digest, where=f"{source}, {position}")


def repeat_finding(*, same: bool, where: str) -> Finding:
    """Say that an event was seen before, with this body or another."""
    if same:
        message = f"The same event was delivered before ({where})"
        return Finding(Severity.WARNING, "redelivery", "event_id", message)
    message = f"The same event ID came before with another body ({where})"
    return Finding(Severity.ERROR, "conflict", "event_id", message)
