"""Which version of the program is the newest: one request to an address that the person or IT has chosen."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from vibes_desktop.model.errors import InvalidInput, VibesError
from vibes_desktop.model.profile import checked_base_url, origin_of
from vibes_desktop.vibes.failures import Broken
from vibes_desktop.vibes.request import USER_AGENT, Request
from vibes_desktop.vibes.transport import Transport

VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")
DEADLINE_SECONDS = 20.0


async def newest_version(address: str, *, proxy: str | None, ca_file: str | None = None) -> str:
    """Read the version from a file such as `{"version": "1.2.3"}`.

    Nothing of this computer is sent but the usual headers. Raises VibesError, and InvalidInput with
    field news_address.
    """
    url = checked_address(address)
    transport = Transport(base_url=origin_of(url), proxy=proxy, ca_file=ca_file)
    headers = (("Accept", "application/json"), ("User-Agent", USER_AGENT))
    request = Request("GET", url, urlsplit(url).path or "/", headers, None)
    try:
        answer = await transport.exchange(request, None, seconds=DEADLINE_SECONDS)
    except Broken as broken:
        raise _unreadable("it can't be reached") from broken
    finally:
        await transport.aclose()
    if not answer.is_success:
        raise _unreadable(f"it answered with status {answer.status}")
    return _version_in(answer.text() or "")


def checked_address(address: str) -> str:
    """Return the address of a version file; raises InvalidInput with field news_address."""
    try:
        return checked_base_url(address)
    except InvalidInput as error:
        raise InvalidInput(error.title, error.advice, field="news_address") from None


def is_newer(found: str, own: str) -> bool:
    """Compare versions such as `1.10.0` by their numbers."""
    return _numbers(found) > _numbers(own)


def _numbers(version: str) -> tuple[int, ...]:
    match = VERSION.match(version)
    return tuple(map(int, match.groups())) if match else ()


def _version_in(text: str) -> str:
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, str) or not VERSION.fullmatch(version):
        raise _unreadable("it names no version")
    return version


def _unreadable(reason: str) -> VibesError:
    return VibesError(
        "The newest version is not known",
        "Nothing was changed.",
        f"The address for new versions was asked, but {reason}. It is set under Settings, About.",
    )
