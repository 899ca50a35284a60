"""Tests of vibes_desktop.vibes.wire over TLS and through proxies."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import NOTHING_SENT, ConnectionFailed, VibesError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.request import Request
from vibes_desktop.vibes.tls import tls_context

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab
    from vibes_desktop.vibes.client import VibesClient

KEY = Identifier(IdentifierKind.PERSON_KEY, "k1")
PERSON = '{"person_key": "k1"}'
IMPATIENT = Limits(connect_seconds=0.3, read_seconds=0.3, attempts=1)


def change(client: VibesClient) -> Request:
    return client.update_request(KEY, obj(custom_fields=obj(city="Ulm")))


async def failing_read(client: VibesClient) -> VibesError:
    with pytest.raises(VibesError) as caught:
        await client.person(KEY)
    return caught.value


async def failing_write(client: VibesClient) -> VibesError:
    with pytest.raises(VibesError) as caught:
        await client.write(change(client))
    return caught.value


async def free_port(lab: Lab) -> int:
    async with lab.server() as server:
        return server.port


async def test_an_untrusted_certificate_gives_the_reason(lab: Lab) -> None:
    async with lab.server(tls=lab.authority.server_context()) as server, lab.client(server.url) as client:
        error = await failing_write(client)
        assert type(error) is ConnectionFailed
        assert "is not trusted" in error.title
        assert "issuer" in error.advice
        assert "It was issued by “Würfel & Söhne – Test Authority”." in error.advice
        assert server.requests == []
    assert lab.time.slept == []


async def test_the_issuer_is_named_through_a_proxy_too(lab: Lab) -> None:
    async with (
        lab.server(tls=lab.authority.server_context()) as server,
        lab.proxy({"platform.test:443": server.port}) as proxy,
        lab.client("https://platform.test", proxy=proxy.url) as client,
    ):
        assert "Test Authority" in (await failing_read(client)).advice
        assert server.requests == []


async def test_an_expired_certificate_and_a_wrong_host_give_the_reason(lab: Lab) -> None:
    context = lab.authority.server_context("expired")
    trusting = lab.authority.trusting(tls_context())
    async with (
        lab.server(tls=context) as server,
        lab.client(server.url, tls=trusting) as client,
        lab.server(tls=lab.authority.server_context()) as named,
        lab.client(named.url.replace("127.0.0.1", "localhost"), tls=trusting) as misnamed,
    ):
        assert "expired" in (await failing_read(client)).advice
        assert "localhost" in (await failing_read(misnamed)).advice


async def test_speaks_to_a_platform_whose_authority_is_trusted(lab: Lab) -> None:
    trusting = lab.authority.trusting(tls_context())
    async with (
        lab.server(lab.reply(200, PERSON), tls=lab.authority.server_context()) as server,
        lab.client(server.url, tls=trusting) as client,
    ):
        assert (await client.person(KEY)).person_key == "k1"
        assert (await client.write(change(client))).person is not None


async def test_speaks_no_http_2(lab: Lab) -> None:
    context = lab.authority.server_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    trusting = lab.authority.trusting(tls_context())
    async with (
        lab.server(lab.reply(200, PERSON), tls=context) as server,
        lab.client(server.url, tls=trusting) as client,
    ):
        assert (await client.person(KEY)).person_key == "k1"


async def test_the_environment_does_not_make_it_trust(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", lab.authority.file("ca.pem"))
    async with lab.server(tls=lab.authority.server_context()) as server, lab.client(server.url) as client:
        assert "is not trusted" in (await failing_read(client)).title


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_required_client_certificate_is_named_and_nothing_was_processed(
    lab: Lab, newest: ssl.TLSVersion
) -> None:
    context = lab.authority.server_context(asks_for_certificate=True)
    context.maximum_version = newest
    with lab.alerting(context) as port:
        trusting = lab.authority.trusting(tls_context())
        async with lab.client(f"https://127.0.0.1:{port}", tls=trusting) as client:
            error = await failing_write(client)
    assert type(error) is ConnectionFailed
    assert error.done == NOTHING_SENT
    assert "client certificate is probably required" in error.advice


async def test_shows_its_client_certificate(lab: Lab) -> None:
    mine = tls_context(lab.authority.client_certificate(), lab.authority.passphrase)
    context = lab.authority.server_context(asks_for_certificate=True)
    async with (
        lab.server(lab.reply(200, PERSON), tls=context) as server,
        lab.client(server.url, tls=lab.authority.trusting(mine)) as client,
    ):
        assert (await client.person(KEY)).person_key == "k1"


async def test_a_port_without_tls_is_named(lab: Lab) -> None:
    plain = lab.reply(400, "this port is for http")
    async with lab.chatty(plain.data) as port, lab.client(f"https://127.0.0.1:{port}") as client:
        error = await failing_write(client)
    assert type(error) is ConnectionFailed
    assert "does not speak TLS" in error.title


async def test_goes_through_a_proxy(lab: Lab) -> None:
    trusting = lab.authority.trusting(tls_context())
    async with lab.server(lab.reply(200, PERSON), tls=lab.authority.server_context()) as server:
        routes = {"platform.test:443": server.port}
        async with (
            lab.proxy(routes, credentials="joe:pass word") as proxy,
            lab.client(
                "https://platform.test", proxy=f"http://joe:pass%20word@127.0.0.1:{proxy.port}", tls=trusting
            ) as client,
        ):
            assert (await client.person(KEY)).person_key == "k1"
            assert (await client.write(change(client))).status == 200
            assert proxy.targets == ["platform.test:443"] * 2
            assert "proxy-authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("status", "words"), [(407, "wants a sign-in"), (403, "status 403"), (502, "status 502")]
)
async def test_a_proxy_that_refuses_has_sent_nothing_on(lab: Lab, status: int, words: str) -> None:
    async with (
        lab.proxy(status=status) as proxy,
        lab.client("https://platform.test", proxy=f"http://joe:hush@127.0.0.1:{proxy.port}") as client,
    ):
        error = await failing_write(client)
    assert type(error) is ConnectionFailed
    assert words in error.title
    assert "hush" not in error.title + error.advice
    assert len(proxy.targets) == (4 if status == 502 else 1)


async def test_a_proxy_that_is_not_there_or_says_nothing_has_sent_nothing_on(lab: Lab) -> None:
    gone = f"http://127.0.0.1:{await free_port(lab)}"
    async with lab.client("https://platform.test", proxy=gone) as client:
        error = await failing_write(client)
    assert type(error) is ConnectionFailed
    assert "The proxy 127.0.0.1" in error.title
    async with (
        lab.proxy(is_silent=True) as proxy,
        lab.client("https://platform.test", proxy=proxy.url, limits=IMPATIENT) as client,
    ):
        error = await failing_write(client)
    assert type(error) is ConnectionFailed
    assert "did not reply in time" in error.title


async def test_many_failed_tunnels_use_nothing_up(lab: Lab) -> None:
    async with (
        lab.server(tls=lab.authority.server_context()) as server,
        lab.proxy({"platform.test:443": server.port}) as proxy,
        lab.client("https://platform.test", proxy=proxy.url) as client,
    ):
        for _ in range(15):
            assert "is not trusted" in (await failing_read(client)).title
