"""Where each profile's secrets are: in the operating system's keyring, or in memory for the session."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from vibes_desktop.accounts.profiles import SANDBOX_ID
from vibes_desktop.credentials.keyring import SecretStore, SessionSecrets, open_os_keyring
from vibes_desktop.model.errors import NoKeyring, SecretError
from vibes_desktop.model.profile import Profile, ProfileId, Secrets
from vibes_desktop.vibes.redaction import KnownSecrets


class Keeping(Enum):
    """Where a secret is to be kept."""

    KEYRING = "keyring"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a profile's secrets are, None where nowhere; `words` say it to a person.

    `trouble`: why the keyring could not be asked.
    """

    keeping: Keeping | None
    words: str
    trouble: SecretError | None = None


class SecretKeeper:
    """Reads and keeps secrets without blocking the loop. The sandbox's never reach a keyring.

    The keyring is opened when it is first needed, and again after it was missing.
    """

    def __init__(
        self,
        open_keyring: Callable[[], SecretStore] = open_os_keyring,
        known_secrets: KnownSecrets | None = None,
    ) -> None:
        self._open_keyring = open_keyring
        self._known = known_secrets or KnownSecrets()
        self._keyring: SecretStore | None = None
        self._session = SessionSecrets()

    async def read(self, profile: Profile) -> Secrets | None:
        """Read a profile's secrets, those of the session first. May ask the person.

        Raises SecretElsewhere where they belong to another address, and the other SecretErrors.
        """
        kept = self._session.read(profile.id, profile.origin)
        if kept is None and profile.id != SANDBOX_ID:
            kept = await asyncio.to_thread(lambda: self._opened().read(profile.id, profile.origin))
        if kept is not None:
            self.keep_out_of_logs(kept)
        return kept

    async def keep(self, profile: Profile, secrets: Secrets, keeping: Keeping = Keeping.KEYRING) -> None:
        """Keep secrets for a profile and its address; raises SecretError, and InvalidInput for too long ones.

        For the session means that what the keyring has is left there, and not used until the program ends.
        """
        self.keep_out_of_logs(secrets)
        if keeping is Keeping.SESSION or profile.id == SANDBOX_ID:
            self._session.write(profile.id, profile.origin, secrets)
            return
        await asyncio.to_thread(lambda: self._opened().write(profile.id, profile.origin, secrets))
        self._session.delete(profile.id)

    async def delete(self, profile_id: ProfileId) -> None:
        """Drop a profile's secrets everywhere; where there is no keyring, there is nothing to drop in it."""
        self._session.delete(profile_id)
        if profile_id != SANDBOX_ID:
            await asyncio.to_thread(self._delete_from_keyring, profile_id)

    async def whereabouts(self, profile: Profile) -> Whereabouts:
        """Find out where a profile's secrets are, for showing. May ask the person; raises nothing."""
        try:
            if self._session.read(profile.id, profile.origin) is not None:
                return Whereabouts(Keeping.SESSION, "In memory, until the program ends.")
            if await self.read(profile) is None:
                return Whereabouts(None, f"Not stored yet.{self._will_be_kept()}")
        except SecretError as error:
            return Whereabouts(None, f"{error.title}. {error.done}", error)
        return Whereabouts(Keeping.KEYRING, f"In {self._opened().backend_name}.")

    def keep_out_of_logs(self, secrets: Secrets) -> None:
        """Let no log show these from now on."""
        self._known.add(secrets.password, secrets.key_passphrase, secrets.proxy_password)

    def _will_be_kept(self) -> str:
        return f" It will be kept in {self._keyring.backend_name}." if self._keyring else ""

    def _opened(self) -> SecretStore:
        if self._keyring is None:
            self._keyring = self._open_keyring()
        return self._keyring

    def _delete_from_keyring(self, profile_id: ProfileId) -> None:
        try:
            keyring = self._opened()
        except NoKeyring:
            return
        keyring.delete(profile_id)
