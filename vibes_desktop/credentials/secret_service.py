"""The Secret Service of Linux desktops: whether it is there, its name, and having it unlocked.

The keyring package can do none of these with a time limit, can't tell a cancelled question from a locked
keyring, and leaves its connection open when it fails.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vibes_desktop.credentials.trouble import keyring_dismissed, keyring_locked, no_keyring

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection, Proxy  # type: ignore[import-untyped]
    from secretstorage import Collection

SERVICE = "org.freedesktop.secrets"
GNOME_KEYRING = "org.gnome.keyring"
GNOME_PROMPTER = "org.gnome.keyring.SystemPrompter"
ANSWER_SECONDS = 20.0  # for being started by the message bus and answering
PROMPT_SECONDS = 180.0
PROGRAMS = {
    "gnome-keyring": "GNOME Keyring",
    "ksecretd": "KWallet",
    "kwalletd": "KWallet",
    "keepassxc": "KeePassXC",
}


class SecretService:
    """The service behind the message bus of this session. Blocking; each call has its own connection.

    Calls raise what secretstorage and jeepney raise, and SecretError.
    """

    def __init__(
        self, *, answer_seconds: float = ANSWER_SECONDS, prompt_seconds: float = PROMPT_SECONDS
    ) -> None:
        self._answer_seconds = answer_seconds
        self._prompt_seconds = prompt_seconds

    def name(self) -> str:
        """Find out which program it is; starts it where the bus can."""
        with self._connection() as connection:
            return f"{_program(connection)} (Secret Service)"

    def unlock(self, *, for_writing: bool) -> bool:
        """Have the default collection unlocked, asking the person where needed.

        Returns False where there is none and nothing is to be written, so that nobody is asked for
        nothing. Raises KeyringLocked and KeyringDismissed.
        """
        from secretstorage import Collection, ItemNotFoundException

        with self._connection() as connection:
            try:
                collection = Collection(connection)
            except ItemNotFoundException:
                if not for_writing:
                    return False
                self._create_collection(connection)
                return True
            if collection.is_locked():
                self._unlock(connection, collection)
            return True

    def _unlock(self, connection: "DBusConnection", collection: "Collection") -> None:
        with self._asking(connection):
            is_dismissed = collection.unlock(timeout=self._prompt_seconds)
        if is_dismissed:
            raise _dismissed(connection)
        if collection.is_locked():
            raise keyring_locked(_program(connection))

    def _create_collection(self, connection: "DBusConnection") -> None:
        """Make the default collection, as secretstorage would, with a limit on how long it may ask."""
        from secretstorage.defines import SS_PATH, SS_PREFIX
        from secretstorage.util import DBusAddressWrapper, exec_prompt

        service = DBusAddressWrapper(SS_PATH, f"{SS_PREFIX}Service", connection)
        properties = {f"{SS_PREFIX}Collection.Label": ("s", "Default")}
        _, prompt = service.call("CreateCollection", "a{sv}s", properties, "default")
        if len(prompt) > 1:
            with self._asking(connection):
                is_dismissed, _ = exec_prompt(connection, prompt, timeout=self._prompt_seconds)
            if is_dismissed:
                raise _dismissed(connection)

    @contextlib.contextmanager
    def _asking(self, connection: "DBusConnection") -> Iterator[None]:
        """Call a question that nobody answers a locked keyring; the service takes it away with the caller."""
        try:
            yield
        except TimeoutError:
            raise keyring_locked(_program(connection)) from None

    @contextlib.contextmanager
    def _connection(self) -> Iterator["DBusConnection"]:
        """Connect to the bus and see that the service answers."""
        from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
        from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]
        from secretstorage import check_service_availability, dbus_init

        try:
            opened = dbus_init()
        except RuntimeError:  # a kind of address that jeepney can't use
            raise no_keyring("The message bus of this session can't be reached.") from None
        with contextlib.closing(opened) as connection:
            if not check_service_availability(connection):
                raise no_keyring("No program offers the Secret Service.")
            peer = DBusAddress("/org/freedesktop/secrets", SERVICE, "org.freedesktop.DBus.Peer")
            ping = new_method_call(peer, "Ping")
            unwrap_msg(connection.send_and_get_reply(ping, timeout=self._answer_seconds))
            yield connection


def _dismissed(connection: "DBusConnection") -> Exception:
    """Tell a question that somebody closed from one that could not be shown.

    GNOME Keyring says cancelled for both; its prompter, once started, stays for some seconds.
    """
    name = _program(connection)
    if _has_owner(connection, GNOME_KEYRING) and not _has_owner(connection, GNOME_PROMPTER):
        return keyring_locked(name)
    return keyring_dismissed(name)


def _has_owner(connection: "DBusConnection", name: str) -> bool:
    return bool(_bus(connection).NameHasOwner(name)[0])


def _bus(connection: "DBusConnection") -> "Proxy":
    """Speak to the message bus itself."""
    from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
    from jeepney.io.blocking import Proxy

    return Proxy(message_bus, connection, timeout=ANSWER_SECONDS)


def _program(connection: "DBusConnection") -> str:
    """Name the program that owns the service."""
    (process,) = _bus(connection).GetConnectionUnixProcessID(SERVICE)
    try:
        program = Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    except OSError:  # another container's process, or a system without /proc
        return "The keyring"
    return next((name for start, name in PROGRAMS.items() if program.startswith(start)), program)
