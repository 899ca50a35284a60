"""Test connection: one line for each step from the network up, ending at the first that fails."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from vibes_desktop.accounts.sign_in import account_of, transport_of
from vibes_desktop.model.errors import InvalidInput, Unauthorized, VibesDesktopError
from vibes_desktop.model.profile import Profile, Region, Secrets
from vibes_desktop.vibes.limits import DEFAULT, Limits
from vibes_desktop.vibes.pace import Pace
from vibes_desktop.vibes.probe import AddressStep, Probe, ProxyStep, TlsStep

# Who issues certificates for the public internet; somebody else's name on the platform's is an inspection's.
PUBLIC_AUTHORITIES: Final = (
    "amazon",
    "certum",
    "digicert",
    "entrust",
    "geotrust",
    "globalsign",
    "go daddy",
    "godaddy",
    "google trust",
    "identrust",
    "isrg",
    "let's encrypt",
    "rapidssl",
    "sectigo",
    "ssl.com",
    "starfield",
    "thawte",
)
INSPECTED: Final = (
    "That is no public authority: your company probably inspects its traffic. Then your client certificate"
    " can't reach the platform; ask your IT department to leave this address uninspected."
)


class RungName(Enum):
    """The steps, from the bottom."""

    ADDRESS = "Address"
    PROXY = "Proxy"
    TLS = "Encryption (TLS)"
    SIGN_IN = "Sign-in"
    COMPANY_KEY = "Company key"
    API_VERSION = "API version"


@dataclass(frozen=True, slots=True)
class Rung:
    """One line of the test. `advice` says what to do, after a failure."""

    name: RungName
    ok: bool
    text: str
    advice: str = ""


_RUNG_OF_FIELD = {
    "base_url": RungName.ADDRESS,
    "proxy_url": RungName.PROXY,
    "certificate_file": RungName.TLS,
    "key_file": RungName.TLS,
    "key_passphrase": RungName.TLS,
    "username": RungName.SIGN_IN,
    "password": RungName.SIGN_IN,
    "company_key": RungName.COMPANY_KEY,
}


async def climb(
    profile: Profile,
    secrets: Secrets,
    system_proxy: str | None = None,
    *,
    pace: Pace | None = None,
    limits: Limits = DEFAULT,
    tls: ssl.SSLContext | None = None,
) -> AsyncGenerator[Rung, None]:
    """Test a profile; each rung comes when it is reached, and the first that failed is the last.

    Nothing is changed on the platform, and nothing is tried twice. Close the iterator to stop
    (`contextlib.aclosing`): that closes the connections.
    """
    try:
        transport = await asyncio.to_thread(
            lambda: transport_of(profile, secrets, system_proxy, pace=pace, limits=limits, tls=tls)
        )
    except InvalidInput as error:
        yield _failed(_RUNG_OF_FIELD.get(error.field or "", RungName.ADDRESS), error, profile)
        return
    probe = Probe(account_of(profile, secrets), transport)
    try:
        for name, step in _steps(probe, profile):
            try:
                text = await step()
            except VibesDesktopError as error:
                field = error.field if isinstance(error, InvalidInput) else None
                yield _failed(_RUNG_OF_FIELD.get(field or "", name), error, profile)
                return
            yield Rung(name, ok=True, text=text)
    finally:
        await probe.aclose()


def _steps(probe: Probe, profile: Profile) -> tuple[tuple[RungName, Callable[[], Awaitable[str]]], ...]:
    """Pair each step with the words for its success."""

    async def address() -> str:
        return _address_words(await probe.address())

    async def proxy() -> str:
        return _proxy_words(await probe.proxy())

    async def tls() -> str:
        return _tls_words(await probe.tls(), profile)

    async def sign_in() -> str:
        await probe.sign_in()
        return f"Signed in as {profile.username}."

    async def company() -> str:
        await probe.company()
        return f"The platform knows {profile.company_key}."

    async def api_version() -> str:
        await probe.api_version()
        return f"Version {profile.api_version.value} works."

    return (
        (RungName.ADDRESS, address),
        (RungName.PROXY, proxy),
        (RungName.TLS, tls),
        (RungName.SIGN_IN, sign_in),
        (RungName.COMPANY_KEY, company),
        (RungName.API_VERSION, api_version),
    )


def _address_words(step: AddressStep) -> str:
    if step.by_proxy:
        return f"{step.host}, port {step.port}: the proxy finds it."
    return f"{step.host}, port {step.port}: reached ({', '.join(step.addresses)})."


def _proxy_words(step: ProxyStep | None) -> str:
    return "None is used." if step is None else f"Through {step.address}."


def _tls_words(step: TlsStep | None, profile: Profile) -> str:
    if step is None:
        return "Not used on this computer's own address."
    until = step.certificate.valid_until
    validity = f", valid until {until:%Y-%m-%d}" if until else ""
    issuer = step.certificate.issuer
    words = f"{step.protocol}; the certificate was issued by {issuer}{validity}."
    if profile.client_certificate is None or any(name in issuer.lower() for name in PUBLIC_AUTHORITIES):
        return words
    return f"{words} {INSPECTED}"


def _failed(name: RungName, error: VibesDesktopError, profile: Profile) -> Rung:
    advice = _sign_in_advice(profile) if isinstance(error, Unauthorized) else error.advice
    return Rung(name, ok=False, text=f"{error.title}.", advice=advice)


def _sign_in_advice(profile: Profile) -> str:
    """Name the likely causes of a 401: a slip, or an account of the other region (docs/platform.md §1)."""
    here = next((region for region in Region if region.base_url == profile.base_url), None)
    advice = "Check the user name and the password, and type both again."
    if here is None:
        return f"{advice} Accounts of the US and of the EU have different addresses: check the region too."
    other = Region.EU if here is Region.US else Region.US
    return (
        f"{advice} This profile is of region {here.name}: an account of the {other.name} does not work there."
        f" If yours is from the {other.name}, choose that region."
    )
