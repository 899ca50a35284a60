"""What the self-test looks at: each check returns the words of its line, or raises CheckFailed."""

from __future__ import annotations

import asyncio
import os
import secrets
import ssl
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import vibes_desktop
from vibes_desktop.credentials.keyring import open_os_keyring
from vibes_desktop.model.profile import ApiVersion, Origin, ProfileId, Secrets
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.storage.database import Database
from vibes_desktop.storage.desk import SCHEMA
from vibes_desktop.storage.folders import FILE_MODE, FOLDER_MODE, Folders, make_private_folder
from vibes_desktop.storage.trouble import file_trouble
from vibes_desktop.vibes.tls import tls_context

WINDOW_COMMAND = ("self-test", "--window")
PLATFORM_VARIABLE = "QT_QPA_PLATFORM"
PAINT_MILLISECONDS = 10_000
WINDOW_SECONDS = 30.0
WORKER_SECONDS = 60.0
SESSION_ONLY = "use passwords for the session only"
PROBE = ".self-test-"
SYNCHRONOUS_FULL = 2
OLDEST_SQLITE = (3, 37)  # strict tables

Check = Callable[[], str]


class CheckFailed(Exception):
    """Something the program needs is missing; the text is one sentence for a person."""


def check_window(fatal: Callable[[str], None]) -> str:
    """Open a window of the platform that Qt chooses, and wait until it paints.

    `fatal` is told why Qt is about to end the process, and should end it.
    """
    from vibes_desktop.cli.app_command import cannot_load_qt, take_qt_messages

    try:
        take_qt_messages(fatal)
    except ImportError as error:
        raise CheckFailed(cannot_load_qt(error)) from None
    from PySide6.QtCore import QTimer, qVersion
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
            QTimer.singleShot(0, application.quit)

    application = QApplication(["vibes-desktop"])
    window = Window()
    window.setWindowTitle("Vibes Desktop self-test")
    window.show()
    QTimer.singleShot(PAINT_MILLISECONDS, lambda: application.exit(1))
    platform, screen = application.platformName(), application.primaryScreen()
    if application.exec() != 0:
        raise CheckFailed(f"Qt's platform “{platform}” opened a window that was never painted")
    import_every_room()
    size = screen.size()
    return (
        f"{platform}, Qt {qVersion()}, a window was painted; the screen has {size.width()}×{size.height()}"
        f" at {screen.devicePixelRatio():.0%}"
    )


def import_every_room() -> None:
    """Import all that the program may ever need: a package could lack what is imported late."""
    found = [each.name for each in walk_packages(vibes_desktop.__path__, f"{vibes_desktop.__name__}.")]
    if f"{vibes_desktop.__name__}.app" not in found:
        raise CheckFailed("the program's parts can't be listed: install it again")
    for name in found:
        if not name.endswith(".__main__"):
            import_module(name)


def check_window_apart(platform: str | None = None) -> str:
    """Check the screen in a process of its own, which Qt may end in any way."""
    chosen = {} if platform is None else {PLATFORM_VARIABLE: platform}
    try:
        done = subprocess.run(
            own_command(*WINDOW_COMMAND),
            capture_output=True,
            text=True,
            timeout=WINDOW_SECONDS,
            check=False,
            env={**os.environ, **chosen},
        )
    except subprocess.TimeoutExpired:
        raise CheckFailed(f"no window was painted within {WINDOW_SECONDS:.0f} seconds") from None
    for line in done.stdout.splitlines():
        verdict, _, rest = line.partition(" ")
        text = rest.partition(": ")[2]
        if verdict == "ok" and done.returncode == 0:
            return text
        if verdict == "FAIL":
            raise CheckFailed(text)
    raise CheckFailed(f"Qt ended the process with status {done.returncode} before a window was painted")


def check_tls_store() -> str:
    """Open the operating system's certificate store the way every connection does."""
    # The store is read when a connection begins, not when the context is made.
    connection = tls_context().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
    count = connection.context.cert_store_stats()["x509_ca"]
    if sys.platform not in {"win32", "darwin"} and not count and not _has_certificate_folder():
        raise CheckFailed(
            "the operating system's store holds no certificate authority; on Debian and Ubuntu, "
            "install the package ca-certificates"
        )
    known = f"{count} certificate authorities" if count else "read by the operating system"
    return f"{known}, {ssl.OPENSSL_VERSION}"


def check_keyring() -> str:
    """Have the keyring keep an entry, read it back, and drop it again."""
    keyring = open_os_keyring()
    # A name that no profile has, and that a second self-test at the same time does not have either.
    profile, origin = ProfileId(f"self-test-{secrets.token_hex(8)}"), Origin("https://self-test.invalid")
    entry = Secrets(secrets.token_hex(16))
    keyring.write(profile, origin, entry)
    try:
        if keyring.read(profile, origin) != entry:
            raise CheckFailed(f"{keyring.backend_class} gave back another entry; {SESSION_ONLY}")
    finally:
        keyring.delete(profile)
    if keyring.read(profile, origin) is not None:
        raise CheckFailed(f"{keyring.backend_class} kept an entry that was deleted; {SESSION_ONLY}")
    return f"{keyring.backend_class}, {keyring.backend_name}: an entry was stored, read and deleted"


def check_folders(folders: Folders) -> str:
    """Make the program's folders, write a file in each, and look who else could read it."""
    folders.create()
    places = (folders.config, folders.data, folders.state)
    for folder in places:
        with _probe_folder(folder) as probe:
            file = probe / "file"
            atomic_write(file, [b"written"])
            if sys.platform != "win32":
                _check_mode(folder, FOLDER_MODE)
                _check_mode(file, FILE_MODE)
    return f"writable, and yours alone: {', '.join(str(folder) for folder in places)}"


def check_sqlite(folder: Path) -> str:
    """Open an empty database as the record store is opened, on the disk where that one lies."""
    make_private_folder(folder)
    with _probe_folder(folder) as probe:
        database = Database.open(probe / "desk.sqlite3", SCHEMA)
        try:
            if database.read_only_reason:
                raise database.read_only_reason
            [[version, journal]] = database.rows(
                "SELECT sqlite_version(), journal_mode FROM pragma_journal_mode"
            )
            [[synchronous]] = database.rows("PRAGMA synchronous")
            [[secure_delete]] = database.rows("PRAGMA secure_delete")
        finally:
            database.close()
    if tuple(map(int, version.split(".")[:2])) < OLDEST_SQLITE:
        raise CheckFailed(f"SQLite {version} knows no strict tables; 3.37 or newer is needed")
    if (journal, synchronous) != ("wal", SYNCHRONOUS_FULL):
        raise CheckFailed(
            f"the record store would open with {journal=}, {synchronous=}: a power cut may hurt"
        )
    if not secure_delete:
        raise CheckFailed("SQLite would leave what was deleted in the file")
    return f"{version}, journal_mode=WAL, synchronous=FULL, secure_delete"


def check_workers() -> str:
    """Start a worker process the way large files are read."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        process = pool.submit(os.getpid).result(WORKER_SECONDS)
    if process == os.getpid():
        raise CheckFailed("what was meant for another process was done in this one")
    return "one was started, answered and ended"


def check_samples() -> str:
    """Read the callbacks that come with the program, one by one and as an indexed collection."""
    from vibes_desktop.callbacks.collection import Collection
    from vibes_desktop.callbacks.payload import Kind
    from vibes_desktop.callbacks.pile import Pile
    from vibes_desktop.ui.resources import resources_dir

    pile = Pile([str(resources_dir() / "samples" / "types")])
    kinds = [payload.kind for payload in pile.payloads()]
    if not kinds or pile.troubles or pile.skipped or set(kinds) != {Kind.CALLBACK}:
        raise CheckFailed("the samples that come with the program could not be read: install it again")
    with Collection.open(pile.paths) as collection:
        indexed = len(collection)
    if indexed != len(kinds):
        raise CheckFailed(f"{len(kinds)} samples were read, and {indexed} indexed")
    return f"{len(kinds)} callbacks were read and indexed"


def check_sandbox() -> str:
    """Start the simulated platform, and look its best known person up over real HTTP."""
    return asyncio.run(_look_up_in_sandbox())


async def _look_up_in_sandbox() -> str:
    from vibes_desktop.model.identifier import Identifier, IdentifierKind
    from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID
    from vibes_desktop.sandbox.server import Sandbox
    from vibes_desktop.vibes.account import Account
    from vibes_desktop.vibes.client import VibesClient
    from vibes_desktop.vibes.transport import Transport

    sandbox = Sandbox()
    await sandbox.start()
    transport = Transport(base_url=sandbox.url, proxy=None)
    try:
        account = Account(sandbox.company_key, sandbox.url, sandbox.username, ApiVersion.V2, sandbox.password)
        client = VibesClient(account, transport)
        person = await client.person(Identifier(IdentifierKind.EXTERNAL_ID, DEMO_EXTERNAL_ID))
    finally:
        await transport.aclose()
        await sandbox.stop()
    if person.external_person_id != DEMO_EXTERNAL_ID:
        raise CheckFailed("the sandbox answered with somebody else")
    return f"a look-up of {DEMO_EXTERNAL_ID} was answered"


def own_command(*arguments: str) -> tuple[str, ...]:
    """Name what starts this very program, packaged or not."""
    if getattr(sys, "frozen", False):  # the packaged program is its own interpreter
        return (sys.executable, *arguments)
    # Isolated and with this process's path: the current folder must not add modules.
    code = (
        f"import sys; sys.path[:] = {sys.path!r}; from vibes_desktop.cli.main import main; "
        f"sys.exit(main({list(arguments)!r}))"
    )
    return (sys.executable, "-I", "-c", code)


def _has_certificate_folder() -> bool:
    """Tell whether OpenSSL looks certificates up in a folder, one by one: it counts none of those."""
    folder = Path(ssl.get_default_verify_paths().openssl_capath)
    return folder.is_dir() and any(folder.iterdir())


def _check_mode(path: Path, mode: int) -> None:
    found = stat.S_IMODE(path.stat().st_mode)
    if found != mode:
        raise CheckFailed(f"{path} has the mode {found:04o} instead of {mode:04o}: others could use it")


@contextmanager
def _probe_folder(folder: Path) -> Iterator[Path]:
    try:
        probe = tempfile.TemporaryDirectory(prefix=PROBE, dir=folder)
    except OSError as error:
        raise file_trouble(error, folder) from error
    with probe as name:
        yield Path(name)
