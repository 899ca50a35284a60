"""Failures of keyrings in words for a person. No error here holds a secret."""

from vibes_desktop.model.errors import KeyringDismissed, KeyringLocked, NoKeyring, SecretError

NOTHING_STORED = "No password was read or stored."
SESSION_ONLY = "or type the password and use it for this session only"
NOBODY_ON_THE_BUS = frozenset(
    f"org.freedesktop.DBus.Error.{name}"
    for name in ("ServiceUnknown", "NameHasNoOwner", "NoReply", "Disconnected")
)
MACOS_NO_INTERACTION = -25308


class SecretElsewhere(SecretError):
    """There is a secret for this profile, but for another address."""


def no_keyring(why: str) -> NoKeyring:
    """There is none, or it is gone."""
    return NoKeyring(
        "No keyring is available",
        NOTHING_STORED,
        f"{why} Start one (GNOME Keyring, KWallet or KeePassXC), {SESSION_ONLY}.",
    )


def keyring_locked(name: str) -> KeyringLocked:
    """It is there and stays locked."""
    return KeyringLocked(
        "The keyring is locked", NOTHING_STORED, f"Unlock {name} and try again, {SESSION_ONLY}."
    )


def keyring_dismissed(name: str) -> KeyringDismissed:
    """The person closed its question."""
    return KeyringDismissed(
        "The keyring's question was cancelled",
        NOTHING_STORED,
        f"Try again and answer the question of {name}, {SESSION_ONLY}.",
    )


def keyring_failed(name: str, reason: str) -> SecretError:
    """Anything else; `reason` is a name of an error, never a value."""
    return SecretError(
        "The keyring could not be used",
        NOTHING_STORED,
        f"{name} failed ({reason}). Try again, {SESSION_ONLY}.",
    )


def unreadable_entry() -> SecretError:
    """The entry is not one that this program wrote."""
    return SecretError(
        "The keyring's entry for this profile can't be read",
        "It was left as it is.",
        "Type the password again; it replaces the entry.",
    )


def secret_elsewhere(owner: str, asked: str) -> SecretElsewhere:
    """A secret never goes to another address than it was saved for."""
    return SecretElsewhere(
        "The saved password belongs to another address",
        f"It was saved for {owner} and was not used for {asked}.",
        "Type the password for the new address.",
    )


def explain(error: Exception, name: str, *, calls_cancel_locked: bool = False) -> SecretError:
    """Find the words for whatever a backend raised.

    By the names of classes, for another system's can't be imported. `calls_cancel_locked`: the backend
    says locked when the person cancelled.
    """
    if isinstance(error, SecretError):
        return error
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "PromptDismissedException" in kinds or "Cancelled by user" in str(error):
        return keyring_dismissed(name)
    if "KeyringLocked" in kinds or "LockedException" in kinds:
        return keyring_dismissed(name) if calls_cancel_locked else keyring_locked(name)
    if _macos_status(error) == MACOS_NO_INTERACTION:
        return keyring_locked(name)
    if isinstance(error, TimeoutError):
        return keyring_failed(name, "it does not answer")
    is_gone = isinstance(error, OSError) or getattr(error, "name", "") in NOBODY_ON_THE_BUS
    if is_gone or "SecretServiceNotAvailableException" in kinds:
        return no_keyring(f"{name} is not running.")
    return keyring_failed(name, type(error).__name__)


def _macos_status(error: Exception) -> int | None:
    cause = error.__cause__
    status = cause.args[0] if cause is not None and cause.args else None
    return status if isinstance(status, int) else None
