"""The packaged program, installed into a clean root. scripts/test --packaged builds it and runs these."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaged.clean_root import (
    NoCleanRoot,
    System,
    make_clean_root,
    places_of_session,
)

BUILT = "VIBES_DESKTOP_BUILT"  # where scripts/build put its artefacts
PATIENCE_SECONDS = 20.0
END_SECONDS = 20.0
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")

collect_ignore_glob = [] if BUILT in os.environ else ["test_*.py"]


@pytest.fixture(scope="session")
def built() -> Path:
    """Where the artefacts are."""
    return Path(os.environ[BUILT])


@pytest.fixture(scope="session")
def package(built: Path) -> Path:
    """The Debian package."""
    [package] = built.glob("*.deb")
    return package


@pytest.fixture(scope="session")
def system(package: Path) -> Iterator[System]:
    """A clean root with the package; where none can be made, a folder with it, and that is said."""
    folder = Path(tempfile.mkdtemp(prefix="clean-root-"))
    folder.chmod(0o755)
    try:
        made = _system(folder)
        made.install(package)
        yield made
    finally:
        shutil.rmtree(folder)


def _system(folder: Path) -> System:
    try:
        make_clean_root(folder / "root")
    except NoCleanRoot as reason:
        said = (
            f"no clean root can be made here ({reason}); the package is tried beside this machine's own files"
        )
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn(said, stacklevel=1)
        (folder / "beside").mkdir()
        return System(folder / "beside", is_clean=False)
    return System(folder / "root", is_clean=True, shared=places_of_session())


@pytest.fixture(scope="session")
def desktop() -> Iterator[None]:
    """What a desktop session has besides a display and a keyring: a window manager, and AT-SPI's bus."""
    launcher = next(path for path in LAUNCHERS if Path(path).exists())
    with contextlib.ExitStack() as ending:
        for command in ((launcher, "--launch-immediately"), ("openbox", "--config-file", os.devnull)):
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = subprocess.Popen(command, **quiet)  # type: ignore[call-overload]
            ending.callback(process.wait)
            ending.callback(process.terminate)
        _wait_for_accessibility()
        yield


def _wait_for_accessibility() -> None:
    ask = ("dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while subprocess.run((*ask, "org.a11y.Bus.GetAddress"), capture_output=True, check=False).returncode:
        assert time.monotonic() < deadline, "AT-SPI's bus did not start"
        time.sleep(0.05)


@pytest.fixture
def window(system: System, desktop: None) -> Iterator[subprocess.Popen[str]]:
    """The program's window, which is closed at the end."""
    with system.start(QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1") as process:
        yield process
        process.terminate()
        process.wait(END_SECONDS)
