"""From the command line to the window's end, as real processes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from vibes_desktop.app.program import Wish
from vibes_desktop.app.run import wish_of

PATIENCE_SECONDS = 60


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_RUNTIME_DIR": home / "run",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        **os.environ,
        **{name: str(folder) for name, folder in folders.items()},
        "QT_QPA_PLATFORM": "offscreen",
    }


@pytest.fixture
def first(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "vibes_desktop", "--sandbox"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.terminate()
    process.communicate(timeout=PATIENCE_SECONDS)


def test_arguments_of_a_second_start_are_read_and_odd_ones_left_out() -> None:
    assert wish_of(["--sandbox", "--person", "x"]) == Wish(in_sandbox=True, person="x")
    assert wish_of(["--odd", "y"]) == Wish()


def test_a_second_start_hands_over_and_ends(
    environment: dict[str, str], first: subprocess.Popen[str]
) -> None:
    lock = Path(environment["XDG_STATE_HOME"]) / "vibes-desktop" / "window.lock"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not lock.exists() and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    done = subprocess.run(
        [sys.executable, "-m", "vibes_desktop", "--person", "EXT542342"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout == "Vibes Desktop is open already; its window was brought to the front.\n"
    assert done.stderr == ""
    assert first.poll() is None
