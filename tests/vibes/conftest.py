"""A platform scripted byte by byte, a proxy, a certificate authority: real sockets on the loopback."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import inspect
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.model.profile import ApiVersion, ClientCertificate
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.pace import Clock, Pace
from vibes_desktop.vibes.transport import Transport

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

PATIENCE_SECONDS = 10.0
NOON = datetime(2026, 1, 5, 12, 0, 0, tzinfo=UTC)
PASSPHRASE = "opens the key"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.function):
        return None
    names = inspect.signature(pyfuncitem.function).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    asyncio.run(asyncio.wait_for(pyfuncitem.function(**arguments), 4 * PATIENCE_SECONDS))
    return True


@dataclass(frozen=True)
class Recorded:
    """One request as it arrived. Header names are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int


@dataclass(frozen=True)
class Reply:
    """What the server does with one request: send bytes, all or the first `cut_at`, or stay silent."""

    data: bytes = b""
    cut_at: int | None = None
    is_silent: bool = False
    is_reset: bool = False
    closes: bool = False


def reply(
    status: int = 200,
    body: str | bytes = b"",
    *,
    content_type: str = "application/json",
    headers: tuple[tuple[str, str], ...] = (),
    cut_at: int | None = None,
    closes: bool = False,
) -> Reply:
    """Compose a whole answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Some Words", f"Content-Length: {len(data)}"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in headers]
    return Reply("\r\n".join([*lines, "", ""]).encode() + data, cut_at=cut_at, closes=closes)


@dataclass
class Server:
    """Answers each request with the next reply, the last one again and again."""

    script: list[Reply]
    tls: ssl.SSLContext | None = None
    drop_after: int | None = None  # bytes of a request to read before the connection is dropped
    requests: list[Recorded] = field(default_factory=list)
    connections: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    client_left: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    listener: asyncio.Server | None = None

    async def stop(self) -> None:
        """Take no more connections, and drop those there are."""
        assert self.listener is not None
        self.listener.close()
        for writer in self.writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    @property
    def url(self) -> str:
        """The base URL."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        self.writers.append(writer)
        number = self.connections
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            if self.drop_after is not None:
                await self._drop(reader, writer, self.drop_after)
                return
            while await self._serve_one(reader, writer, number):
                pass
            writer.close()
            await writer.wait_closed()

    async def _drop(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, count: int) -> None:
        if count:
            await reader.readexactly(count)
        self.arrived.set()
        writer.transport.abort()

    async def _serve_one(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> bool:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        except asyncio.IncompleteReadError:
            self.client_left.set()
            return False
        headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        method, target, _ = head[0].split(" ", 2)
        self.requests.append(Recorded(method, target, headers, body, number))
        step = self.script[min(len(self.requests), len(self.script)) - 1]
        self.arrived.set()
        if step.is_silent:
            writer.write(step.data)
            await reader.read()
            self.client_left.set()
            return False
        writer.write(step.data[: step.cut_at])
        await writer.drain()
        if step.is_reset:
            writer.transport.abort()
        return step.cut_at is None and not step.closes and not step.is_reset


@dataclass
class Proxy:
    """An HTTP proxy that opens tunnels: to where `routes` leads, or answers `status`."""

    routes: dict[str, int]
    status: int = 200
    credentials: str | None = None
    offers: tuple[str, ...] = ()
    is_silent: bool = False
    targets: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """The proxy's address."""
        return f"http://127.0.0.1:{self.port}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.targets.append(head.split(" ")[1])
            if self.is_silent:
                await reader.read()
            elif self._refusal(head) is None:
                await self._tunnel(reader, writer)
            else:
                offers = "".join(f"Proxy-Authenticate: {offer}\r\n" for offer in self.offers)
                status = f"HTTP/1.1 {self._refusal(head)} No\r\n"
                writer.write(f"{status}{offers}Content-Length: 0\r\n\r\n".encode())
                await writer.drain()
            writer.close()
            await writer.wait_closed()

    def _refusal(self, head: str) -> int | None:
        if self.status != 200:
            return self.status
        if self.credentials is None:
            return None
        token = base64.b64encode(self.credentials.encode()).decode()
        return None if f"Proxy-Authorization: Basic {token}" in head else 407

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, out = await asyncio.open_connection("127.0.0.1", self.routes[self.targets[-1]])
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pipe(reader, out), _pipe(there, writer))


async def _pipe(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(65536):
            goal.write(piece)
            await goal.drain()
    except ConnectionError:
        pass
    finally:
        goal.close()


@dataclass
class FakeTime:
    """Time that passes only by sleeping in it."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Let the time pass, and others have their turn."""
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    @property
    def clock(self) -> Clock:
        """What the program takes its time from."""
        return Clock(lambda: self.now, lambda: NOON, lambda seconds: self.sleep(seconds))


class Authority:
    """A certificate authority with the files it signed, made for this run."""

    passphrase = PASSPHRASE

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key, self._certificate = self._signed("Test Authority", issuer=None)
        self._write("ca.pem", self._certificate, None)
        for name, days in (("server", 2), ("expired", -1), ("client", 2)):
            key, certificate = self._signed(f"The {name}", issuer=self._certificate, days=days)
            self._write(f"{name}.pem", certificate, None)
            self._write(f"{name}.key", None, key)
            self._write(f"{name}-locked.key", None, key, PASSPHRASE)

    def file(self, name: str) -> str:
        """Give the path of one of the files."""
        return str(self._folder / name)

    def client_certificate(self, key: str = "client-locked.key") -> ClientCertificate:
        """Give what a profile names."""
        return ClientCertificate(self.file("client.pem"), self.file(key))

    def server_context(self, name: str = "server", *, asks_for_certificate: bool = False) -> ssl.SSLContext:
        """Make what a server needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file(f"{name}.pem"), self.file(f"{name}.key"))
        if asks_for_certificate:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.file("ca.pem"))
        return context

    def trusting(self, context: ssl.SSLContext) -> ssl.SSLContext:
        """Make a client's context trust this authority."""
        context.load_verify_locations(self.file("ca.pem"))
        return context

    def _write(
        self,
        name: str,
        certificate: Certificate | None,
        key: EllipticCurvePrivateKey | None,
        passphrase: str | None = None,
    ) -> None:
        from cryptography.hazmat.primitives import serialization as s

        if certificate is not None:
            (self._folder / name).write_bytes(certificate.public_bytes(s.Encoding.PEM))
        if key is not None:
            lock = s.BestAvailableEncryption(passphrase.encode()) if passphrase else s.NoEncryption()
            data = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, lock)
            (self._folder / name).write_bytes(data)

    def _signed(
        self, name: str, *, issuer: Certificate | None, days: int = 2
    ) -> tuple[EllipticCurvePrivateKey, Certificate]:
        from ipaddress import ip_address

        from cryptography import x509
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Würfel & Söhne"),
                x509.NameAttribute(x509.NameOID.COMMON_NAME, name),
            ]
        )
        names = [x509.DNSName("platform.test"), x509.IPAddress(ip_address("127.0.0.1"))]
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=7))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        )
        return key, builder.sign(self._key if issuer else key, hashes.SHA256())


class Lab:
    """What the tests of this room are made with."""

    def __init__(self, authority: Callable[[], Authority]) -> None:
        self._authority = authority
        self.time = FakeTime()
        self.reply = reply
        self.silence = Reply(is_silent=True)

    def raw(self, data: bytes) -> Reply:
        """Compose an answer of just these bytes, and close."""
        return Reply(data, closes=True)

    def stall_at(self, data: bytes, count: int) -> Reply:
        """Compose an answer that stops after so many bytes without closing."""
        return Reply(data[:count], is_silent=True)

    @contextlib.contextmanager
    def alerting(self, context: ssl.SSLContext) -> Iterator[int]:
        """Run a TLS server that ends a failed handshake as OpenSSL does: with an alert; gives its port.

        asyncio's own server drops the connection before the alert is out.
        """
        listener = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    plain, _ = listener.accept()
                    plain.settimeout(PATIENCE_SECONDS)
                    with plain.dup() as end, contextlib.suppress(OSError):
                        end.settimeout(PATIENCE_SECONDS)
                        secured = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
                        with secured, contextlib.suppress(ssl.SSLError):
                            secured.do_handshake()
                        # What is unread when a socket closes resets it, and the alert would be lost.
                        end.shutdown(socket.SHUT_WR)
                        while end.recv(4096):
                            pass

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()

    @contextlib.asynccontextmanager
    async def chatty(self, data: bytes) -> AsyncIterator[int]:
        """Run a server that speaks first; gives its port."""

        async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(data)
            await writer.drain()
            await reader.read()
            writer.close()

        listener = await asyncio.start_server(speak, "127.0.0.1", 0)
        async with listener:
            yield listener.sockets[0].getsockname()[1]

    @property
    def authority(self) -> Authority:
        """The certificate authority, made when it is first asked for."""
        return self._authority()

    @contextlib.asynccontextmanager
    async def server(
        self, *script: Reply, tls: ssl.SSLContext | None = None, drop_after: int | None = None
    ) -> AsyncIterator[Server]:
        """Run a scripted platform."""
        server = Server(list(script) or [reply()], tls, drop_after)
        async with self._listening(server, tls):
            yield server

    @contextlib.asynccontextmanager
    async def proxy(self, routes: dict[str, int] | None = None, **options: Any) -> AsyncIterator[Proxy]:
        """Run a proxy."""
        proxy = Proxy(routes or {}, **options)
        async with self._listening(proxy, None):
            yield proxy

    @contextlib.asynccontextmanager
    async def _listening(self, who: Server | Proxy, tls: ssl.SSLContext | None) -> AsyncIterator[None]:
        handlers: set[asyncio.Task[None]] = set()

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            handlers.add(task)
            try:
                await who.handle(reader, writer)
            except asyncio.CancelledError:
                pass  # the end of the test; asyncio's streams would log it as an error
            finally:
                writer.transport.abort()

        listener = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
        if isinstance(who, Server):
            who.listener = listener
        who.port = listener.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            listener.close()
            for task in handlers:
                task.cancel()
            await asyncio.gather(*handlers, return_exceptions=True)
            await asyncio.sleep(0)  # an aborted transport closes its socket in the next turn

    def account(self, base_url: str, version: ApiVersion = ApiVersion.V2, **other: str) -> Account:
        """Make an account there."""
        values = {"company_key": "AcMe1", "username": "ana@example.com", "password": "s3cret"} | other
        return Account(base_url=base_url, api_version=version, **values)

    @contextlib.asynccontextmanager
    async def platform(
        self, version: ApiVersion = ApiVersion.V2, **other: str
    ) -> AsyncIterator[tuple[Sandbox, VibesClient]]:
        """Run a small sandbox, with a client that is signed in to it."""
        sandbox = Sandbox(seed=1, people=40)
        await sandbox.start()
        signed_in = {
            "company_key": sandbox.company_key,
            "username": sandbox.username,
            "password": sandbox.password,
        }
        account = self.account(sandbox.url, version, **(signed_in | other))
        transport = Transport(base_url=sandbox.url, pace=Pace(5, self.time.clock))
        try:
            yield sandbox, VibesClient(account, transport, jitter=lambda _, longest: longest)
        finally:
            await transport.aclose()
            await sandbox.stop()

    @contextlib.asynccontextmanager
    async def client(
        self,
        base_url: str,
        *,
        version: ApiVersion = ApiVersion.V2,
        limits: Limits | None = None,
        pace: Pace | None = None,
        proxy: str | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> AsyncIterator[VibesClient]:
        """Open a client in fake time, with the longest of all random waits."""
        limits = limits or Limits()
        transport = Transport(
            base_url=base_url,
            proxy=proxy,
            pace=pace or Pace(limits.requests_per_second, self.time.clock),
            limits=limits,
            tls=tls,
        )
        try:
            account = self.account(base_url, version)
            yield VibesClient(account, transport, jitter=lambda _, longest: longest)
        finally:
            await transport.aclose()


@pytest.fixture(scope="session")
def _authorities(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Authority]:
    made: list[Authority] = []

    def make() -> Authority:
        if not made:
            made.append(Authority(tmp_path_factory.mktemp("authority")))
        return made[0]

    return make


@pytest.fixture
def lab(_authorities: Callable[[], Authority]) -> Lab:
    """Give what the tests of this room are made with."""
    return Lab(_authorities)
