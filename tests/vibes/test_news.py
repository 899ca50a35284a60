"""One request for the newest version, and every way it can go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from vibes_desktop.model.errors import InvalidInput, VibesError
from vibes_desktop.runtime import Runtime
from vibes_desktop.vibes.news import is_newer, newest_version

CALL_SECONDS = 30.0


class Site:
    """A web site with one file; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.status, self.body = 200, b'{"version": "1.10.0"}'
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(
                    {"path": self.path, **{name.lower(): text for name, text in self.headers.items()}}
                )
                self.send_response(site.status)
                self.send_header("Content-Length", str(len(site.body)))
                self.end_headers()
                self.wfile.write(site.body)

            def log_message(self, *_words: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever)
        self.address = f"http://127.0.0.1:{self.server.server_port}/vibes-desktop/newest.json"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    made.thread.join()


def ask(runtime: Runtime, address: str) -> str:
    """Ask, on the background loop."""
    return runtime.submit(newest_version(address, proxy=None)).result(CALL_SECONDS)


def test_one_request_without_credentials(runtime: Runtime, site: Site) -> None:
    assert ask(runtime, site.address) == "1.10.0"
    [asked] = site.asked
    assert asked["path"] == "/vibes-desktop/newest.json"
    assert asked["user-agent"].startswith("vibes-desktop/")
    assert not {"authorization", "cookie"} & set(asked)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b'{"version": 2}',
        b'{"version": "1.2"}',
        b'{"version": "<b>1.2.3</b>"}',
        b"[" * 9999,
    ],
)
def test_what_names_no_version_is_said(runtime: Runtime, site: Site, body: bytes) -> None:
    site.body = body
    with pytest.raises(VibesError) as trouble:
        ask(runtime, site.address)
    assert "names no version" in trouble.value.advice


def test_another_answer_is_said_with_its_status(runtime: Runtime, site: Site) -> None:
    site.status, site.body = 404, json.dumps({"version": "9.9.9"}).encode()
    with pytest.raises(VibesError) as trouble:
        ask(runtime, site.address)
    assert "status 404" in trouble.value.advice
    assert len(site.asked) == 1


def test_a_redirect_is_not_followed(runtime: Runtime, site: Site) -> None:
    site.status = 302
    with pytest.raises(VibesError):
        ask(runtime, site.address)
    assert len(site.asked) == 1


def test_nobody_there_is_said(runtime: Runtime) -> None:
    with pytest.raises(VibesError) as trouble:
        ask(runtime, "http://127.0.0.1:9/newest.json")
    assert "can't be reached" in trouble.value.advice


@pytest.mark.parametrize("address", ["example.com", "http://example.com/newest.json", "https://a@b.example/"])
def test_an_address_that_is_none_asks_nowhere(runtime: Runtime, address: str) -> None:
    with pytest.raises(InvalidInput) as trouble:
        ask(runtime, address)
    assert trouble.value.field == "news_address"


def test_versions_are_compared_by_their_numbers() -> None:
    assert is_newer("0.10.0", "0.9.9")
    assert is_newer("1.0.0", "0.99.99")
    assert not is_newer("0.9.9", "0.10.0")
    assert not is_newer("0.1.0", "0.1.0")
