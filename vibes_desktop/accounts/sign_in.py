"""From a profile and its secrets to a client."""

import asyncio
import ssl
from dataclasses import dataclass

from vibes_desktop.accounts.proxies import proxy_of
from vibes_desktop.accounts.secret_keeper import SecretKeeper
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Profile, Secrets
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.limits import DEFAULT, Limits
from vibes_desktop.vibes.pace import Pace
from vibes_desktop.vibes.transport import Transport


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A client that speaks for a profile, with the connections it uses. Close it to leave."""

    profile: Profile
    client: VibesClient
    transport: Transport

    async def aclose(self) -> None:
        """Close all connections."""
        await self.transport.aclose()


class SignIn:
    """Makes clients. All share one pace, so that a company is never asked too fast."""

    def __init__(self, keeper: SecretKeeper, pace: Pace | None = None) -> None:
        self._keeper = keeper
        self.pace = pace or Pace()

    async def enter(self, profile: Profile, *, system_proxy: str | None = None) -> SignedIn:
        """Make the client with the kept secrets; nothing is sent yet. May ask the person.

        Raises SecretError, and InvalidInput: with field password where no secrets are kept, or with
        proxy_url, certificate_file, key_file or key_passphrase.
        """
        secrets = await self._keeper.read(profile)
        if secrets is None:
            advice = "Type the password of this profile."
            raise InvalidInput("No password is stored for this profile", advice, field="password")
        transport = await asyncio.to_thread(
            lambda: transport_of(profile, secrets, system_proxy, pace=self.pace)
        )
        return SignedIn(profile, VibesClient(account_of(profile, secrets), transport), transport)


def transport_of(
    profile: Profile,
    secrets: Secrets,
    system_proxy: str | None,
    *,
    pace: Pace | None,
    limits: Limits = DEFAULT,
    tls: ssl.SSLContext | None = None,
) -> Transport:
    """Make a profile's connections. Reads the certificate's files and the trust store: blocking."""
    return Transport(
        base_url=profile.base_url,
        proxy=proxy_of(profile, secrets, system_proxy),
        certificate=profile.client_certificate,
        key_passphrase=secrets.key_passphrase,
        ca_file=profile.ca_file,
        pace=pace,
        limits=limits,
        tls=tls,
    )


def account_of(profile: Profile, secrets: Secrets) -> Account:
    """Put a profile and its password together."""
    return Account(
        company_key=profile.company_key,
        base_url=profile.base_url,
        username=profile.username,
        api_version=profile.api_version,
        password=secrets.password,
    )
