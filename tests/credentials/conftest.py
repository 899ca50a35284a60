"""A message bus and a keyring daemon of the test's own, with its own home."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import secretstorage
from jeepney import DBusErrorResponse  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import Proxy  # type: ignore[import-untyped]

PROMPTER_PROGRAM = Path(__file__).with_name("prompter.py")
SERVICE = "org.freedesktop.secrets"
DEADLINE_SECONDS = 30.0
POLL_SECONDS = 0.01
BUS_WITHOUT_ACTIVATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition of another process."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(POLL_SECONDS)


@dataclass
class Desktop:
    """A session of its own: a message bus without activation, and the keyring daemons started on it."""

    home: Path
    _daemons: list[int] = field(default_factory=list)
    _children: list[subprocess.Popen[str]] = field(default_factory=list)

    def start_bus(self) -> str:
        """Start the bus; it ends with its standard input."""
        config = self.home / "bus.conf"
        config.write_text(BUS_WITHOUT_ACTIVATION)
        command = ["dbus-run-session", f"--config-file={config}", "--"]
        command += ["sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat']
        return self._start(command)

    def start_prompter(self, mode: str) -> subprocess.Popen[str]:
        """Start a prompter that dismisses or ignores every question."""
        assert self._start([sys.executable, str(PROMPTER_PROGRAM), mode]) == "ready"
        return self._children[-1]

    def start_keyring(self, *, unlocked: bool = True) -> None:
        """Start GNOME Keyring; returns when it answers. Unlocked for the first time makes the keyring."""
        option = "--unlock" if unlocked else "--start"
        subprocess.run(
            ["gnome-keyring-daemon", option, "--components=secrets"],
            input="password of the keyring" if unlocked else "",
            text=True,
            capture_output=True,
            check=True,
            timeout=DEADLINE_SECONDS,
        )
        wait_until(lambda: self.keyring_process() is not None, "the keyring's start")
        self._daemons.append(self.keyring_process() or 0)

    def start_locked_keyring(self) -> None:
        """Start GNOME Keyring with a keyring that exists and is locked."""
        self.start_keyring()
        self.kill_keyring()
        self.start_keyring(unlocked=False)

    def keyring_process(self) -> int | None:
        """Find the daemon on the bus."""
        with closing(secretstorage.dbus_init()) as connection:
            try:
                return int(Proxy(message_bus, connection).GetConnectionUnixProcessID(SERVICE)[0])
            except DBusErrorResponse:
                return None

    def signal_keyring(self, number: int) -> None:
        """Send the daemon a signal."""
        os.kill(self._daemons[-1], number)

    def kill_keyring(self) -> None:
        """Kill the daemon, and wait until the bus knows."""
        self.signal_keyring(signal.SIGKILL)
        self._daemons.pop()
        wait_until(lambda: self.keyring_process() is None, "the keyring's end")

    def lock(self) -> None:
        """Lock the keyring, as a desktop does when the person leaves."""
        with closing(secretstorage.dbus_init()) as connection:
            secretstorage.get_default_collection(connection).lock()

    def stop(self) -> None:
        """End everything that was started."""
        for process in self._daemons:
            os.kill(process, signal.SIGKILL)
        for child in reversed(self._children):
            child.kill() if child.args[0] == sys.executable else None  # type: ignore[index]
            child.communicate(timeout=DEADLINE_SECONDS)

    def _start(self, command: list[str]) -> str:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._children.append(child)
        assert child.stdout is not None
        return child.stdout.readline().strip()


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A bus without a keyring yet; the environment points to it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        folder = tmp_path / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"):
        monkeypatch.delenv(name, raising=False)
    own = Desktop(tmp_path)
    try:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", own.start_bus())
        yield own
    finally:
        own.stop()


@pytest.fixture
def unlocked(desktop: Desktop) -> Desktop:
    """A bus with an unlocked keyring."""
    desktop.start_keyring()
    return desktop
