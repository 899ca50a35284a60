"""A profile: one company's address, account and safety level. It holds no secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum
from ipaddress import ip_address
from typing import NewType
from urllib.parse import urlsplit

from vibes_desktop.model.errors import InvalidInput

ProfileId = NewType("ProfileId", str)
Origin = NewType("Origin", str)  # "https://host" or "https://host:port", lower case


class ApiVersion(IntEnum):
    """The `X-API-Version` of every call (docs/platform.md §3)."""

    V1 = 1
    V2 = 2


class Safety(StrEnum):
    """How careful the program is with a profile."""

    SANDBOX = "sandbox"
    TEST = "test"
    PRODUCTION = "production"


class Region(Enum):
    """The published hosts (docs/platform.md §1), with the country that numbers without a code belong to."""

    US = ("https://public-api.vibescm.com", "US")
    EU = ("https://public-api.eu.vibes.com", "GB")

    @property
    def base_url(self) -> str:
        """The address without a trailing slash."""
        return self.value[0]

    @property
    def phone_region(self) -> str:
        """An ISO 3166 code."""
        return self.value[1]


class ProxyMode(StrEnum):
    """Where the proxy comes from."""

    SYSTEM = "system"
    NONE = "none"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """PEM files of a TLS client certificate; the key's passphrase lives in the keyring."""

    certificate_file: str
    key_file: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One company's account. The password and the key's passphrase live in the keyring."""

    id: ProfileId
    name: str
    company_key: str
    base_url: str
    username: str = field(repr=False)
    safety: Safety = Safety.PRODUCTION
    api_version: ApiVersion = ApiVersion.V2
    phone_region: str = "US"
    proxy_mode: ProxyMode = ProxyMode.SYSTEM
    proxy_url: str | None = field(default=None, repr=False)  # it may name a user
    client_certificate: ClientCertificate | None = None
    ca_file: str | None = None  # PEM, trusted beside the system's store; only a policy sets it

    @property
    def origin(self) -> Origin:
        """What a secret belongs to."""
        return origin_of(self.base_url)

    @property
    def is_here(self) -> bool:
        """Tell whether its platform is on this computer, as a sandbox is."""
        return is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def region_label(self) -> str:
        """`US`, `EU`, or the host."""
        for region in Region:
            if region.base_url == self.base_url:
                return region.name
        return urlsplit(self.base_url).netloc


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the keyring keeps for a profile."""

    password: str = field(repr=False)
    key_passphrase: str | None = field(default=None, repr=False)
    proxy_password: str | None = field(default=None, repr=False)


def checked_base_url(text: str) -> str:
    """Return a base URL without its trailing slash.

    Raises InvalidInput unless it is https (http on the loopback interface) and has
    no user info, query or fragment.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _bad_url("This is not an address.") from None
    if any(character.isspace() or character == "\\" for character in parts.netloc):
        raise _bad_url("A host name has no spaces and no “\\”. Copy it again.")
    if not host or parts.scheme not in {"https", "http"}:
        raise _bad_url("An address starts with https:// and a host name.")
    if parts.scheme == "http" and not is_loopback(host):
        raise _bad_url(
            "Without https, anyone on the way could read the password. http is for this computer only."
        )
    if parts.username is not None or parts.password is not None:
        raise _bad_url("User name and password have fields of their own and don't belong into the address.")
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise _bad_url("An address with “?” or “#” cannot be extended to the calls the platform has.")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}"


def origin_of(base_url: str) -> Origin:
    """Return scheme, host and port of a checked base URL, default ports left out."""
    parts = urlsplit(base_url)
    host = (parts.hostname or "").lower()
    name = f"[{host}]" if ":" in host else host
    default = {"https": 443, "http": 80}[parts.scheme]
    return Origin(
        f"{parts.scheme}://{name}" + (f":{parts.port}" if parts.port not in {None, default} else "")
    )


def is_loopback(host: str) -> bool:
    """Tell whether a host name can only mean this computer."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _bad_url(advice: str) -> InvalidInput:
    return InvalidInput("This address can't be used", advice, field="base_url")
