"""The simulated platform as a program of its own, and raw looks into it, sharing nothing with our client."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlsplit

ANNOUNCEMENT = re.compile(r"sandbox on (\S+) company_key=(\S+) username=(\S+) password=(\S+)")
END_SECONDS = 10.0
CALL_SECONDS = 30.0


@dataclass(frozen=True)
class Platform:
    """Where a platform is, and how to sign in; every call is one plain HTTP exchange."""

    url: str
    company_key: str
    username: str
    password: str

    def person(self, key: str) -> Mapping[str, Any] | None:
        """Read a person by person key; None for nobody."""
        return self._one(f"persons/{quote(key, safe='')}")

    def person_by_external_id(self, external_id: str) -> Mapping[str, Any] | None:
        """Read a person by external ID; None for nobody."""
        return self._one(f"persons/external/{quote(external_id, safe='')}")

    def people_by_number(self, number: str) -> list[Mapping[str, Any]]:
        """Read everybody who has a number."""
        found = self._read(f"persons?mdn={quote(number, safe='')}")
        return [] if found is None else found if isinstance(found, list) else [found]

    def change(self, key: str, body: Mapping[str, Any]) -> None:
        """Change a person, as somebody else would."""
        status, _ = self.call("PUT", f"persons/{quote(key, safe='')}", body)
        assert status in {200, 201}, status

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> tuple[int, Any]:
        """Make one call below the company's mobile database; returns status and decoded answer."""
        token = b64encode(f"{self.username}:{self.password}".encode()).decode("ascii")
        headers = {"Authorization": f"Basic {token}", "X-API-Version": "2", "Accept": "application/json"}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        address = urlsplit(self.url)
        assert address.hostname is not None
        with closing(HTTPConnection(address.hostname, address.port, timeout=CALL_SECONDS)) as connection:
            connection.request(
                method, f"/companies/{self.company_key}/mobiledb/{path}", content, headers=headers
            )
            answer = connection.getresponse()
            text = answer.read()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, json.loads(text) if is_json and text else None

    def _one(self, path: str) -> Mapping[str, Any] | None:
        found = self._read(path)
        return None if found is None else dict(found)

    def _read(self, path: str) -> Any:
        status, found = self.call("GET", path)
        assert status in {200, 404}, status
        return found if status == 200 else None


@contextmanager
def running_platform() -> Iterator[Platform]:
    """Run `vibes-desktop sandbox` on any free port, and read where it is from the line it prints."""
    command = [sys.executable, "-m", "vibes_desktop", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            said = ANNOUNCEMENT.search(line)
            assert said is not None, f"the sandbox said {line!r}"
            yield Platform(*said.groups())
        finally:
            process.terminate()
            process.wait(END_SECONDS)
