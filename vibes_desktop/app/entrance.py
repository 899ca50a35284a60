"""How a profile is entered: with the kept secrets, or into the sandbox that this program starts."""

from __future__ import annotations

import asyncio

from vibes_desktop.accounts.profiles import SANDBOX_ID, ProfileBook, sandbox_profile
from vibes_desktop.accounts.secret_keeper import Keeping, SecretKeeper
from vibes_desktop.accounts.sign_in import SignedIn, SignIn
from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.model.profile import Profile, ProfileId, ProxyMode, Safety, Secrets
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.ui.shell.proxies import system_proxy


class Entrance:
    """Enters profiles. Its coroutines run on the loop's thread."""

    def __init__(self, book: ProfileBook, secrets: SecretKeeper) -> None:
        self._book = book
        self._secrets = secrets
        self._sandbox: Sandbox | None = None
        self.sign_in = SignIn(secrets)

    async def enter(self, profile_id: ProfileId) -> SignedIn:
        """Sign in; may ask the person for the keyring. Raises SecretError, InvalidInput, StorageError."""
        if profile_id == SANDBOX_ID:
            return await self._enter_sandbox()
        profile = self._book.get(profile_id)
        if profile is None:
            raise InvalidInput("This profile is gone", "Choose another one, or add it again in Settings.")
        is_system = profile.proxy_mode is ProxyMode.SYSTEM
        proxy = await asyncio.to_thread(system_proxy_url, profile.base_url) if is_system else None
        return await self.sign_in.enter(profile, system_proxy=proxy)

    async def close(self) -> None:
        """Stop the sandbox, if it was started."""
        if self._sandbox is not None:
            await self._sandbox.stop()

    async def _enter_sandbox(self) -> SignedIn:
        """Start the sandbox at its first use; it lives as long as the window."""
        if self._sandbox is None:
            sandbox = Sandbox()
            try:
                await sandbox.start()
            except OSError as error:
                raise _no_sandbox(error) from error
            self._sandbox = sandbox
        sandbox = self._sandbox
        profile = sandbox_profile(sandbox.url, sandbox.company_key, sandbox.username)
        await self._secrets.keep(profile, Secrets(sandbox.password), Keeping.SESSION)
        return await self.sign_in.enter(profile)


class Locks:
    """Which production profiles may be changed: none, until the person unlocks it for this session."""

    def __init__(self) -> None:
        self._unlocked: set[ProfileId] = set()

    def set_locked(self, profile: Profile, *, is_locked: bool) -> None:
        """Lock or unlock a profile."""
        (self._unlocked.discard if is_locked else self._unlocked.add)(profile.id)

    def is_locked(self, profile: Profile | None) -> bool:
        """Tell whether a profile is read-only now."""
        return profile is not None and bool(self.state(profile))

    def state(self, profile: Profile) -> bool | None:
        """Tell the lock's state; None where there is no lock."""
        return profile.id not in self._unlocked if profile.safety is Safety.PRODUCTION else None


def system_proxy_url(url: str) -> str | None:
    """Find the proxy that the system wants for an address; may block for seconds."""
    found = system_proxy(url)
    return None if found is None else found.url


def _no_sandbox(error: OSError) -> StorageError:
    reason = error.strerror or type(error).__name__
    return StorageError(
        "The sandbox can't start",
        f"This computer gave it no port: {reason}.",
        "Close other programs that listen on this computer, or try again.",
    )
