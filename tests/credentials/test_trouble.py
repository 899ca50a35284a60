"""Whatever a system's backend raises gets the right one of the sentences."""

import pytest
import secretstorage
from jeepney import DBusErrorResponse, Message, MessageType  # type: ignore[import-untyped]
from jeepney.low_level import Endianness, Header, HeaderFields  # type: ignore[import-untyped]
from keyring.errors import KeyringError, PasswordSetError
from keyring.errors import KeyringLocked as BackendLocked

from vibes_desktop.credentials.trouble import explain, keyring_dismissed, keyring_locked, no_keyring
from vibes_desktop.model.errors import KeyringDismissed, KeyringLocked, NoKeyring, SecretError


class KeychainError(Exception):
    """As macOS's backend has it: a status and a word."""


def of_macos(status: int) -> KeyringError:
    """Make the error that keyring raises for a status of the Security framework."""
    error = KeyringError("Can't get password from keychain")
    error.__cause__ = KeychainError(status, "Unknown Error")
    return error


def of_bus(name: str) -> Exception:
    """Make an error that came over the message bus."""
    fields = {HeaderFields.error_name: f"org.freedesktop.DBus.Error.{name}", HeaderFields.reply_serial: 1}
    header = Header(Endianness.little, MessageType.error, 0, 1, 0, 1, fields)
    error: Exception = DBusErrorResponse(Message(header, ("canary",)))
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (secretstorage.PromptDismissedException("x"), KeyringDismissed),
        (PasswordSetError("Cancelled by user"), KeyringDismissed),
        (BackendLocked("x"), KeyringLocked),
        (secretstorage.LockedException("x"), KeyringLocked),
        (of_macos(-25308), KeyringLocked),
        (of_macos(-25293), SecretError),
        (secretstorage.SecretServiceNotAvailableException("x"), NoKeyring),
        (ConnectionResetError(104, "x"), NoKeyring),
        (FileNotFoundError(2, "x"), NoKeyring),
        (of_bus("ServiceUnknown"), NoKeyring),
        (of_bus("NoReply"), NoKeyring),
        (of_bus("AccessDenied"), SecretError),
        (TimeoutError(), SecretError),
        (RuntimeError("canary"), SecretError),
        (no_keyring("x"), NoKeyring),
        (keyring_locked("x"), KeyringLocked),
        (keyring_dismissed("x"), KeyringDismissed),
    ],
)
def test_an_error_is_told_by_what_it_is(error: Exception, kind: type[SecretError]) -> None:
    told = explain(error, "The keyring")
    assert type(told) is kind
    assert "canary" not in repr(vars(told))


def test_where_a_backend_says_locked_for_cancelled_it_is_cancelled() -> None:
    assert isinstance(
        explain(BackendLocked("x"), "macOS Keychain", calls_cancel_locked=True), KeyringDismissed
    )


def test_the_three_sentences_differ_and_all_offer_the_session() -> None:
    told = [keyring_locked("K"), keyring_dismissed("K"), no_keyring("K is not running.")]
    assert len({error.title for error in told}) == 3
    assert all("this session only" in error.advice for error in told)
