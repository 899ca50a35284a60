"""Who is let in, and who is told to come again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vibes_desktop.listener.gate import Gate
from vibes_desktop.listener.head import parse_head
from vibes_desktop.listener.refusals import Reason, Refused
from vibes_desktop.model.endpoint import Endpoint

NOW = datetime(2026, 1, 5, tzinfo=UTC)
OLD = Endpoint(token="old-path", allowed_hosts=frozenset({"x.ngrok.app", "2001:db8::5"}))
ENDPOINT = replace(OLD.renewed(NOW), token="the-path")


def verdict(
    target: str = "/the-path",
    *headers: bytes,
    host: bytes = b"127.0.0.1:8765",
    method: str = "POST",
    own: str = "127.0.0.1",
    days: float = 1,
) -> Reason | None:
    """Ask the gate."""
    lines = [f"{method} {target} HTTP/1.1".encode(), b"Host: " + host, *headers, b"", b""]
    try:
        Gate(ENDPOINT).check(parse_head(b"\r\n".join(lines)), own, NOW + timedelta(days=days))
    except Refused as refused:
        return refused.reason
    return None


@pytest.mark.parametrize(
    "host",
    [
        b"127.0.0.1",
        b"127.0.0.1:1",
        b"localhost:8765",
        b"LOCALHOST",
        b"localhost.",
        b"[::1]:8765",
        b"[::1]",
        b"x.ngrok.app",
        b"X.Ngrok.App:443",
        b"[2001:db8::5]:80",
        b"localhost:",
    ],
)
def test_names_of_this_computer_and_allowed_ones(host: bytes) -> None:
    assert verdict(host=host) is None


@pytest.mark.parametrize(
    "host",
    [
        b"evil.example",
        b"127.0.0.1.evil.example",
        b"127.0.0.1.nip.io",
        b"localhost.evil.example",
        b"x.ngrok.app.evil.example",
        b"y.ngrok.app",
        b"127.0.0.2",
        b"2130706433",
        b"0x7f.1",
        b"0.0.0.0",
        b"localhost@evil.example",
        b"evil.example:localhost",
        b"[::1].evil.example",
        b"10.0.0.1",
        b"",
        b"\xff",
    ],
)
def test_other_names_are_told_to_come_again(host: bytes) -> None:
    assert verdict(host=host) is Reason.HOST_NOT_ALLOWED
    assert Reason.HOST_NOT_ALLOWED.status == 503


def test_the_address_a_connection_arrived_at_is_a_name_too() -> None:
    assert verdict(host=b"192.168.0.5:8765", own="192.168.0.5") is None
    assert verdict(host=b"192.168.0.6:8765", own="192.168.0.5") is Reason.HOST_NOT_ALLOWED


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize(
    "target", ["/the-path", "/the-path/", "/the-path/more", "/the-path?x=1", "http://localhost/the-path"]
)
def test_both_methods_and_whatever_follows_the_path(method: str, target: str) -> None:
    assert verdict(target, method=method) is None


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/the-pat",
        "/the-pathx",
        "/THE-PATH",
        "//the-path",
        "/x/the-path",
        "/./the-path",
        "/%74he-path",
        "/?the-path",
        "*",
        "the-path",
        "localhost:80",
        "ftp://localhost/the-path",
        "http://[/the-path",
        "/the-path%2Fx",
    ],
)
def test_other_paths_are_unknown(target: str) -> None:
    assert verdict(target) is Reason.UNKNOWN_PATH
    assert verdict(target, host=b"evil.example") is Reason.UNKNOWN_PATH


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "post"])
def test_other_methods_are_refused(method: str) -> None:
    assert verdict(method=method) is Reason.METHOD


@pytest.mark.parametrize(
    "header",
    [b"Origin: http://localhost", b"origin: null", b"Sec-Fetch-Site: same-origin", b"sec-fetch-mode: cors"],
)
def test_what_a_browser_sends_is_refused(header: bytes) -> None:
    assert verdict("/the-path", header) is Reason.BROWSER
    assert verdict("/the-path", header, host=b"evil.example") is Reason.BROWSER
    assert verdict("/other", header) is Reason.UNKNOWN_PATH


def test_the_absolute_target_names_the_host() -> None:
    assert verdict("http://evil.example/the-path") is Reason.HOST_NOT_ALLOWED
    assert verdict("http://x.ngrok.app/the-path", host=b"evil.example") is None


def test_a_renewed_path_is_told_to_come_again_for_thirty_days() -> None:
    assert verdict("/old-path") is Reason.TOKEN_RENEWED
    assert verdict("/old-path", days=29.9) is Reason.TOKEN_RENEWED
    assert verdict("/old-path", days=30.1) is Reason.UNKNOWN_PATH
    assert verdict("/old-path", method="GET") is Reason.METHOD
    assert Reason.TOKEN_RENEWED.status == 503


def test_the_refused_host_is_named_only_to_who_knew_the_path() -> None:
    for target, host in (("/the-path", "evil.example"), ("/other", None)):
        head = parse_head(f"POST {target} HTTP/1.1\r\nHost: Evil.example:80\r\n\r\n".encode())
        with pytest.raises(Refused) as refused:
            Gate(ENDPOINT).check(head, "127.0.0.1", NOW)
        assert refused.value.host == host
