"""A capture: one callback as the listener received it, exact to the byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NewType

CaptureId = NewType("CaptureId", int)  # grows with every capture of a store, and is never used again


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request as it came in. Nothing of it is decoded.

    `received_us`: microseconds since 1970, UTC. `head`: the header lines as received, each with its CRLF.
    `trailers`: those behind a chunked body. `answered`: the HTTP status that was decided on; whether it
    arrived nobody can know.
    """

    received_us: int
    peer: str
    peer_port: int
    method: str
    target: str = field(repr=False)
    head: bytes = field(repr=False)
    body: bytes = field(repr=False)
    trailers: bytes = field(default=b"", repr=False)
    answered: int = 200

    @property
    def received_ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return self.received_us // 1000

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Names as they were spelled, and values without the blanks around them, in order."""
        return tuple(_header(line) for line in (self.head + self.trailers).split(b"\r\n") if line)

    def header(self, name: str) -> str | None:
        """Read the first value of a header, whatever the case of its name."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Capture:
    """A delivery that is on the disk."""

    id: CaptureId
    delivery: Delivery

    @property
    def body(self) -> bytes:
        """The exact bytes, still compressed where the sender compressed them."""
        return self.delivery.body


def _header(line: bytes) -> tuple[str, str]:
    name, _, value = line.partition(b":")
    return name.decode("latin-1"), value.strip(b" \t").decode("latin-1")
