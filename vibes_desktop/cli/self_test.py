"""`vibes-desktop self-test`: what this computer offers, one line for each thing the program needs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from vibes_desktop import __version__
from vibes_desktop.cli.policy_check import check_policy
from vibes_desktop.cli.self_checks import (
    Check,
    CheckFailed,
    check_folders,
    check_keyring,
    check_samples,
    check_sandbox,
    check_sqlite,
    check_tls_store,
    check_window,
    check_window_apart,
    check_workers,
)
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.storage.folders import Folders

WINDOW = "Qt platform"
NO_SCREEN_NEEDED = "offscreen"


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one check."""

    name: str
    passed: bool
    text: str

    def __str__(self) -> str:
        return f"{'ok' if self.passed else 'FAIL'} {self.name}: {self.text}"


def run_self_test(*, as_json: bool = False) -> int:
    """Print a line for each check, or one JSON object; returns 0 when all are passed, and 1 otherwise."""
    try:
        lines = list(check_everything()) if as_json else list(map(_printed, check_everything()))
        passed = all(line.passed for line in lines)
        if as_json:
            report = {"version": __version__, "passed": passed, "checks": [asdict(line) for line in lines]}
            print(json.dumps(report), flush=True)
    except BrokenPipeError:  # whoever reads has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python's last flush would complain
        return 1
    return 0 if passed else 1


def run_window_check() -> int:
    """Check the screen alone, in this process, which Qt may end; returns 0 or 1."""
    line = checked(WINDOW, lambda: check_window(_fail_and_leave))
    print(line, flush=True)
    return 0 if line.passed else 1


def check_everything() -> Iterator[Line]:
    """Make one check after the other."""
    yield checked(WINDOW, check_window_apart)
    yield checked("Qt without a screen", lambda: check_window_apart(NO_SCREEN_NEEDED))
    yield checked("TLS store", check_tls_store)
    yield checked("keyring", check_keyring)
    yield from check_files()
    yield checked("policy", check_policy)
    yield checked("worker processes", check_workers)
    yield checked("samples", check_samples)
    yield checked("sandbox", check_sandbox)


def check_files() -> Iterator[Line]:
    """Check the user's folders and the record store."""
    folders = Folders.of_user()
    yield checked("folders", lambda: check_folders(folders))
    yield checked("SQLite", lambda: check_sqlite(folders.data))


def checked(name: str, check: Check) -> Line:
    """Make one check; whatever it raises becomes its line."""
    try:
        return Line(name, True, check())
    except CheckFailed as error:
        return _failed(name, str(error))
    except VibesDesktopError as error:
        return _failed(name, f"{error.title}: {error.advice}")
    except Exception as error:  # noqa: BLE001 - the one place whose work is to say what doesn't work
        return _failed(name, f"{type(error).__name__}: {error}")


def _printed(line: Line) -> Line:
    print(line, flush=True)
    return line


def _failed(name: str, sentence: str) -> Line:
    return Line(name, False, " ".join(sentence.split()))


def _fail_and_leave(sentence: str) -> None:
    """Leave at once: Qt calls abort() after a fatal message."""
    print(_failed(WINDOW, sentence), flush=True)
    os._exit(1)
