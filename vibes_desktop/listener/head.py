"""The head of a request, parsed strictly: whatever two programs could read in two ways is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import h11

from vibes_desktop.listener.refusals import Reason, Refused

HEADS_REMEMBERED = 64
VERSIONS = frozenset({b"1.0", b"1.1"})
FOLDED = re.compile(rb"\n[ \t]")
EXPECTS_CONTINUE = b"100-continue"


@dataclass(frozen=True, slots=True)
class Head:
    """Request line and headers. `lines`: the header lines as received. Names in `values` are lower case.

    `length`: of the body, None where it comes in chunks. `expects_continue`: the body waits to be asked for.
    """

    method: str
    target: str = field(repr=False)
    lines: bytes = field(repr=False)
    values: dict[bytes, bytes] = field(repr=False)
    length: int | None
    keeps_open: bool
    expects_continue: bool


def check_lines(data: bytes | bytearray, start: int = 0) -> None:
    """Raise Refused for a line that doesn't end in CRLF, from a place on; the last may be on its way."""
    at = data.find(b"\n", start)
    while at >= 0:
        if data[at - 1 : at] != b"\r":
            raise Refused(Reason.MALFORMED)
        at = data.find(b"\n", at + 1)


@lru_cache(maxsize=HEADS_REMEMBERED)
def parse_head(data: bytes) -> Head:
    """Read a head, up to and with its empty line; raises Refused.

    Remembers the last ones: a sender repeats its head as long as bodies have the same length, and reading
    it is a third of all the work.
    """
    check_lines(data)
    if FOLDED.search(data):
        raise Refused(Reason.MALFORMED)
    request = _request(data)
    version = request.http_version
    if version not in VERSIONS:
        raise Refused(Reason.MALFORMED)
    headers = [(bytes(name), bytes(value)) for name, value in request.headers]
    values = dict(reversed(headers))
    tokens = {token.strip() for token in values.get(b"connection", b"").lower().split(b",")}
    return Head(
        request.method.decode("ascii"),
        request.target.decode("ascii"),
        data[data.index(b"\n") + 1 : -2],
        values,
        _length(headers, version),
        keeps_open=version == b"1.1" and b"close" not in tokens,
        expects_continue=version == b"1.1" and values.get(b"expect", b"").lower() == EXPECTS_CONTINUE,
    )


def _request(data: bytes) -> h11.Request:
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=len(data) + 1)
    connection.receive_data(data)
    try:
        event = connection.next_event()
    except h11.RemoteProtocolError:
        raise Refused(Reason.MALFORMED) from None
    if not isinstance(event, h11.Request):
        raise Refused(Reason.MALFORMED)
    return event


def _length(headers: list[tuple[bytes, bytes]], version: bytes) -> int | None:
    """Find how long the body is: by one Content-Length or by chunks, never by both."""
    lengths = [value for name, value in headers if name == b"content-length"]
    codings = [value.lower() for name, value in headers if name == b"transfer-encoding"]
    if codings:
        if lengths or codings != [b"chunked"] or version == b"1.0":
            raise Refused(Reason.MALFORMED)
        return None
    return int(lengths[0]) if lengths else 0
