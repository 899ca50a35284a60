"""The packaged program in a Wayland session that has no XWayland."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaged.clean_root import System

PATIENCE_SECONDS = 20.0
SOCKET = "wayland-test"


@pytest.fixture
def compositor() -> Iterator[Path]:
    """A compositor without a screen; gives its socket, in a folder that a clean root shares."""
    folder = Path(os.environ["HOME"]) / "wayland"
    folder.mkdir(mode=0o700)
    command = ("weston", "--backend=headless-backend.so", f"--socket={SOCKET}", "--idle-time=0")
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (folder / SOCKET).exists():
            assert process.poll() is None
            assert time.monotonic() < deadline, "the compositor did not start"
            time.sleep(0.05)
        yield folder / SOCKET
        process.terminate()


def test_a_window_is_painted_without_x(system: System, compositor: Path) -> None:
    session = {"DISPLAY": "", "QT_QPA_PLATFORM": "", "WAYLAND_DISPLAY": str(compositor)}
    done = system.run(system.program, "self-test", environment=session)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("ok Qt platform: wayland, ")
