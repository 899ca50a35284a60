"""One connection: requests in, within their limits, and answers out."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass
from email.utils import formatdate
from enum import IntEnum
from functools import lru_cache
from http import HTTPStatus

from vibes_desktop.listener.head import Head, check_lines, parse_head
from vibes_desktop.listener.limits import Limits
from vibes_desktop.listener.refusals import Reason, Refused

FIRST_VISIBLE = 0x21
PIECE_BYTES = 64 * 1024
CHUNK_LINE_BYTES = 4096
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(;[^\r\n]*)?")
TRAILER = re.compile(rb"[-!#$%&'*+.^_`|~0-9A-Za-z]+:[^\x00\r\n]*")
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
ALLOW = "Allow: POST, PUT\r\n"


class Hangup(Exception):
    """The sender is gone."""


class Phase(IntEnum):
    """What a connection is doing; the lower, the sooner it may be closed for another's sake."""

    LINGERING = 0
    IDLE = 1
    HEAD = 2
    BODY = 3
    STORING = 4


@dataclass(slots=True)
class Budget:
    """The bytes of all bodies that are not stored yet."""

    left: int

    def take(self, count: int) -> None:
        """Raise Refused where there is no room."""
        if count > self.left:
            raise Refused(Reason.OVERLOADED)
        self.left -= count


class Alarm:
    """Ends the waiting of a reader at a deadline that is set anew for every piece it waits for.

    A timer is only begun where none runs, and looks when it rings whether it is time: arming one for each
    piece, as `asyncio.timeout` does, costs a tenth of a whole request.
    """

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._loop = asyncio.get_running_loop()
        self._deadline: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def set(self, deadline: float | None) -> None:
        """Set the deadline in the loop's time; None for nothing to wait for."""
        self._deadline = deadline
        if deadline is None or (self._timer is not None and self._timer.when() <= deadline):
            return
        self.stop()
        self._timer = self._loop.call_at(deadline, self._ring)

    def stop(self) -> None:
        """Ring no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ring(self) -> None:
        self._timer = None
        if self._deadline is None:
            return
        if self._loop.time() < self._deadline:
            self.set(self._deadline)
        else:
            self._reader.set_exception(TimeoutError())


class Wire:
    """Reads requests and writes answers, one after the other."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limits: Limits, budget: Budget
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._limits = limits
        self._budget = budget
        self._taken = 0  # of the budget
        self._buffer = bytearray()
        self._clock = asyncio.get_running_loop().time
        self._alarm = Alarm(reader)
        self.phase = Phase.HEAD
        self.since = self._clock()  # when the phase began
        self.received = 0  # bytes of the body
        self.peer, self.peer_port = _address(writer.get_extra_info("peername"))
        self.own_address, _ = _address(writer.get_extra_info("sockname"))

    async def read_head(self) -> Head:
        """Read the next request's head; raises Hangup or Refused."""
        self._give_back()
        if self.phase is Phase.IDLE and not self._buffer:
            await self._more(self.since + self._limits.idle_seconds)
        self._enter(Phase.HEAD)
        deadline = self.since + self._limits.header_deadline_seconds
        looked_at = 0
        while (end := self._buffer.find(b"\n\r\n", max(0, looked_at - 2))) < 0:
            check_lines(self._buffer, looked_at)
            if self._buffer and self._buffer[0] < FIRST_VISIBLE and self._buffer[:1] != b"\r":
                raise Refused(Reason.MALFORMED)  # TLS begins so
            looked_at = len(self._buffer)
            if looked_at > self._limits.head_bytes:
                raise Refused(Reason.HEAD_TOO_LARGE)
            await self._more(deadline)
        if end + 3 > self._limits.head_bytes:
            raise Refused(Reason.HEAD_TOO_LARGE)
        data = self._cut(end + 3)
        return parse_head(data.removeprefix(b"\r\n"))

    async def read_body(self, head: Head) -> tuple[bytes, bytes]:
        """Read a body and its trailers; raises Hangup or Refused."""
        self._enter(Phase.BODY)
        self.received = 0
        if head.length is not None and head.length > self._limits.body_bytes:
            raise Refused(Reason.BODY_TOO_LARGE)
        if head.expects_continue and not self._buffer:
            await self._send(CONTINUE)
        if head.length is None:
            return await self._chunks()
        return await self._exactly(head.length), b""

    async def answer(self, status: int, *, closes: bool, retry_after: int | None = None) -> None:
        """Send an answer without a body; raises Hangup."""
        more = ALLOW if status == HTTPStatus.METHOD_NOT_ALLOWED else ""
        if retry_after is not None:
            more += f"Retry-After: {retry_after}\r\n"
        if closes:
            more += "Connection: close\r\n"
        if status != HTTPStatus.NO_CONTENT:  # which may not say that it has none
            more += "Content-Length: 0\r\n"
        date = _date(int(time.time()))
        await self._send(f"HTTP/1.1 {status} {_phrase(status)}\r\nDate: {date}\r\n{more}\r\n".encode())
        self._enter(Phase.IDLE)

    def storing(self) -> None:
        """Note that the request is complete and waits for the disk."""
        self._enter(Phase.STORING)

    async def linger(self) -> None:
        """Take a little of what still comes, so that the answer is not lost with a reset connection."""
        self._enter(Phase.LINGERING)
        left = self._limits.linger_bytes - len(self._buffer)
        with contextlib.suppress(OSError, TimeoutError):
            self._writer.write_eof()
            async with asyncio.timeout(self._limits.linger_seconds):
                while left > 0 and (piece := await self._reader.read(min(left, PIECE_BYTES))):
                    left -= len(piece)

    async def close(self) -> None:
        """Close the connection."""
        self._alarm.stop()
        self._give_back()
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    def abort(self) -> None:
        """Close the connection at once."""
        self._writer.transport.abort()

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.since = self._clock()

    def _give_back(self) -> None:
        self._budget.left += self._taken
        self._taken = 0

    def _cut(self, count: int) -> bytes:
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    async def _more(self, deadline: float) -> None:
        """Wait for more bytes; raises Hangup, or Refused where the deadline passes."""
        self._alarm.set(deadline)
        try:
            piece = await self._reader.read(PIECE_BYTES)
        except TimeoutError:
            if self.phase is not Phase.IDLE:
                raise Refused(Reason.TOO_SLOW) from None
            raise Hangup from None
        except OSError:
            raise Hangup from None
        finally:
            self._alarm.set(None)
        if not piece:
            raise Hangup
        self._buffer += piece

    async def _more_body(self) -> None:
        """Wait for more of a body that comes at the minimum rate, after its time of grace."""
        limits = self._limits
        allowed = limits.body_grace_seconds + self.received / limits.minimum_body_rate
        await self._more(self.since + min(allowed, limits.body_deadline_seconds))

    async def _exactly(self, count: int) -> bytes:
        """Read so many bytes of a body."""
        if len(self._buffer) >= count:
            self._take(count)
            return self._cut(count)
        parts = []
        while count:
            if not self._buffer:
                await self._more_body()
            parts.append(self._cut(min(count, len(self._buffer))))
            count -= len(parts[-1])
            self._take(len(parts[-1]))
        return b"".join(parts)

    def _take(self, count: int) -> None:
        self._budget.take(count)
        self._taken += count
        self.received += count

    async def _chunks(self) -> tuple[bytes, bytes]:
        """Read a chunked body; raises Refused for what h11 would let pass, too."""
        parts = []
        while size := await self._chunk_size():
            if self.received + size > self._limits.body_bytes:
                raise Refused(Reason.BODY_TOO_LARGE)
            parts.append(await self._exactly(size))
            if await self._line(0):
                raise Refused(Reason.MALFORMED)
        trailers = b""
        while line := await self._line(self._limits.head_bytes - len(trailers)):
            if not TRAILER.fullmatch(line):
                raise Refused(Reason.MALFORMED)
            trailers += line + b"\r\n"
        return b"".join(parts), trailers

    async def _chunk_size(self) -> int:
        found = CHUNK_SIZE.fullmatch(await self._line(CHUNK_LINE_BYTES))
        if found is None:
            raise Refused(Reason.MALFORMED)
        return int(found[1], 16)

    async def _line(self, limit: int) -> bytes:
        """Read a line without its CRLF; raises Refused for any other end, or none within the limit."""
        while (end := self._buffer.find(b"\n", 0, limit + 2)) < 0:
            if len(self._buffer) >= limit + 2:
                raise Refused(Reason.MALFORMED)
            await self._more_body()
        line = self._cut(end + 1)
        if not line.endswith(b"\r\n"):
            raise Refused(Reason.MALFORMED)
        return line[:-2]

    async def _send(self, data: bytes) -> None:
        self._writer.write(data)
        if self._writer.transport.is_closing():
            raise Hangup
        if not self._writer.transport.get_write_buffer_size():
            return  # it is all with the operating system already
        try:
            async with asyncio.timeout(self._limits.answer_seconds):
                await self._writer.drain()
        except OSError:
            raise Hangup from None


def _address(place: object) -> tuple[str, int]:
    """Read a socket's address; an IPv4 one that IPv6 carries is given as IPv4."""
    if isinstance(place, tuple) and len(place) > 1:
        return str(place[0]).removeprefix("::ffff:").partition("%")[0], int(place[1])
    return "", 0


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)
