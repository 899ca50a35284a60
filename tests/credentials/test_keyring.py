"""Secrets are kept by a real keyring daemon, and every way it can fail has its sentence."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.credentials.keyring import OsKeyring, SecretStore, SessionSecrets, Vault, open_os_keyring
from vibes_desktop.credentials.trouble import SecretElsewhere
from vibes_desktop.model.errors import (
    InvalidInput,
    KeyringDismissed,
    KeyringLocked,
    NoKeyring,
    SecretError,
)
from vibes_desktop.model.profile import Origin, ProfileId, Secrets

MAIN, OTHER = ProfileId("main"), ProfileId("other")
ORIGIN = Origin("https://api.example.com")
ELSEWHERE = Origin("https://api.example.org")
CANARY = "canary-Pa55 wörd 🌍"
EVIL = """
import pathlib
from keyring.backend import KeyringBackend
pathlib.Path(__file__).with_name("was-run").touch()
class Keyring(KeyringBackend):
    priority = 99
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): pass
"""
HOSTILE_CONFIGURATION = """[backend]
default-keyring=evil.Keyring
keyring-path={folder}
"""
STORE_AND_TELL = """
from vibes_desktop.credentials.keyring import open_os_keyring
from vibes_desktop.model.profile import Secrets
store = open_os_keyring()
store.write("main", "https://api.example.com", Secrets("mine"))
print(store.backend_class, store.read("main", "https://api.example.com").password)
"""
DBUS_OF_NOBODY = """
class DBusException(Exception):
    def get_dbus_message(self): return "nobody is there"
def SessionBus(**named): raise DBusException
"""
OPEN_AND_TELL = """
from vibes_desktop.credentials.keyring import open_os_keyring
from vibes_desktop.model.errors import NoKeyring
try:
    print(open_os_keyring().backend_class)
except NoKeyring as error:
    import keyring.backends.kwallet
    print("none", hasattr(keyring.backends.kwallet, "dbus"))
"""
LOAD_AS_KEYRING_DOES = "import keyring; print(type(keyring.get_keyring()).__module__)"
IMPORT_AND_TELL = """
import sys
import vibes_desktop.credentials.keyring
print(sorted({"keyring", "secretstorage", "jeepney", "cryptography"} & set(sys.modules)))
"""


@pytest.fixture
def store(unlocked: Any) -> OsKeyring:
    """The keyring of an unlocked desktop."""
    return open_os_keyring()


@pytest.fixture
def run_python() -> Callable[..., str]:
    """Run a Python text in a fresh interpreter, and return what it prints."""

    def run(code: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


def test_it_says_which_keyring_it_is(store: OsKeyring) -> None:
    assert store.backend_name == "GNOME Keyring (Secret Service)"
    assert store.backend_class == "keyring.backends.SecretService.Keyring"
    assert store.is_persistent


def test_what_was_written_is_read(store: OsKeyring) -> None:
    assert store.read(MAIN, ORIGIN) is None
    store.write(MAIN, ORIGIN, Secrets(CANARY, "pass\nphrase"))
    assert store.read(MAIN, ORIGIN) == Secrets(CANARY, "pass\nphrase")
    assert store.read(OTHER, ORIGIN) is None


def test_the_newer_replaces_the_older(store: OsKeyring) -> None:
    store.write(MAIN, ORIGIN, Secrets("old", "phrase"))
    store.write(MAIN, ORIGIN, Secrets("new"))
    assert store.read(MAIN, ORIGIN) == Secrets("new")
    store.delete(MAIN)
    assert store.read(MAIN, ORIGIN) is None


def test_deleting_is_of_one_profile_and_may_be_repeated(store: OsKeyring) -> None:
    store.write(MAIN, ORIGIN, Secrets("a"))
    store.write(OTHER, ORIGIN, Secrets("b"))
    store.delete(MAIN)
    store.delete(MAIN)
    assert store.read(MAIN, ORIGIN) is None
    assert store.read(OTHER, ORIGIN) == Secrets("b")


def test_a_secret_is_never_given_for_another_origin(store: OsKeyring) -> None:
    store.write(MAIN, ORIGIN, Secrets(CANARY))
    with pytest.raises(SecretElsewhere) as caught:
        store.read(MAIN, ELSEWHERE)
    assert str(ORIGIN) in caught.value.done
    assert CANARY not in repr(vars(caught.value))


def test_it_outlives_the_daemon(store: OsKeyring, desktop: Any) -> None:
    store.write(MAIN, ORIGIN, Secrets(CANARY))
    desktop.kill_keyring()
    with pytest.raises(NoKeyring):
        store.read(MAIN, ORIGIN)
    with pytest.raises(NoKeyring):
        store.write(MAIN, ORIGIN, Secrets("new"))
    with pytest.raises(NoKeyring):
        store.delete(MAIN)
    desktop.start_keyring()
    assert store.read(MAIN, ORIGIN) == Secrets(CANARY)


def test_no_file_holds_it_readable(store: OsKeyring, tmp_path: Path) -> None:
    store.write(MAIN, ORIGIN, Secrets("canary-password"))
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.suffix == ".keyring" for file in files)
    assert [file for file in files if b"canary-password" in file.read_bytes()] == []


def test_too_long_a_secret_is_refused_before_it_is_stored(store: OsKeyring) -> None:
    store.write(MAIN, ORIGIN, Secrets("old"))
    with pytest.raises(InvalidInput) as caught:
        store.write(MAIN, ORIGIN, Secrets("x" * 1280))
    assert caught.value.field == "password"
    assert store.read(MAIN, ORIGIN) == Secrets("old")


def test_any_thread_may_use_it(store: OsKeyring) -> None:
    def work(number: int) -> Secrets | None:
        profile = ProfileId(f"profile-{number}")
        store.write(profile, ORIGIN, Secrets(f"password-{number}"))
        return store.read(profile, ORIGIN)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(12))) == [Secrets(f"password-{number}") for number in range(12)]


def test_an_entry_that_is_not_ours_is_left_and_can_be_replaced(store: OsKeyring) -> None:
    for strange in ("", "{", "[1]", '{"origin": 1, "password": "x"}', '{"password": "x"}', "[" * 100_000):
        store._vault.backend.set_password("Vibes Desktop", MAIN, strange)
        with pytest.raises(SecretError) as caught:
            store.read(MAIN, ORIGIN)
        assert "Type the password again" in caught.value.advice
        assert store._vault.backend.get_password("Vibes Desktop", MAIN) == strange
    store.write(MAIN, ORIGIN, Secrets("new"))
    assert store.read(MAIN, ORIGIN) == Secrets("new")


def test_without_a_service_on_the_bus_there_is_no_keyring(desktop: Any) -> None:
    with pytest.raises(NoKeyring):
        open_os_keyring()


@pytest.mark.parametrize(
    "address", [None, "", "unix:path=/nonexistent/bus", "tcp:host=127.0.0.1,port=1", "nonsense"]
)
def test_without_a_bus_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(NoKeyring) as caught:
        open_os_keyring()
    assert "this session only" in caught.value.advice


def test_kwallets_own_protocol_is_not_taken_where_no_kwallet_runs(
    desktop: Any, tmp_path: Path, run_python: Callable[..., str]
) -> None:
    package = tmp_path / "dbus" / "mainloop"
    package.mkdir(parents=True)
    (tmp_path / "dbus" / "__init__.py").write_text(DBUS_OF_NOBODY)
    (package / "__init__.py").touch()
    (package / "glib.py").write_text("def DBusGMainLoop(): return None")
    search = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    assert run_python(OPEN_AND_TELL, PYTHONPATH=search) == "none True"


def test_a_bus_that_goes_away_is_no_keyring(store: OsKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with pytest.raises(NoKeyring):
        store.read(MAIN, ORIGIN)


def test_a_locked_keyring_that_can_ask_nobody_is_locked(desktop: Any) -> None:
    desktop.start_locked_keyring()
    store = open_os_keyring()
    with pytest.raises(KeyringLocked):
        store.read(MAIN, ORIGIN)
    with pytest.raises(KeyringLocked):
        store.write(MAIN, ORIGIN, Secrets(CANARY))
    with pytest.raises(KeyringLocked):
        store.delete(MAIN)


def test_a_question_that_was_cancelled_is_dismissed(desktop: Any) -> None:
    desktop.start_locked_keyring()
    prompter = desktop.start_prompter("dismiss")
    with pytest.raises(KeyringDismissed) as caught:
        open_os_keyring().read(MAIN, ORIGIN)
    assert "cancelled" in caught.value.title
    assert prompter.stdout.readline() == "asked\n"


def test_a_question_that_nobody_answers_is_a_locked_keyring(desktop: Any) -> None:
    desktop.start_locked_keyring()
    prompter = desktop.start_prompter("ignore")
    with pytest.raises(KeyringLocked):
        open_os_keyring(prompt_seconds=0.1).read(MAIN, ORIGIN)
    assert prompter.stdout.readline() == "asked\n"


def test_a_keyring_that_was_locked_in_between_is_asked_for(store: OsKeyring, desktop: Any) -> None:
    store.write(MAIN, ORIGIN, Secrets(CANARY))
    desktop.lock()
    with pytest.raises(KeyringLocked):
        store.read(MAIN, ORIGIN)
    desktop.kill_keyring()
    desktop.start_keyring()
    assert store.read(MAIN, ORIGIN) == Secrets(CANARY)


def test_where_nothing_was_ever_kept_reading_asks_nothing_and_writing_does(desktop: Any) -> None:
    desktop.start_keyring(unlocked=False)
    prompter = desktop.start_prompter("dismiss")
    store = open_os_keyring()
    assert store.read(MAIN, ORIGIN) is None
    store.delete(MAIN)
    with pytest.raises(KeyringDismissed):
        store.write(MAIN, ORIGIN, Secrets(CANARY))
    assert prompter.stdout.readline() == "asked\n"


def test_where_a_keyring_would_have_to_be_made_and_nobody_answers_it_is_locked(desktop: Any) -> None:
    desktop.start_keyring(unlocked=False)
    desktop.start_prompter("ignore")
    with pytest.raises(KeyringLocked):
        open_os_keyring(prompt_seconds=0.1).write(MAIN, ORIGIN, Secrets(CANARY))


def test_a_daemon_that_hangs_is_given_up(store: OsKeyring, desktop: Any) -> None:
    desktop.signal_keyring(signal.SIGSTOP)
    with pytest.raises(SecretError) as caught:
        open_os_keyring(answer_seconds=0.1)
    assert "does not answer" in caught.value.advice
    desktop.signal_keyring(signal.SIGCONT)
    assert store.read(MAIN, ORIGIN) is None


def test_keyrings_own_configuration_is_never_asked(
    unlocked: Any, tmp_path: Path, run_python: Callable[..., str]
) -> None:
    (tmp_path / "evil.py").write_text(EVIL)
    configuration = tmp_path / "xdg_config_home" / "python_keyring" / "keyringrc.cfg"
    configuration.parent.mkdir()
    configuration.write_text(HOSTILE_CONFIGURATION.format(folder=tmp_path))
    hostile = {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/nowhere",
        "KEYRING_PROPERTY_SCHEME": "KeePassXC",
    }
    assert run_python(STORE_AND_TELL, **hostile) == "keyring.backends.SecretService.Keyring mine"
    assert open_os_keyring().read(MAIN, ORIGIN) == Secrets("mine")
    assert not (tmp_path / "was-run").exists()
    assert run_python(LOAD_AS_KEYRING_DOES, **hostile) == "keyring.backends.null"
    assert run_python(LOAD_AS_KEYRING_DOES) == "evil"
    assert (tmp_path / "was-run").exists()


def test_nothing_of_it_is_imported_before_it_is_used(run_python: Callable[..., str]) -> None:
    assert run_python(IMPORT_AND_TELL) == "[]"


def test_a_backend_that_keeps_nothing_is_found_out() -> None:
    from keyring.backends.null import Keyring

    store = OsKeyring(Vault(Keyring(), "The null keyring"))  # type: ignore[no-untyped-call]
    with pytest.raises(SecretError) as caught:
        store.write(MAIN, ORIGIN, Secrets(CANARY))
    assert "did not keep" in caught.value.advice


def test_a_backend_that_deletes_nothing_is_found_out() -> None:
    from keyring.backend import KeyringBackend

    class Stubborn(KeyringBackend):
        """Keeps one entry for ever."""

        priority = 1.0

        def get_password(self, service: str, username: str) -> str:
            return "for ever"

        def set_password(self, service: str, username: str, password: str) -> None:
            """Do nothing."""

        def delete_password(self, service: str, username: str) -> None:
            """Do nothing."""

    store = OsKeyring(Vault(Stubborn(), "The stubborn keyring"))  # type: ignore[no-untyped-call]
    with pytest.raises(SecretError) as caught:
        store.delete(MAIN)
    assert "did not delete" in caught.value.advice


def test_threads_that_meet_a_locked_keyring_ask_one_after_the_other(desktop: Any) -> None:
    desktop.start_locked_keyring()
    prompter = desktop.start_prompter("dismiss")
    store = open_os_keyring()
    failures: list[type[SecretError]] = []

    def read() -> None:
        try:
            store.read(MAIN, ORIGIN)
        except SecretError as error:
            failures.append(type(error))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [KeyringDismissed] * 3
    assert [prompter.stdout.readline() for _ in range(3)] == ["asked\n"] * 3


def test_session_secrets_stay_in_memory() -> None:
    store: SecretStore = SessionSecrets()
    assert not store.is_persistent
    assert store.read(MAIN, ORIGIN) is None
    store.write(MAIN, ORIGIN, Secrets("x" * 5000, "phrase"))
    assert store.read(MAIN, ORIGIN) == Secrets("x" * 5000, "phrase")
    with pytest.raises(SecretElsewhere):
        store.read(MAIN, ELSEWHERE)
    store.delete(MAIN)
    store.delete(MAIN)
    assert store.read(MAIN, ORIGIN) is None


def test_its_repr_tells_no_secret() -> None:
    store = SessionSecrets()
    store.write(MAIN, ORIGIN, Secrets(CANARY))
    assert CANARY not in repr(store) + repr(store.read(MAIN, ORIGIN)) + repr(vars(store))
