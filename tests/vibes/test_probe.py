"""Tests of vibes_desktop.vibes.probe: each rung, and what it says when it breaks."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import (
    BadAnswer,
    BadRequest,
    ConnectionFailed,
    Forbidden,
    NotFound,
    Redirected,
    ServerTrouble,
    Unauthorized,
    VibesDesktopError,
)
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.probe import FICTIONAL_NUMBER, Probe
from vibes_desktop.vibes.tls import tls_context
from vibes_desktop.vibes.transport import Transport

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

IMPATIENT = Limits(connect_seconds=0.3, read_seconds=0.3)


@contextlib.asynccontextmanager
async def probing(
    lab: Lab,
    url: str,
    *,
    version: ApiVersion = ApiVersion.V2,
    proxy: str | None = None,
    tls: ssl.SSLContext | None = None,
    **account: str,
) -> AsyncIterator[Probe]:
    transport = Transport(base_url=url, proxy=proxy, limits=IMPATIENT, tls=tls)
    probe = Probe(lab.account(url, version, **account), transport)
    try:
        yield probe
    finally:
        await probe.aclose()


async def climb(probe: Probe) -> list[str]:
    """Name the steps that succeeded, and last the error of the one that did not."""
    done: list[str] = []
    for step in (probe.address, probe.proxy, probe.tls, probe.sign_in, probe.company, probe.api_version):
        try:
            await step()
        except VibesDesktopError as error:
            return [*done, type(error).__name__]
        done.append(step.__name__)
    return done


async def error_of(probe: Probe) -> VibesDesktopError:
    for step in (probe.address, probe.proxy, probe.tls, probe.sign_in, probe.company, probe.api_version):
        try:
            await step()
        except VibesDesktopError as error:
            return error
    pytest.fail("every step succeeded")


@pytest.mark.parametrize("version", list(ApiVersion))
async def test_climbs_to_the_top_of_the_sandbox(lab: Lab, version: ApiVersion) -> None:
    async with lab.platform() as (sandbox, client):
        account = client.account
        async with probing(
            lab,
            sandbox.url,
            version=version,
            company_key=account.company_key,
            username=account.username,
            password=account.password,
        ) as probe:
            assert await climb(probe) == ["address", "proxy", "tls", "sign_in", "company", "api_version"]
            step = await probe.address()
            assert (step.host, step.port, step.by_proxy) == ("127.0.0.1", sandbox.port, False)
            assert step.addresses == ("127.0.0.1",)
            assert await probe.proxy() is None
            assert await probe.tls() is None
        assert {request.method for request in sandbox.requests} == {"GET"}


async def test_a_wrong_password_and_a_wrong_company_key_end_on_their_rungs(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        name, word = client.account.username, client.account.password
        async with probing(lab, sandbox.url, company_key=sandbox.company_key, username=name) as probe:
            assert await climb(probe) == ["address", "proxy", "tls", "Unauthorized"]
        async with probing(lab, sandbox.url, company_key="else", username=name, password=word) as probe:
            assert await climb(probe) == ["address", "proxy", "tls", "sign_in", "NotFound"]
            error = await error_of(probe)
    assert "company key" in error.title
    assert "region" in error.advice


async def test_credentials_go_out_on_the_sign_in_rung_alone(lab: Lab) -> None:
    async with lab.server(lab.reply(404), lab.reply(200, "[]")) as server, probing(lab, server.url) as probe:
        await probe.address()
        await probe.tls()
        assert "authorization" not in server.requests[0].headers
        await probe.company()
        assert [request.target for request in server.requests] == [
            "/",
            "/companies/AcMe1/mobiledb/subscription_lists/",
        ]


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, "", Unauthorized),
        (403, "", Forbidden),
        (301, "", Redirected),
        (503, "", ServerTrouble),
        (404, "", NotFound),
        (200, "<html>Welcome</html>", BadAnswer),
        (200, "", BadAnswer),
    ],
)
async def test_each_answer_to_the_sign_in_has_its_error(
    lab: Lab, status: int, body: str, kind: type[Exception]
) -> None:
    script = (lab.reply(404), lab.reply(status, body))
    async with lab.server(*script) as server, probing(lab, server.url) as probe:
        error = await error_of(probe)
        assert type(error) is kind
        assert len(server.requests) == 2


async def test_a_version_that_does_not_fit_is_told(lab: Lab) -> None:
    wrong = lab.reply(400, '{"errors":[{"message":"x","code":"countrynotsupported"}]}')
    for version, spelled in ((ApiVersion.V2, "%2B13125550100"), (ApiVersion.V1, "3125550100")):
        script = (lab.reply(404), lab.reply(200, "[]"), wrong)
        async with lab.server(*script) as server, probing(lab, server.url, version=version) as probe:
            error = await error_of(probe)
            assert type(error) is BadRequest
            assert "API version" in error.title
            assert server.requests[2].target.endswith(f"persons?mdn={spelled}")
    assert FICTIONAL_NUMBER == "+13125550100"


async def test_nobody_there_and_no_such_name_end_on_the_address(lab: Lab) -> None:
    async with lab.server() as server:
        url = server.url
    async with probing(lab, url) as probe:
        assert "refuses the connection" in (await error_of(probe)).title
        assert await climb(probe) == ["ConnectionFailed"]
    async with probing(lab, "https://no-such-host.invalid") as probe:
        assert "was not found" in (await error_of(probe)).title
    async with probing(lab, f"https://{'x' * 80}.invalid") as probe:
        assert type(await error_of(probe)) is ConnectionFailed


async def test_a_proxy_that_refuses_ends_on_its_rung(lab: Lab) -> None:
    async with (
        lab.proxy(status=407) as proxy,
        probing(lab, "https://platform.test", proxy=proxy.url) as probe,
    ):
        assert await climb(probe) == ["address", "ConnectionFailed"]
        assert (await probe.address()).by_proxy
        assert "wants a sign-in" in (await error_of(probe)).title
        assert len(proxy.targets) == 1


@pytest.mark.parametrize(
    ("offers", "words"),
    [
        (("Negotiate", "NTLM"), "It offers Negotiate and NTLM; this program supports Basic. Ask your IT"),
        (('Basic realm="x"', "NTLM"), "It offers Basic and NTLM; this program supports Basic. If there"),
        ((), "Put the proxy's user name and password into its address"),
    ],
)
async def test_names_the_sign_ins_a_proxy_offers(lab: Lab, offers: tuple[str, ...], words: str) -> None:
    async with (
        lab.proxy(status=407, offers=offers) as proxy,
        probing(lab, "https://platform.test", proxy=proxy.url) as probe,
    ):
        await climb(probe)
        assert (await error_of(probe)).advice.startswith(words)


async def test_names_the_issuer_through_a_proxy(lab: Lab) -> None:
    trusting = lab.authority.trusting(tls_context())
    async with (
        lab.server(lab.reply(404), lab.reply(200, "[]"), tls=lab.authority.server_context()) as server,
        lab.proxy({"platform.test:443": server.port}) as proxy,
        probing(lab, "https://platform.test", proxy=proxy.url, tls=trusting) as probe,
    ):
        step = await probe.proxy()
        assert step is not None
        assert step.address == f"127.0.0.1:{proxy.port}"
        handshake = await probe.tls()
        assert handshake is not None
        assert handshake.protocol == "TLSv1.3"
        assert handshake.certificate.issuer == "Würfel & Söhne – Test Authority"
        await probe.sign_in()


async def test_an_untrusted_certificate_ends_on_tls(lab: Lab) -> None:
    async with (
        lab.server(tls=lab.authority.server_context()) as server,
        lab.proxy({"platform.test:443": server.port}) as proxy,
        probing(lab, server.url) as direct,
        probing(lab, "https://platform.test", proxy=proxy.url) as tunnelled,
    ):
        for probe in (direct, tunnelled):
            assert await climb(probe) == ["address", "proxy", "ConnectionFailed"]
            assert "is not trusted" in (await error_of(probe)).title


async def test_a_missing_client_certificate_ends_on_tls(lab: Lab) -> None:
    with lab.alerting(lab.authority.server_context(asks_for_certificate=True)) as port:
        trusting = lab.authority.trusting(tls_context())
        async with probing(lab, f"https://127.0.0.1:{port}", tls=trusting) as probe:
            assert await climb(probe) == ["address", "proxy", "ConnectionFailed"]
            assert "client certificate" in (await error_of(probe)).advice
