"""From the command line to the window's end, as real processes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60
HEAVY = ("vibes_desktop.storage.settings", "vibes_desktop.ui.theme", "vibes_desktop.ui.icons", "platform")


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


def test_what_the_first_paint_does_not_need_is_not_imported_for_it() -> None:
    code = f"import sys, vibes_desktop.app.run; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


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
