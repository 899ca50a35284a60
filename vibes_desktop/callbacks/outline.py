"""What is small in a large payload, as JSON: enough to tell what it is, without decoding all of it.

Decoding 50 MB takes seconds in which nothing else runs; passing over it takes a few hundredths of one.
"""

from __future__ import annotations

import msgspec

from vibes_desktop.callbacks.payload import Finding, Severity

LARGE_BYTES = 2 << 20  # texts from here on are read by their outline
EXAMINED_BYTES = 64 << 10  # members up to here are part of it
NOT_EXAMINED = "not_examined"
MAX_LEVELS = 5  # as deep as documented members stand; each takes a pass over what is large
MAX_MEMBERS = 1_000  # more than any callback has
NOT_STRICT = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class _Name:
    """A member's name that is equal to no other, so that those that come twice stay."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _TooManyError(Exception):
    """An object has more members than are looked at."""


def outline(text: bytes) -> tuple[bytes, tuple[Finding, ...]] | None:
    """Leave out the large lists in an object, and say which; None where it is no object by the grammar."""
    if text.lstrip()[:1] != b"{":
        return None
    skipped: list[Finding] = []
    try:
        return _of_object(text, "", 0, skipped), tuple(skipped)
    except NOT_STRICT:
        return None


def _of_object(text: bytes | msgspec.Raw, path: str, level: int, skipped: list[Finding]) -> bytes:
    members = _members(text) if level < MAX_LEVELS else None
    if members is None:
        skipped.append(_not_examined(path))
        return b"{}"
    parts = [
        msgspec.json.encode(name) + b":" + _of_member(raw, f"{path}.{name}" if path else name, level, skipped)
        for name, raw in members
    ]
    return b"{" + b",".join(parts) + b"}"


def _of_member(raw: msgspec.Raw, path: str, level: int, skipped: list[Finding]) -> bytes:
    text = memoryview(raw)
    first = bytes(text[:1])
    if len(text) <= EXAMINED_BYTES or first not in (b"{", b"["):
        return bytes(raw)
    if first == b"{":
        return _of_object(raw, path, level + 1, skipped)
    skipped.append(_not_examined(path))
    return b"[]"


def _members(text: bytes | msgspec.Raw) -> list[tuple[str, msgspec.Raw]] | None:
    """Decode one level of an object; None where it has a great many members."""
    seen = 0

    def named(_type: type, name: str) -> _Name:
        nonlocal seen
        seen += 1
        if seen > MAX_MEMBERS:
            raise _TooManyError
        return _Name(name)

    try:
        found = msgspec.json.Decoder(dict[_Name, msgspec.Raw], dec_hook=named).decode(text)
    except _TooManyError:
        return None
    return [(name.text, raw) for name, raw in found.items()]


def _not_examined(path: str) -> Finding:
    message = f"{path or 'The object'} is too large to be examined; it is shown in full"
    return Finding(Severity.INFO, NOT_EXAMINED, path, message)
