"""Watches two days of the real program with canaries in it: its files, what it says, its processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import secretstorage

from tests.canary import birds
from tests.canary.scan import Finding, find_in_bytes, find_in_files, find_in_process, written_elsewhere
from tests.credentials.conftest import Desktop
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.server import Sandbox

CHECKOUT = Path(__file__).parents[2]
END_SECONDS = 60
HOME_FOLDERS = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}
OFF = ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "DBUS_SESSION_BUS_ADDRESS")
STORE = "data/vibes-desktop/desk.sqlite3"
RECORD_STORE = frozenset({STORE, f"{STORE}-wal", f"{STORE}-shm"})
SPOKEN = "standard output"
FIRST_DAY = (
    "refused",
    "signed in",
    "spoil the answers",
    "drop the connections",
    "refuse the sign-in",
    "drop the answer to a change",
    "saved",
    "failed",
    "draft",
)
SECOND_DAY = ("draft offered", "forgotten")
STOPS = frozenset({*FIRST_DAY, *SECOND_DAY})
KILLED_AT = FIRST_DAY[-1]


class CanarySandbox(Sandbox):
    """A platform whose password is a canary."""

    password = birds.PASSWORD.value


@dataclass(frozen=True)
class Moment:
    """What was found at a stop, while the program ran, or after its end."""

    found: frozenset[Finding]
    elsewhere: frozenset[str] = frozenset()  # files outside its folders that it had open for writing

    @property
    def leaks(self) -> list[Finding]:
        """Everything that is not personal data in the record store."""
        personal = {canary.name for canary in birds.PERSONAL}
        return sorted(
            each for each in self.found if each.canary not in personal or each.where not in RECORD_STORE
        )

    @property
    def stored(self) -> set[str]:
        """What the record store holds."""
        return {each.canary for each in self.found if each.where in RECORD_STORE}


@dataclass
class Watch:
    """What was seen of the program, stop by stop."""

    root: Path
    moments: dict[str, Moment] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    spoken: str = ""
    kept: tuple[str, ...] = ()  # what the keyring itself says it keeps

    def scan(self, process: int | None = None) -> Moment:
        """Scan everything now; the process too, while there is one."""
        found = find_in_files(self.root, birds.CANARIES)
        found |= find_in_bytes(self.spoken.encode(), SPOKEN, birds.CANARIES)
        if process is None:
            return Moment(frozenset(found))
        found |= find_in_process(process, birds.CANARIES)
        return Moment(frozenset(found), frozenset(written_elsewhere(process, self.root)))


def watch_two_days(root: Path) -> Watch:
    """Let the program live through two days: killed on the first, left on the second."""
    watch = Watch(root)
    with _desktop(watch.root), _platform() as sandbox:
        with _program(watch, sandbox, "first") as process:
            _accompany(watch, process, _troubles(sandbox))
            process.kill()
        watch.moments["killed"] = watch.scan()
        watch.kept = tuple(_kept_secrets())
        with _program(watch, sandbox, "second") as process:
            _accompany(watch, process, {})
        watch.moments["closed"] = watch.scan()
    return watch


def _accompany(
    watch: Watch, process: subprocess.Popen[str], troubles: Mapping[str, Callable[[], None]]
) -> None:
    """Scan at every stop and arrange the next trouble, until the day is to be cut short or ends."""
    assert process.stdin is not None
    assert process.stdout is not None
    for line in process.stdout:
        watch.spoken += line
        word = line.strip()
        if word not in STOPS:
            continue
        watch.moments[word] = watch.scan(process.pid)
        if word == KILLED_AT:
            return
        troubles.get(word, lambda: None)()
        print("go on", file=process.stdin, flush=True)


def _troubles(sandbox: Sandbox) -> dict[str, Callable[[], None]]:
    """Say what goes wrong after which stop."""

    def only(*faults: Fault) -> Callable[[], None]:
        def arm() -> None:
            sandbox.faults.clear()
            for fault in faults:
                sandbox.faults.add(fault)

        return arm

    return {
        "spoil the answers": only(Fault(FaultKind.TRUNCATED_JSON, "GET")),
        "drop the connections": only(Fault(FaultKind.DROP_BEFORE, "GET")),
        "refuse the sign-in": only(Fault(FaultKind.STATUS, "GET", status=401)),
        "drop the answer to a change": only(Fault(FaultKind.DROP_AFTER, "PUT", times=1)),
    }


@contextmanager
def _desktop(root: Path) -> Iterator[Desktop]:
    """Start a message bus and a keyring daemon whose files lie below the folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name, below in HOME_FOLDERS.items():
            (root / below).mkdir(mode=0o700)
            patch.setenv(name, str(root / below))
        for name in OFF:
            patch.delenv(name, raising=False)
        own = Desktop(root / "home")
        try:
            patch.setenv("DBUS_SESSION_BUS_ADDRESS", own.start_bus())
            own.start_keyring()
            yield own
        finally:
            own.stop()


@contextmanager
def _platform() -> Iterator[Sandbox]:
    """Run a platform in this process, with a person that is nowhere else."""
    sandbox = CanarySandbox(seed=1, people=5)
    sandbox.platform.people.insert(
        PersonRecord(
            person_key=birds.PERSON_KEY.value,
            person_id=birds.PERSON_ID.value,
            external_person_id=birds.EXTERNAL_ID.value,
            mdn=birds.PHONE.value,
            custom_fields={"first_name": birds.FIRST_NAME.value, "email": birds.EMAIL.value, "notes": None},
            created_at="2020-01-01T00:00:00Z",
            updated_at="2020-01-01T00:00:00Z",
        )
    )
    with Runtime() as runtime:
        runtime.submit(sandbox.start()).result(END_SECONDS)
        yield sandbox
        runtime.submit(sandbox.stop()).result(END_SECONDS)


@contextmanager
def _program(watch: Watch, sandbox: Sandbox, scene: str) -> Iterator[subprocess.Popen[str]]:
    """Start the program at its most talkative; what it says on standard error is a file that is scanned."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "VIBES_DESKTOP_DEBUG": "1"}
    stage = {"url": sandbox.url, "company_key": sandbox.company_key, "username": sandbox.username}
    with (
        (watch.root / f"stderr of the {scene} day").open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.canary.acted_program", scene],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**environment, "VIBES_DESKTOP_QT_LOG": "1", "PYTHONPATH": os.fspath(CHECKOUT)},
            cwd=watch.root,
        ) as process,
    ):
        assert process.stdin is not None
        print(json.dumps(stage), file=process.stdin, flush=True)
        try:
            yield process
            process.wait(END_SECONDS)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
    watch.statuses[scene] = process.returncode


def _kept_secrets() -> Iterator[str]:
    """Ask the keyring daemon itself what it keeps, over the message bus, with none of our code."""
    with closing(secretstorage.dbus_init()) as connection:
        for item in secretstorage.get_default_collection(connection).get_all_items():
            yield from json.loads(item.get_secret()).values()
