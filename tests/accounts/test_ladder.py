"""Test connection: each rung in its order, and the first that breaks with its likely cause."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.accounts.ladder import Rung, RungName, climb
from vibes_desktop.model.profile import ApiVersion, ClientCertificate, Profile, ProxyMode, Region, Secrets
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.tls import tls_context

Run = Callable[[Any], Any]
MakeProfile = Callable[..., Profile]
IMPATIENT = Limits(connect_seconds=2.0, read_seconds=2.0)
ALL = list(RungName)
HOSTS = ("public-api.vibescm.com", "public-api.eu.vibes.com", "api.example.com")


async def climbed(
    profile: Profile, secrets: Secrets, system_proxy: str | None = None, tls: ssl.SSLContext | None = None
) -> list[Rung]:
    """Collect all rungs."""
    return [rung async for rung in climb(profile, secrets, system_proxy, limits=IMPATIENT, tls=tls)]


@dataclass
class Platform:
    """An https server that answers every request with one status, and a proxy that leads every host to it."""

    status: int
    folder: Path
    asked: list[str] = field(default_factory=list)
    proxy: str = ""
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    conversations: list[asyncio.Task[None]] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[ssl.SSLContext]:
        """Run both; gives a context that trusts the certificate."""
        server_context, trusting = _contexts(self.folder)
        server = await asyncio.start_server(self._noted(self._answer), "127.0.0.1", 0, ssl=server_context)
        self._port = server.sockets[0].getsockname()[1]
        proxy = await asyncio.start_server(self._noted(self._tunnel), "127.0.0.1", 0)
        self.proxy = f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}"
        async with server, proxy:
            yield trusting
            for writer in self.writers:
                writer.transport.abort()
            await asyncio.gather(*self.conversations)

    def _noted(
        self, serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]
    ) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
        """Remember each conversation, so that it can be waited for."""

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.writers.append(writer)
            self.conversations.append(asyncio.ensure_future(serve(reader, writer)))

        return accept

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked.append(head.decode("latin-1").split("\r\n")[0])
                writer.write(f"HTTP/1.1 {self.status} X\r\nContent-Length: 2\r\n\r\n[]".encode())
                await writer.drain()
        writer.close()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[0])
        there, out = await asyncio.open_connection("127.0.0.1", self._port)
        self.writers.append(out)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(_pipe(reader, out), _pipe(there, writer))


async def _pipe(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while piece := await source.read(65536):
            goal.write(piece)
            await goal.drain()
    goal.close()


def _contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for the platform's hosts, and a client's context that trusts it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Issuer of the Test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    client = tls_context()
    client.load_verify_locations(folder / "cert.pem")
    return server, client


@pytest.mark.parametrize("version", ApiVersion)
def test_the_sandbox_is_climbed_to_the_top(
    run: Run, sandbox: Sandbox, of_sandbox: Profile, version: ApiVersion, make_profile: MakeProfile
) -> None:
    profile = make_profile(
        base_url=sandbox.url,
        company_key=sandbox.company_key,
        username=sandbox.username,
        api_version=version,
    )
    rungs = run(climbed(profile, Secrets(sandbox.password)))
    assert [rung.name for rung in rungs] == ALL
    assert all(rung.ok and rung.text and not rung.advice for rung in rungs)
    words = {rung.name: rung.text for rung in rungs}
    assert words[RungName.ADDRESS] == f"127.0.0.1, port {sandbox.port}: reached (127.0.0.1)."
    assert words[RungName.PROXY] == "None is used."
    assert words[RungName.TLS] == "Not used on this computer's own address."
    assert words[RungName.SIGN_IN] == f"Signed in as {sandbox.username}."
    assert words[RungName.COMPANY_KEY] == f"The platform knows {sandbox.company_key}."
    assert words[RungName.API_VERSION] == f"Version {version.value} works."
    assert {request.method for request in sandbox.requests} == {"GET"}


def test_a_wrong_password_ends_at_the_sign_in(run: Run, sandbox: Sandbox, of_sandbox: Profile) -> None:
    rungs = run(climbed(of_sandbox, Secrets("canary-wrong")))
    assert [rung.name for rung in rungs] == ALL[:4]
    assert [rung.ok for rung in rungs] == [True, True, True, False]
    assert "password" in rungs[-1].text
    assert "type both again" in rungs[-1].advice
    assert "canary" not in repr(rungs)


def test_a_wrong_company_key_ends_at_its_rung(run: Run, sandbox: Sandbox, make_profile: MakeProfile) -> None:
    profile = make_profile(base_url=sandbox.url, company_key="wrong", username=sandbox.username)
    rungs = run(climbed(profile, Secrets(sandbox.password)))
    assert [rung.name for rung in rungs] == ALL[:5]
    assert not rungs[-1].ok
    assert "company key" in rungs[-1].text


def test_nobody_at_the_address_ends_at_the_first_rung(run: Run, make_profile: MakeProfile) -> None:
    (rung,) = run(climbed(make_profile(base_url="http://127.0.0.1:1"), Secrets("p")))
    assert (rung.name, rung.ok) == (RungName.ADDRESS, False)
    assert "refuses the connection" in rung.text
    assert rung.advice


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ({"proxy_mode": ProxyMode.MANUAL, "proxy_url": "socks5://proxy:1"}, RungName.PROXY),
        ({"client_certificate": ClientCertificate("/nowhere/a.pem", "/nowhere/a.key")}, RungName.TLS),
        ({"base_url": "http://api.example.com"}, RungName.ADDRESS),
    ],
)
def test_what_cannot_be_used_is_shown_at_its_rung(
    run: Run, make_profile: MakeProfile, other: dict[str, Any], name: RungName
) -> None:
    (rung,) = run(climbed(make_profile(**other), Secrets("p")))
    assert (rung.name, rung.ok) == (name, False)
    assert rung.advice


@pytest.mark.parametrize(
    ("other", "name"),
    [({"username": "a:b"}, RungName.SIGN_IN), ({"company_key": ""}, RungName.COMPANY_KEY)],
)
def test_what_is_found_on_the_way_is_shown_at_its_own_rung(
    run: Run, sandbox: Sandbox, make_profile: MakeProfile, other: dict[str, str], name: RungName
) -> None:
    rungs = run(climbed(make_profile(base_url=sandbox.url, **other), Secrets("p")))
    assert (rungs[-1].name, rungs[-1].ok) == (name, False)
    assert len(rungs) <= ALL.index(name) + 1


def test_a_proxy_and_the_issuer_are_named(run: Run, make_profile: MakeProfile, tmp_path: Path) -> None:
    async def scenario() -> tuple[Platform, list[Rung]]:
        platform = Platform(200, tmp_path)
        async with platform.running() as tls:
            return platform, await climbed(make_profile(), Secrets("p"), platform.proxy, tls)

    platform, rungs = run(scenario())
    assert [rung.ok for rung in rungs] == [True] * 6
    assert rungs[0].text == "api.example.com, port 443: the proxy finds it."
    assert rungs[1].text == f"Through {platform.proxy.removeprefix('http://')}."
    assert rungs[2].text.startswith(
        "TLSv1.3; the certificate was issued by Issuer of the Test, valid until 2"
    )
    assert platform.asked[0] == "CONNECT api.example.com:443 HTTP/1.1"


def test_an_untrusted_certificate_ends_at_tls(run: Run, make_profile: MakeProfile, tmp_path: Path) -> None:
    async def scenario() -> list[Rung]:
        platform = Platform(200, tmp_path)
        async with platform.running():
            return await climbed(make_profile(), Secrets("p"), platform.proxy)

    rungs = run(scenario())
    assert [rung.name for rung in rungs] == ALL[:3]
    assert "not trusted" in rungs[-1].text
    assert "It was issued by “Issuer of the Test”." in rungs[-1].advice


def test_a_client_certificate_under_inspection_is_warned_about(
    run: Run, make_profile: MakeProfile, tmp_path: Path
) -> None:
    async def scenario() -> list[list[Rung]]:
        platform = Platform(200, tmp_path)
        async with platform.running() as tls:
            own = ClientCertificate(str(tmp_path / "cert.pem"), str(tmp_path / "key.pem"))
            profiles = (make_profile(), make_profile(client_certificate=own))
            return [await climbed(each, Secrets("p"), platform.proxy, tls) for each in profiles]

    without, shown = run(scenario())
    assert "inspects its traffic" not in without[2].text
    assert shown[2].ok
    assert "your client certificate can't reach the platform" in shown[2].text


@pytest.mark.parametrize(("here", "other"), [(Region.US, Region.EU), (Region.EU, Region.US)])
def test_an_account_of_the_other_region_is_guessed(
    run: Run, make_profile: MakeProfile, tmp_path: Path, here: Region, other: Region
) -> None:
    async def scenario() -> list[Rung]:
        platform = Platform(401, tmp_path)
        async with platform.running() as tls:
            profile = make_profile(base_url=here.base_url)
            return await climbed(profile, Secrets("p"), platform.proxy, tls)

    rungs = run(scenario())
    assert (rungs[-1].name, rungs[-1].ok) == (RungName.SIGN_IN, False)
    assert f"of region {here.name}" in rungs[-1].advice
    assert f"If yours is from the {other.name}, choose that region." in rungs[-1].advice


def test_at_another_address_both_regions_are_mentioned(
    run: Run, sandbox: Sandbox, of_sandbox: Profile
) -> None:
    advice = run(climbed(of_sandbox, Secrets("wrong")))[-1].advice
    assert "of the US and of the EU" in advice


def test_leaving_half_way_asks_nothing_more(run: Run, sandbox: Sandbox, of_sandbox: Profile) -> None:
    async def leave_after_tls() -> None:
        async with contextlib.aclosing(climb(of_sandbox, Secrets(sandbox.password))) as rungs:
            async for rung in rungs:
                if rung.name is RungName.TLS:
                    break

    run(leave_after_tls())
    assert [request.target for request in sandbox.requests] == ["/"]
