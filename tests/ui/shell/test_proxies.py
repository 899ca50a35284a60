from __future__ import annotations

import pytest
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from vibes_desktop.ui.shell.proxies import SystemProxy, system_proxy

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the proxies of this computer away."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_a_proxy_there_is_none() -> None:
    assert system_proxy("https://public-api.vibescm.com") is None


def test_the_proxy_of_the_system_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://agent:se%40cret@proxy.example:3128")
    found = system_proxy("https://public-api.vibescm.com")
    assert found is not None
    assert found.label == "http://proxy.example:3128"
    assert "secret" not in repr(found)
    assert "cret" not in repr(found)
    assert found.url.startswith("http://agent:se%40cret@")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (QNetworkProxy.ProxyType.Socks5Proxy, SystemProxy("socks5", "::1", 1080)),
        (QNetworkProxy.ProxyType.FtpCachingProxy, None),
        (QNetworkProxy.ProxyType.NoProxy, None),
    ],
)
def test_kinds_of_proxies(
    monkeypatch: pytest.MonkeyPatch, kind: QNetworkProxy.ProxyType, expected: SystemProxy | None
) -> None:
    def answer(_query: QNetworkProxyQuery) -> list[QNetworkProxy]:
        return [QNetworkProxy(kind, "::1", 1080)]

    monkeypatch.setattr(QNetworkProxyFactory, "systemProxyForQuery", answer)
    assert system_proxy("https://example.com") == expected


def test_addresses_with_colons_are_bracketed() -> None:
    assert SystemProxy("socks5", "::1", 1080).url == "socks5://[::1]:1080"
