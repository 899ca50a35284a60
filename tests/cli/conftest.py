"""The command line in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WAIT_SECONDS = 60.0
OF_A_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@dataclass(frozen=True)
class Program:
    """Runs `vibes-desktop` in a folder without modules, with few things in its environment."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(
        self, *arguments: str, before: Sequence[str | Path] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; `before` is a program that starts it."""
        return self._run([*before, *self.command(*arguments)], environment)

    def command(self, *arguments: str) -> list[str]:
        """Name the program and its arguments."""
        return [sys.executable, "-m", "vibes_desktop", *arguments]

    def run_python(
        self, code: str, *, before: Sequence[str | Path] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run some Python beside the program's modules."""
        return self._run([*before, sys.executable, "-c", code], environment)

    def _run(
        self, command: Sequence[str | Path], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=WAIT_SECONDS,
            cwd=self.folder,
            env={**self.environment, **environment},
            check=False,
        )


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Give the program in a home of its own, without a screen and without a message bus."""
    folder = tmp_path / "folder"
    folder.mkdir()
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("XDG_") and name not in {*OF_A_SCREEN, "DBUS_SESSION_BUS_ADDRESS"}
    }
    return Program(folder, {**kept, "HOME": str(home)})
