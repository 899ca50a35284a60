"""One connection: strict HTTP/1.1 in, answers out."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import h11

from vibes_desktop.sandbox.answers import Answer, Refusal, http_date, refuse

HEAD_LIMIT = 64 * 1024  # bytes
BODY_LIMIT = 4 * 1024 * 1024  # bytes
PIECE = 64 * 1024  # bytes
IDLE_SECONDS = 120.0
LINGER_SECONDS = 2.0
LINGER_BYTES = 64 * 1024 * 1024
BODILESS = (204, 304)


@dataclass(frozen=True)
class Head:
    """The first part of a request."""

    method: str
    target: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)

    def header(self, name: str) -> str | None:
        """Give the first value of a header; the name is lower-case."""
        return next((value for key, value in self.headers if key == name), None)


class Hangup(Exception):
    """The caller is gone, or sent nothing for too long."""


class Malformed(Exception):
    """What came is not acceptable HTTP; the connection ends with this answer."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class Wire:
    """Reads requests and writes answers, one after the other, over one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD_LIMIT)

    async def read_head(self) -> Head:
        """Read the next request's head. Raises Hangup or Malformed."""
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD_LIMIT)
        self._http.receive_data(await self._read_head_bytes())
        try:
            event = self._http.next_event()
        except h11.RemoteProtocolError as error:
            raise Malformed(refuse(error.error_status_hint, "The request is not proper HTTP.")) from None
        if not isinstance(event, h11.Request):
            raise Malformed(refuse(400, "The request is not proper HTTP."))
        headers = tuple((name.decode(), value.decode("latin-1")) for name, value in event.headers)
        return Head(event.method.decode(), event.target.decode("latin-1"), headers)

    async def read_body(self, head: Head) -> bytes:
        """Read the body that belongs to a head. Raises Hangup or Malformed."""
        if head.header("transfer-encoding") is not None:
            status = 411 if head.header("content-length") is None else 400
            raise Malformed(refuse(status, "Send a Content-Length, and no Transfer-Encoding."))
        length = int(head.header("content-length") or 0)
        if length > BODY_LIMIT:
            raise Malformed(refuse(413, f"The body is larger than {BODY_LIMIT} bytes."))
        if self._http.they_are_waiting_for_100_continue:
            await self._write(self._http.send(h11.InformationalResponse(status_code=100, headers=[])))
        body = await self._exactly(length)
        self._http.receive_data(body)
        while not isinstance(self._http.next_event(), h11.EndOfMessage):
            pass
        return body

    async def send(self, answer: Answer) -> bool:
        """Send a complete answer; says whether another request may follow."""
        await self._write(self._complete(answer))
        return self._reusable()

    async def send_cut(self, answer: Answer, at_byte: int) -> None:
        """Send only the first bytes of an answer."""
        await self._write(self._complete(answer)[:at_byte])

    async def send_stream(self, head: Answer, pieces: Iterable[bytes]) -> bool:
        """Send a body of unknown length; says whether another request may follow."""
        await self._write(self._http.send(self._response(head)))
        for piece in pieces:
            await self._write(self._http.send(h11.Data(data=piece)))
        await self._write(self._http.send(h11.EndOfMessage()))
        return self._reusable()

    async def wait_for_hangup(self) -> None:
        """Wait until the caller gives up."""
        with suppress(OSError):
            while await self._reader.read(PIECE):
                pass

    async def linger(self) -> None:
        """Take what still comes, so that the last answer is not lost with a reset connection."""
        with suppress(OSError):
            self._writer.write_eof()
            async with asyncio.timeout(LINGER_SECONDS):
                left = LINGER_BYTES
                while left > 0 and (piece := await self._reader.read(PIECE)):
                    left -= len(piece)

    async def close(self) -> None:
        """Close the connection."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    def abort(self) -> None:
        """Close the connection without sending what is left."""
        self._writer.transport.abort()

    async def _read_head_bytes(self) -> bytes:
        """Read up to the empty line. h11 takes bare line feeds and folded headers; both are refused here."""
        head = bytearray()
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                while not head.endswith(b"\r\n\r\n"):
                    line = await self._reader.readuntil(b"\n")
                    if not line.endswith(b"\r\n"):
                        raise Malformed(refuse(400, "A line ends in a bare line feed."))
                    if line.startswith((b" ", b"\t")):
                        raise Malformed(refuse(400, "A header is folded."))
                    if head or line != b"\r\n":
                        head += line
                    if len(head) > HEAD_LIMIT:
                        raise Malformed(Refusal(431))
        except asyncio.LimitOverrunError:
            raise Malformed(Refusal(431)) from None
        except (asyncio.IncompleteReadError, OSError):
            raise Hangup from None
        return bytes(head)

    async def _exactly(self, length: int) -> bytes:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                return await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, OSError):
            raise Hangup from None

    async def _write(self, data: bytes | None) -> None:
        try:
            self._writer.write(data or b"")
            await self._writer.drain()
        except OSError:
            raise Hangup from None

    def _complete(self, answer: Answer) -> bytes:
        events = [self._response(answer, len(answer.body)), h11.Data(data=answer.body), h11.EndOfMessage()]
        return b"".join(self._http.send(event) or b"" for event in events)

    def _response(self, answer: Answer, length: int | None = None) -> h11.Response:
        headers = [("Date", http_date()), ("Server", "vibes-sandbox"), *answer.headers]
        if answer.content_type:
            headers.append(("Content-Type", answer.content_type))
        if length is not None and answer.status not in BODILESS:
            headers.append(("Content-Length", str(length)))
        return h11.Response(status_code=answer.status, headers=headers)

    def _reusable(self) -> bool:
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE
