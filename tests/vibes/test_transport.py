"""Tests of vibes_desktop.vibes.transport: origins, proxies and what a call costs in connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.vibes.request import Route, make_request
from vibes_desktop.vibes.transport import Transport

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

KEY = Identifier(IdentifierKind.PERSON_KEY, "k1")


async def test_credentials_go_to_their_own_origin_alone(lab: Lab) -> None:
    async with lab.server() as here, lab.server() as elsewhere:
        transport = Transport(base_url=here.url)
        mine, other = lab.account(here.url), lab.account(elsewhere.url)
        for writer, signer in ((mine, other), (other, mine), (other, other), (other, None)):
            request = make_request(writer, "GET", Route.LISTS)
            with pytest.raises(InvalidInput) as caught:
                await transport.exchange(request, signer)
            assert caught.value.field == "base_url"
        await transport.aclose()
        assert not here.requests
        assert not elsewhere.requests


async def test_signs_with_basic_credentials_and_sends_just_the_headers_shown(lab: Lab) -> None:
    async with lab.server(lab.reply(200, "[]")) as server, lab.client(server.url) as client:
        await client.subscription_lists()
        sent = server.requests[0].headers
        assert sent.pop("authorization") == "Basic YW5hQGV4YW1wbGUuY29tOnMzY3JldA=="
        assert sent.pop("host") == f"127.0.0.1:{server.port}"
        shown = make_request(client.account, "GET", Route.LISTS).headers
        assert sent == {name.lower(): value for name, value in shown}
        assert sent["x-api-version"] == "2"
        assert sent["accept-encoding"] == "gzip"


async def test_reads_share_a_connection_and_each_write_gets_a_new_one(lab: Lab) -> None:
    async with lab.server(lab.reply(200, '{"person_key": "k1"}')) as server, lab.client(server.url) as client:
        await client.person(KEY)
        await client.person(KEY)
        await client.write(client.update_request(KEY, obj(custom_fields=obj(a="1"))))
        await client.write(client.update_request(KEY, obj(custom_fields=obj(a="2"))))
        await client.person(KEY)
        assert [request.connection for request in server.requests] == [1, 1, 2, 3, 1]


async def test_cookies_and_environment_change_nothing(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = (("Set-Cookie", "session=1; Path=/"),)
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with (
        lab.server(lab.reply(200, "[]", headers=cookie)) as server,
        lab.client(server.url) as client,
    ):
        await client.subscription_lists()
        await client.subscription_lists()
        assert "cookie" not in server.requests[1].headers


async def test_a_loopback_platform_needs_no_proxy(lab: Lab) -> None:
    async with lab.server(lab.reply(200, "[]")) as server, lab.proxy() as proxy:
        async with lab.client(server.url, proxy=proxy.url) as client:
            assert await client.subscription_lists() == ()
        assert proxy.targets == []


@pytest.mark.parametrize(
    "address", ["socks5://host:1080", "host:3128", "http://", "http://host:99999", "ftp://host", ""]
)
def test_refuses_a_proxy_that_can_not_be_used(address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Transport(base_url="https://platform.test", proxy=address)
    assert caught.value.field == "proxy_url"


def test_refuses_an_address_that_is_not_safe() -> None:
    with pytest.raises(InvalidInput) as caught:
        Transport(base_url="http://platform.test")
    assert caught.value.field == "base_url"
