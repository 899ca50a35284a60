"""Where a profile's secrets are kept: the operating system's keyring, or memory."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vibes_desktop.credentials.entry import entry_of, secrets_from
from vibes_desktop.credentials.secret_service import ANSWER_SECONDS, PROMPT_SECONDS, SecretService
from vibes_desktop.credentials.trouble import explain, keyring_failed, secret_elsewhere
from vibes_desktop.model.errors import NoKeyring
from vibes_desktop.model.profile import Origin, ProfileId, Secrets

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE_NAME = "Vibes Desktop"
DUPLICATES_REMOVED = 10  # entries of one name that a Secret Service may hold
WAIT_FOR_OTHER_CALL_SECONDS = PROMPT_SECONDS + 30


class SecretStore(Protocol):
    """Keeps each profile's secrets with the origin they belong to. Blocking; all calls raise SecretError."""

    @property
    def backend_name(self) -> str:
        """The words for a person."""

    @property
    def is_persistent(self) -> bool:
        """Tell whether the secrets outlive the program."""

    def read(self, profile_id: ProfileId, origin: Origin) -> Secrets | None:
        """Read a profile's secrets; raises SecretElsewhere where they belong to another origin."""

    def write(self, profile_id: ProfileId, origin: Origin, secrets: Secrets) -> None:
        """Keep secrets in place of the former ones; raises InvalidInput for what no keyring holds."""

    def delete(self, profile_id: ProfileId) -> None:
        """Drop a profile's secrets, if there are any."""


class SessionSecrets:
    """Secrets in memory alone, gone with the program. Any thread."""

    backend_name = "This session only (memory)"
    is_persistent = False

    def __init__(self) -> None:
        self._kept: dict[ProfileId, tuple[Origin, Secrets]] = {}

    def read(self, profile_id: ProfileId, origin: Origin) -> Secrets | None:
        """Read a profile's secrets; raises SecretElsewhere."""
        if profile_id not in self._kept:
            return None
        owner, secrets = self._kept[profile_id]
        if owner != origin:
            raise secret_elsewhere(owner, origin)
        return secrets

    def write(self, profile_id: ProfileId, origin: Origin, secrets: Secrets) -> None:
        """Keep secrets; there is no limit on their length."""
        self._kept[profile_id] = (origin, secrets)

    def delete(self, profile_id: ProfileId) -> None:
        """Drop a profile's secrets, if there are any."""
        self._kept.pop(profile_id, None)


@dataclass(frozen=True, slots=True)
class Vault:
    """A backend chosen by us. `unlock(for_writing)` is asked first; False: there is nothing to read.

    `calls_cancel_locked`: it says locked when the person cancelled its question.
    """

    backend: KeyringBackend
    name: str
    calls_cancel_locked: bool = False
    unlock: Callable[[bool], bool] = lambda for_writing: True  # noqa: ARG005


class OsKeyring:
    """One entry per profile in the operating system's keyring. Any thread; blocks, for a prompt possibly."""

    is_persistent = True

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._lock = threading.Lock()

    @property
    def backend_name(self) -> str:
        """The words for a person."""
        return self._vault.name

    @property
    def backend_class(self) -> str:
        """The class of the backend, for whoever looks after the computer."""
        kind = type(self._vault.backend)
        return f"{kind.__module__}.{kind.__qualname__}"

    def read(self, profile_id: ProfileId, origin: Origin) -> Secrets | None:
        """Read a profile's secrets; raises SecretElsewhere where they belong to another origin."""
        with self._alone():
            if not self._vault.unlock(False):
                return None
            entry = self._vault.backend.get_password(SERVICE_NAME, profile_id)
        return None if entry is None else secrets_from(entry, origin)

    def write(self, profile_id: ProfileId, origin: Origin, secrets: Secrets) -> None:
        """Keep secrets and see that they are there; raises InvalidInput for more than every keyring holds."""
        entry = entry_of(origin, secrets)
        with self._alone():
            self._vault.unlock(True)
            self._vault.backend.set_password(SERVICE_NAME, profile_id, entry)
            kept = self._vault.backend.get_password(SERVICE_NAME, profile_id) == entry
        if not kept:
            raise keyring_failed(self._vault.name, "it did not keep the password")

    def delete(self, profile_id: ProfileId) -> None:
        """Drop a profile's secrets, if there are any."""
        backend = self._vault.backend
        with self._alone():
            if not self._vault.unlock(False):
                return
            for _ in range(DUPLICATES_REMOVED):
                if backend.get_password(SERVICE_NAME, profile_id) is None:
                    return
                backend.delete_password(SERVICE_NAME, profile_id)
        raise keyring_failed(self._vault.name, "it did not delete the password")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One call at a time, so that one question at a time is asked; failures become SecretErrors."""
        if not self._lock.acquire(timeout=WAIT_FOR_OTHER_CALL_SECONDS):
            raise keyring_failed(self._vault.name, "it is still busy with another question")
        try:
            with translated(self._vault.name, calls_cancel_locked=self._vault.calls_cancel_locked):
                yield
        finally:
            self._lock.release()


def open_os_keyring(
    *, answer_seconds: float = ANSWER_SECONDS, prompt_seconds: float = PROMPT_SECONDS
) -> OsKeyring:
    """Choose this system's keyring ourselves and see that it is there; raises NoKeyring and SecretError.

    keyring's own choice is never asked for: it runs code named in a file or in the environment, and takes
    backends that keep nothing or keep it readable.
    """
    if sys.platform == "win32":
        vault = _windows()
    elif sys.platform == "darwin":
        vault = _macos()
    else:
        vault = _linux(SecretService(answer_seconds=answer_seconds, prompt_seconds=prompt_seconds))
    return OsKeyring(vault)


@contextlib.contextmanager
def translated(name: str, *, calls_cancel_locked: bool = False) -> Iterator[None]:
    """Turn whatever a backend raises into a SecretError, without its cause: that may hold the secret."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - each system's backend raises classes of its own
        raise explain(error, name, calls_cancel_locked=calls_cancel_locked) from None


def _linux(service: SecretService) -> Vault:
    try:
        return _secret_service(service)
    except NoKeyring:
        kwallet = _kwallet()
        if kwallet is None:
            raise
        return kwallet


def _secret_service(service: SecretService) -> Vault:
    with translated("The Secret Service"):
        from keyring.backends.SecretService import Keyring

        name = service.name()
        backend = _made(Keyring)
    return Vault(backend, name, unlock=lambda for_writing: service.unlock(for_writing=for_writing))


def _kwallet() -> Vault | None:
    """Use KWallet's own protocol, where it is running and dbus-python is there to speak it.

    That package is not among ours: it has to be compiled. KWallet offers the Secret Service too since
    KDE Frameworks 5.97, and that is what is used without it.
    """
    try:
        import dbus  # type: ignore[import-not-found]  # noqa: F401
    except ImportError:
        return None
    with translated("KWallet"):
        from keyring.backends.kwallet import DBusKeyring

        if not DBusKeyring.viable:
            return None
        backend = _made(DBusKeyring, handle=-1)
    return Vault(backend, "KWallet", calls_cancel_locked=True)


def _windows() -> Vault:
    with translated("Windows Credential Manager"):
        from keyring.backends.Windows import WinVaultKeyring

        # The default would let it roam to the company's other machines.
        backend = _made(WinVaultKeyring, persist="local machine")
    return Vault(backend, "Windows Credential Manager")


def _macos() -> Vault:
    with translated("macOS Keychain"):
        from keyring.backends.macOS import Keyring

        backend = _made(Keyring, keychain=None)
    return Vault(backend, "macOS Keychain", calls_cancel_locked=True)


def _made(kind: Callable[[], KeyringBackend], **properties: object) -> KeyringBackend:
    """Make a backend without what it takes from KEYRING_PROPERTY_… in the environment."""
    backend = kind()
    vars(backend).clear()
    for name, value in properties.items():
        setattr(backend, name, value)
    return backend
