"""Who issued a server's certificate, read from its bytes.

Python names the issuer only where OpenSSL verifies; on Windows and macOS the system does, and all there is
are the bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

VERSION_TAG: Final = 0xA0
UTC_TIME: Final = 0x17
CHARSETS: Final = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}
ORGANISATION: Final = bytes.fromhex("55040a")
COMMON_NAME: Final = bytes.fromhex("550403")
UNNAMED: Final = "not named"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a person can judge a certificate by. `valid_until` is None where it can't be read."""

    issuer: str
    subject: str
    valid_until: datetime | None


def read_certificate(der: bytes) -> CertificateFacts:
    """Read issuer, subject and end of a certificate (X.509 in DER)."""
    try:
        body = _items(next(_items(next(_items(der))[1]))[1])
        first = next(body)
        if first[0] == VERSION_TAG:
            next(body)  # the serial number
        next(body)  # the signature's algorithm
        issuer, validity, subject = next(body)[1], next(body)[1], next(body)[1]
        times = list(_items(validity))
        return CertificateFacts(_name(issuer), _name(subject), _time(*times[1]))
    except (ValueError, StopIteration, IndexError):
        return CertificateFacts(UNNAMED, UNNAMED, None)


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the elements of a DER sequence as tag and content."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise ValueError("cut off")
        yield tag, data[at : at + length]
        at += length


def _name(data: bytes) -> str:
    parts: dict[bytes, str] = {}
    for _, group in _items(data):
        for _, pair in _items(group):
            (_, kind), (tag, value) = list(_items(pair))[:2]
            parts.setdefault(kind, value.decode(CHARSETS.get(tag, "latin-1"), "replace"))
    return " – ".join(parts[kind] for kind in (ORGANISATION, COMMON_NAME) if kind in parts) or UNNAMED


def _time(tag: int, value: bytes) -> datetime:
    text = value.decode("ascii").removesuffix("Z")
    if tag == UTC_TIME:
        text = ("19" if text >= "50" else "20") + text
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
