"""From what an endpoint or a log wrote to the payload inside, and what that says of its delivery.

A record is one line, one element of an array or one document. It may hold no payload, one, or several.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from vibes_desktop.callbacks.braces import end_of
from vibes_desktop.callbacks.classify import looks_like_payload
from vibes_desktop.callbacks.dates import find_ms, parse_log_ms
from vibes_desktop.callbacks.payload import Body, Wrapping

MAX_LAYERS = 8
HELD_UNDER = (
    "body",
    "payload",
    "data",
    "message",
    "Message",
    "detail",
    "event",
    "_raw",
    "raw",
    "@message",
    "log",
    "msg",
    "text",
    "json",
    "result",
    "request",
    "postData",
    "textPayload",
    "jsonPayload",
    "_source",
)
HELD_IN_LISTS = ("events", "logEvents", "Records", "records", "entries", "results", "messages", "callbacks")
TIMES = (
    "received_at",
    "receivedAt",
    "received",
    "@timestamp",
    "timestamp",
    "time",
    "_time",
    "ts",
    "date",
    "datetime",
    "startedDateTime",
    "requestTimeEpoch",
    "timeEpoch",
    "requestTime",
    "ingestionTime",
)
STATUSES = ("status", "status_code", "statusCode", "response_status", "responseStatus", "answered", "@status")
ESCAPED_BYTE = re.compile(rb"\\x([0-9A-Fa-f]{2})")
STATUS_IN_LINE = re.compile(r'(?:HTTP/[\d.]+"?\s+|status[=:]\s*"?|" )([1-5]\d\d)\b')
ESCAPED_START = re.compile(rb'\{\s*\\"')
OBJECT_START = re.compile(rb'\{\s*(?:["}/\'{]|\xe2\x80\x9c|\xc2\xa0|\w+\s*:)')
SMALLEST_STATUS, LARGEST_STATUS = 100, 599

NO_JSON = "no JSON in the line"
EMPTY_BODY = "an empty body"
NOT_BASE64 = "a body that is not the Base64 it claims to be"

NO_BODY = "a request without a body"
BARE = Wrapping()

RAW_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
RAW_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])


@dataclass(frozen=True, slots=True)
class NoPayload:
    """A record, or a part of one, that holds no payload, and why."""

    reason: str


def unwrap(text: bytes, wrapping: Wrapping = BARE, layers: int = 0) -> Iterator[Body | NoPayload]:
    """Yield what the record holds, in order."""
    text = _trimmed(text)
    if not text:
        yield NoPayload(EMPTY_BODY)
    elif text.startswith(b"<"):
        yield from _markup(text, wrapping, layers)
    elif text.startswith(b"{"):
        yield from _object(text, wrapping, layers)
    elif text.startswith(b"[") and (items := _items(text)) is not None:
        yield from _several(items, wrapping, layers, "an array")
    elif text.startswith(b'"') and (inner := _text_of(text)) is not None:
        yield from unwrap(inner, wrapping.around("JSON inside a text"), layers + 1)
    else:
        yield from _log_line(text, wrapping, layers)


def _markup(text: bytes, wrapping: Wrapping, layers: int) -> Iterator[Body | NoPayload]:
    """XML as it is; a line of syslog begins with `<` too."""
    if re.match(rb"<\d{1,3}>", text):
        yield from _log_line(text, wrapping, layers)
    else:
        yield Body(text, wrapping)


def _object(text: bytes, wrapping: Wrapping, layers: int) -> Iterator[Body | NoPayload]:
    try:
        members = RAW_MEMBERS.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        yield from _broken_object(text, wrapping, layers)
        return
    if layers >= MAX_LAYERS or looks_like_payload(members.keys() | set()):
        yield Body(text, wrapping)
        return
    inner = list(_inside(members, wrapping, layers))
    if any(isinstance(each, Body) for each in inner) or (inner and _is_log_envelope(members)):
        yield from inner
    else:
        yield Body(text, wrapping)


def _broken_object(text: bytes, wrapping: Wrapping, layers: int) -> Iterator[Body | NoPayload]:
    """An object that is not JSON: nginx writes `{\\x22a\\x22:…`, others `{\\"a\\":…`."""
    if b"\\x22" in text[:200] or text.startswith((b'{\\"', b'{ \\"')):
        yield from _log_line(text, wrapping, layers)
    else:
        yield Body(text, wrapping)


def _is_log_envelope(members: dict[str, msgspec.Raw]) -> bool:
    """Tell whether an object is a log's own record, so that its text alone matters."""
    return bool(members.keys() & {"request", "log", "_raw", "@message", "logEvents", "textPayload"}) or (
        "message" in members and bool(members.keys() & {"timestamp", "time", "@timestamp"})
    )


def _inside(members: dict[str, msgspec.Raw], wrapping: Wrapping, layers: int) -> Iterator[Body | NoPayload]:
    received, answered = _told(members)
    for name in HELD_IN_LISTS:
        if name in members and (items := _items(bytes(members[name]))) is not None:
            yield from _several(items, wrapping.around(name, received, answered), layers, "")
            return
    for name in HELD_UNDER:
        if name in members and (inner := _held(members, name)) is not None:
            held = wrapping.around(name, received, answered)
            if isinstance(inner, NoPayload):
                yield inner
            else:
                yield from unwrap(inner, held, layers + 1)
            return


def _held(members: dict[str, msgspec.Raw], name: str) -> bytes | NoPayload | None:
    """Take what a member holds: an object or array as it stands, a text without its quotes."""
    raw = bytes(members[name]).strip()
    if name == "request" and not {"body", "postData", "payload"} & _members(members, name).keys():
        return NoPayload(NO_BODY) if "method" in _members(members, name) else None
    if raw.startswith((b"{", b"[")):
        return raw
    if not raw.startswith(b'"'):
        return None
    text = _text_of(raw)
    if text is None:
        return None
    encoded = bytes(members.get("isBase64Encoded", b"")) == b"true" or (
        "encoding" in members and _text_of(bytes(members["encoding"])) == b"base64"
    )
    if not encoded:
        return text
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return NoPayload(NOT_BASE64)


def _several(items: list[bytes], wrapping: Wrapping, layers: int, note: str) -> Iterator[Body | NoPayload]:
    if note and wrapping.notes:
        wrapping = wrapping.around(note)
    if layers >= MAX_LAYERS:
        return
    for index, item in enumerate(items):
        for found in unwrap(item, wrapping, layers + 1):
            yield replace(found, index=index) if isinstance(found, Body) else found


def _log_line(text: bytes, wrapping: Wrapping, layers: int) -> Iterator[Body | NoPayload]:
    """Find the JSON in a line of a log; what stands before it may tell time and status."""
    plain = _without_escapes(text)
    start = OBJECT_START.search(plain)
    if start is None or layers >= MAX_LAYERS:
        yield NoPayload(NO_JSON)
        return
    before = plain[: start.start()].decode("utf-8", "replace")
    body = _end_of_object(plain[start.start() :])
    status = STATUS_IN_LINE.search(before)
    held = wrapping.around("a line of a log", find_ms(before), int(status[1]) if status else None)
    yield from unwrap(body, held, layers + 1)


def _trimmed(text: bytes) -> bytes:
    """Take blanks off both ends; at the end of an object that was cut off they may be its own."""
    trimmed = text.strip()
    if not trimmed.startswith(b"{") or trimmed.endswith(b"}"):
        return trimmed
    text = text.lstrip()
    return text[: end_of(text)].removesuffix(b"\r")


def _without_escapes(text: bytes) -> bytes:
    """Undo what a log's own format does to quotes: nginx's `\\x22`, or backslashes before them."""
    if b"\\x22" in text:
        return ESCAPED_BYTE.sub(lambda match: bytes([int(match[1], 16)]), text)
    escaped, plain = ESCAPED_START.search(text), OBJECT_START.search(text)
    if escaped and (plain is None or escaped.start() < plain.start()):
        return re.sub(rb"\\(.)", rb"\1", text)
    return text


def _end_of_object(text: bytes) -> bytes:
    """Cut what follows the object on its line, such as a closing quote; a cut-off object stays whole."""
    end = text.rfind(b"}")
    tail = text[end + 1 :]
    if end < 0 or (b'"' in tail.strip().strip(b"\"'") and b":" in tail):
        return text
    return text[: end + 1] if text.count(b"{") <= text.count(b"}") else text.rstrip(b"\"' ")


def _items(text: bytes) -> list[bytes] | None:
    try:
        items = [bytes(item) for item in RAW_ITEMS.decode(text)]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return items if not items or any(item.lstrip().startswith((b"{", b'"', b"[")) for item in items) else None


def _text_of(raw: bytes) -> bytes | None:
    try:
        return msgspec.json.decode(raw, type=str).encode()
    except (msgspec.MsgspecError, UnicodeError):
        return None


def _told(members: dict[str, msgspec.Raw]) -> tuple[int | None, int | None]:
    """Read when the wrapper says it was received, and with which status it was answered."""
    received = next((found for name in TIMES if (found := parse_log_ms(_scalar(members, name)))), None)
    answered = next((found for name in STATUSES if (found := _status(_scalar(members, name)))), None)
    for name in ("response", "requestContext"):
        inner = _members(members, name)
        if inner:
            deeper_received, deeper_answered = _told(inner)
            received = received if received is not None else deeper_received
            answered = answered if answered is not None else deeper_answered
    return received, answered


def _members(members: dict[str, msgspec.Raw], name: str) -> dict[str, msgspec.Raw]:
    try:
        return RAW_MEMBERS.decode(members[name]) if name in members else {}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}


def _scalar(members: dict[str, msgspec.Raw], name: str) -> object:
    raw = bytes(members.get(name, b""))
    if not raw or raw.lstrip()[:1] in (b"{", b"["):
        return None
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _status(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == len("200"):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if SMALLEST_STATUS <= value <= LARGEST_STATUS else None
