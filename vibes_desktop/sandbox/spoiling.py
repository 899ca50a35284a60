"""What the faults do to bodies and answers."""

import json
import zlib
from collections.abc import Iterator

from vibes_desktop.sandbox.answers import HTML_TYPE, JSON_TYPE, Answer, Headers, Json, answer_json, to_bytes
from vibes_desktop.sandbox.faults import Change, Fault, FaultKind

CHUNK_BYTES = 64 * 1024
GZIP_WINDOW = 31  # zlib's way to ask for a gzip header

HTML = """<!DOCTYPE html>
<html><head><title>{status}</title></head>
<body><h1>{status} {reason}</h1><p>The gateway could not complete the request.</p></body></html>
"""
REASONS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def instead(fault: Fault) -> Answer:
    """Make the answer that a status or redirect fault gives."""
    if fault.kind is FaultKind.REDIRECT:
        return Answer(302, headers=(("Location", fault.location),))
    headers: Headers = () if fault.retry_after is None else (("Retry-After", str(fault.retry_after)),)
    if fault.status < 500:
        return answer_json(fault.status, {"errors": [{"message": "The request was refused."}]}, headers)
    text = HTML.format(status=fault.status, reason=REASONS.get(fault.status, "Error"))
    return Answer(fault.status, text.encode(), HTML_TYPE, headers)


def spoil(answer: Answer, fault: Fault) -> Answer:
    """Break the body of an answer whose framing stays right."""
    if fault.kind is FaultKind.TRUNCATED_JSON:
        whole = answer.body or b'{"person_key": "'
        kept = len(whole) // 2 if fault.at_byte is None else fault.at_byte
        return Answer(answer.status, whole[:kept], JSON_TYPE, answer.headers)
    text = answer.body.decode()
    return Answer(
        answer.status, text.encode(fault.charset, "replace"), f"{JSON_TYPE}; charset=utf-8", answer.headers
    )


def altered(body: Json, fault: Fault) -> Json:
    """Change one custom field of a request's body before the platform takes it."""
    sent = body.get("custom_fields") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(sent, dict):
        return body
    custom_fields = dict(sent)
    if fault.change is Change.REPLACE:
        custom_fields[fault.field] = fault.value
    elif fault.change is Change.DROP:
        custom_fields.pop(fault.field, None)
    else:
        value = custom_fields.get(fault.field)
        if isinstance(value, str):
            custom_fields[fault.field] = _altered_text(value, fault.change)
    return body | {"custom_fields": custom_fields}


def oversized(fault: Fault) -> Iterator[bytes]:
    """Make a JSON body of the size asked for, piece by piece, compressed if asked."""
    pieces = _padding(fault.size)
    if not fault.gzip:
        yield from pieces
        return
    packer = zlib.compressobj(wbits=GZIP_WINDOW)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def oversized_head(fault: Fault, status: int) -> Answer:
    """Make the head that goes before an oversized body."""
    return Answer(
        status, content_type=JSON_TYPE, headers=(("Content-Encoding", "gzip"),) if fault.gzip else ()
    )


def fault_list(faults: list[Fault]) -> bytes:
    """Write faults as JSON."""
    shown: list[Json] = [json.loads(to_bytes(each.shown())) for each in faults]
    return to_bytes(shown)


def _altered_text(value: str, change: Change) -> str:
    if change is Change.LOWER:
        return value.lower()
    return value.upper() if change is Change.UPPER else value.strip()


def _padding(size: int) -> Iterator[bytes]:
    opening, closing = b'{"padding": "', b'"}'
    left = max(size - len(opening) - len(closing), 0)
    yield opening
    while left > 0:
        yield b"x" * min(left, CHUNK_BYTES)
        left -= CHUNK_BYTES
    yield closing
