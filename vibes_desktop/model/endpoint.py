"""An endpoint: where the listener listens, and for whom."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import ip_address

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import is_loopback

LOOPBACK = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8765, 8784
MAX_PORT = 65_535
TOKEN_BYTES = 24  # 192 bits
MAX_TOKEN_CHARACTERS = 200
RENEWED_TOKEN_DAYS = 30  # how long an old token is answered so that the platform tries again
TOKEN = re.compile(r"[A-Za-z0-9._~-]+")
HOST_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
NOTHING_DONE = "Nothing was changed."


def new_token() -> str:
    """Make a random path that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class OldToken:
    """A token that was replaced."""

    token: str = field(repr=False)
    renewed_at: datetime  # UTC

    def is_remembered(self, now: datetime) -> bool:
        """Tell whether somebody may still send to it."""
        return now - self.renewed_at < timedelta(days=RENEWED_TOKEN_DAYS)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to listen: `host`, and the first free of the ports, 0 for any; and the path that callbacks take.

    `127.0.0.1` stands for this computer alone and includes `::1`. `allowed_hosts` are the names, beside those
    of this computer, under which the endpoint may be called: the tunnel's.
    Raises InvalidInput with field host, port, token or allowed_hosts.
    """

    host: str = LOOPBACK
    first_port: int = FIRST_PORT
    last_port: int = LAST_PORT
    token: str = field(default_factory=new_token, repr=False)
    old_tokens: tuple[OldToken, ...] = field(default=(), repr=False)
    allowed_hosts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what can't be listened on."""
        if not _is_address(self.host):
            raise _bad("host", "The address to listen on is a number such as 127.0.0.1.")
        if not 0 <= self.first_port <= self.last_port <= MAX_PORT:
            raise _bad("port", f"A port is a number from 0 to {MAX_PORT}.")
        is_dots = not self.token.strip(".")
        if is_dots or len(self.token) > MAX_TOKEN_CHARACTERS or not TOKEN.fullmatch(self.token):
            raise _bad("token", "The path has letters, digits and . _ ~ - only, and at most 200 of them.")
        for name in self.allowed_hosts:
            if name != checked_host(name):
                raise _bad("allowed_hosts", "A host name is written in small letters.")

    @property
    def is_for_this_computer(self) -> bool:
        """Tell whether nobody else on the network can reach it."""
        return is_loopback(self.host)

    def on_port(self, port: int) -> Endpoint:
        """Listen on this port alone; 0 takes any free one."""
        return replace(self, first_port=port, last_port=port)

    def renewed(self, now: datetime) -> Endpoint:
        """Take a new token; deliveries to the old one are answered 503 for thirty days."""
        kept = tuple(old for old in self.old_tokens if old.is_remembered(now))
        return replace(self, token=new_token(), old_tokens=(*kept, OldToken(self.token, now)))

    def allowing(self, host: str) -> Endpoint:
        """Let callbacks come under this host name; raises InvalidInput with field allowed_hosts."""
        return replace(self, allowed_hosts=self.allowed_hosts | {checked_host(host)})

    def without(self, host: str) -> Endpoint:
        """Take a host name off the list."""
        return replace(self, allowed_hosts=self.allowed_hosts - {host})


def checked_host(text: str) -> str:
    """Return a host name or address in small letters, without port and brackets; raises InvalidInput."""
    name = text.strip().lower().removesuffix(".")
    if _is_address(name.strip("[]")):
        return name.strip("[]")
    try:
        ascii_name = name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError:
        ascii_name = ""
    if not HOST_NAME.fullmatch(ascii_name):
        raise _bad(
            "allowed_hosts", "A host name looks like callbacks.example.com, without https:// and port."
        )
    return ascii_name


def _is_address(text: str) -> bool:
    try:
        return "%" not in text and bool(ip_address(text))
    except ValueError:
        return False


def _bad(field_name: str, advice: str) -> InvalidInput:
    return InvalidInput("This endpoint can't be used", advice, done=NOTHING_DONE, field=field_name)
