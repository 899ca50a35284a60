"""The sandbox: a simulated Vibes platform over real HTTP on the loopback interface."""

import asyncio
import logging
import traceback
from collections.abc import Sequence
from ipaddress import ip_address

from vibes_desktop.sandbox.answers import Answer, Refusal, answer_refusal
from vibes_desktop.sandbox.deliveries import RETRY_SECONDS, Deliveries
from vibes_desktop.sandbox.faults import FaultKind, Faults, Trouble
from vibes_desktop.sandbox.platform import Platform
from vibes_desktop.sandbox.received import ReceivedRequest, RequestLog, without_secrets
from vibes_desktop.sandbox.reception import Reception
from vibes_desktop.sandbox.spoiling import instead, oversized, oversized_head, spoil
from vibes_desktop.sandbox.wire import HEAD_LIMIT, Hangup, Head, Malformed, Wire

CONTROL_PATH = "/_sandbox/faults"

logger = logging.getLogger(__name__)


class Sandbox:
    """A simulated platform: its state, its faults, and the server in front of them."""

    company_key: str
    username = "demo@sandbox.example"
    password = "not-a-secret"  # noqa: S105 - demo credentials, printed for everybody

    def __init__(
        self,
        *,
        seed: int = 1,
        people: int = 2000,
        api_host: str = "127.0.0.1",
        retry_seconds: Sequence[float] = RETRY_SECONDS,
    ) -> None:
        if not ip_address(api_host).is_loopback:
            raise ValueError("the sandbox answers on the loopback interface only")
        self.platform = Platform(seed=seed, people=people)
        self.faults = Faults()
        self.company_key = self.platform.company_key
        self._reception = Reception(self.platform, self.faults, self.username, self.password)
        self._received = RequestLog()
        self.deliveries = Deliveries(retry_seconds)
        self._host = api_host
        self._server: asyncio.Server | None = None
        self._port = 0
        self._connections: dict[asyncio.Task[None], Wire] = {}

    @property
    def requests(self) -> RequestLog:
        """Give the latest requests, oldest first; `clear()` forgets them."""
        return self._received

    @property
    def port(self) -> int:
        """Give the port in use. Raises RuntimeError before the first start."""
        if not self._port:
            raise RuntimeError("the sandbox was never started")
        return self._port

    @property
    def url(self) -> str:
        """Give the base URL."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    @property
    def announcement(self) -> str:
        """Say where it is and how to sign in, in one line."""
        return (
            f"sandbox on {self.url} company_key={self.company_key} "
            f"username={self.username} password={self.password}"
        )

    async def start(self, port: int = 0) -> None:
        """Listen; 0 takes any free port. Raises OSError when the port is taken."""
        if self._server is not None:
            raise RuntimeError("the sandbox runs already")
        self._server = await asyncio.start_server(self._accept, self._host, port, limit=HEAD_LIMIT)
        self._port = self._server.sockets[0].getsockname()[1]
        self.platform.deliver = self.deliveries.send

    async def stop(self) -> None:
        """Close the port and every connection; a later start finds the same people."""
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        await self.deliveries.stop()
        connections = dict(self._connections)
        for task, wire in connections.items():
            task.cancel()
            wire.abort()
        await asyncio.gather(*connections, return_exceptions=True)
        await server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(reader, writer)
        task = asyncio.get_running_loop().create_task(self._converse(wire))
        self._connections[task] = wire
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Forget a connection; a bug is logged by its place alone, as its text may hold personal data."""
        del self._connections[task]
        error = None if task.cancelled() else task.exception()
        if error is not None:
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("%s in %s, line %s", type(error).__name__, place.filename, place.lineno)

    async def _converse(self, wire: Wire) -> None:
        try:
            while await self._serve_one(wire):
                pass
        except Hangup:
            pass
        except Malformed as malformed:
            await self._refuse_and_linger(wire, malformed.refusal)
        finally:
            await wire.close()

    async def _refuse_and_linger(self, wire: Wire, refusal: Refusal) -> None:
        answer = answer_refusal(refusal, self.platform.refusal_body)
        try:
            await wire.send(
                Answer(answer.status, answer.body, answer.content_type, (("Connection", "close"),))
            )
            await wire.linger()
        except Hangup:
            return

    async def _serve_one(self, wire: Wire) -> bool:
        """Answer one request; says whether the connection stays open."""
        head = await wire.read_head()
        if head.target == CONTROL_PATH:
            return await wire.send(self._reception.control(head, await wire.read_body(head)))
        trouble = self.faults.take(head.method, head.target)
        if trouble.is_kind(FaultKind.DROP_AT_HEAD):
            self._log(head, b"")
            return False
        body = await wire.read_body(head)
        self._log(head, body)
        if trouble.delay:
            await asyncio.sleep(trouble.delay)
        return await self._answer(wire, head, body, trouble)

    def _log(self, head: Head, body: bytes) -> None:
        self._received.append(ReceivedRequest(head.method, head.target, without_secrets(head.headers), body))

    async def _answer(self, wire: Wire, head: Head, body: bytes, trouble: Trouble) -> bool:
        fault = trouble.fault
        if fault is None:
            return await wire.send(self._reception.handle(head, body, trouble))
        if fault.kind is FaultKind.DROP_BEFORE:
            return False
        replaced = fault.kind in (FaultKind.STATUS, FaultKind.REDIRECT, FaultKind.NEVER_ANSWERS)
        answer = (
            Answer(200) if replaced and not fault.applied else self._reception.handle(head, body, trouble)
        )
        match fault.kind:
            case FaultKind.DROP_AFTER:
                return False
            case FaultKind.NEVER_ANSWERS:
                await wire.wait_for_hangup()
                return False
            case FaultKind.STATUS | FaultKind.REDIRECT:
                return await wire.send(instead(fault))
            case FaultKind.CUT:
                await wire.send_cut(answer, fault.at_byte or 0)
                return False
            case FaultKind.OVERSIZED:
                return await wire.send_stream(oversized_head(fault, answer.status), oversized(fault))
            case FaultKind.TRUNCATED_JSON | FaultKind.WRONG_CHARSET:
                return await wire.send(spoil(answer, fault))
        return await wire.send(answer)
