"""The window's command where no window can be shown."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.cli.app_command import CANNOT_SHOW_A_WINDOW, NO_SCREEN, cannot_load_qt

if TYPE_CHECKING:
    from tests.cli.conftest import Program

WAIT_SECONDS = 30.0
FATAL = "QWidget: Must construct a QApplication before a QWidget"
LOOK_AT_GARBAGE = """
import gc
import vibes_desktop.app.run
def run(**arguments):
    print(gc.isenabled(), gc.get_freeze_count() > 0, arguments)
    return 4
vibes_desktop.app.run.run = run
from vibes_desktop.cli.main import main
raise SystemExit(main(["--sandbox", "--person", "EXT1"]))
"""
LISTEN_TO_QT = """
import os, sys
from vibes_desktop.cli.app_command import take_qt_messages
def stop(sentence):
    print("stopped:", sentence, flush=True)
    os._exit(7)
take_qt_messages(stop)
from PySide6.QtCore import qCritical, qDebug, qWarning
from PySide6.QtWidgets import QWidget
qDebug("a remark")
qWarning("a warning")
qCritical("a failure")
QWidget()
print("not reached", flush=True)
"""


@pytest.mark.parametrize("arguments", [(), ("--sandbox",), ("--person", "EXT542342")])
def test_without_a_screen_it_is_one_sentence(program: Program, arguments: tuple[str, ...]) -> None:
    done = program(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (CANNOT_SHOW_A_WINDOW, "", f"{NO_SCREEN}\n")


@pytest.mark.parametrize(
    "screen",
    [
        {"DISPLAY": ":99999"},
        {"DISPLAY": "nonsense"},
        {"QT_QPA_PLATFORM": "nonsense"},
    ],
    ids=lambda screen: "=".join(*screen.items()),
)
def test_a_dead_screen_is_the_same_sentence(program: Program, screen: dict[str, str]) -> None:
    done = program(**screen)
    assert (done.returncode, done.stdout, done.stderr) == (CANNOT_SHOW_A_WINDOW, "", f"{NO_SCREEN}\n")


def test_a_dead_wayland_screen_adds_what_its_library_says(program: Program) -> None:
    done = program(WAYLAND_DISPLAY="wayland-99")
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (
        CANNOT_SHOW_A_WINDOW,
        "",
        NO_SCREEN,
    )


def test_a_missing_library_of_qt_is_one_sentence(program: Program, tmp_path: Path) -> None:
    reason = "libEGL.so.1: cannot open shared object file: No such file or directory"
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").touch()
    (broken / "QtWidgets.py").write_text(f"raise ImportError({reason!r})\n")
    done = program(PYTHONPATH=str(broken.parent))
    sentence = cannot_load_qt(ImportError(reason))
    assert (done.returncode, done.stdout, done.stderr) == (CANNOT_SHOW_A_WINDOW, "", f"{sentence}\n")
    assert reason in sentence


def test_failures_of_qt_are_printed_and_the_last_one_ends_it(program: Program) -> None:
    done = program.run_python(LISTEN_TO_QT)
    assert (done.returncode, done.stdout, done.stderr) == (7, f"stopped: {FATAL}\n", "qt: a failure\n")


def test_everything_qt_says_can_be_asked_for(program: Program) -> None:
    done = program.run_python(LISTEN_TO_QT, VIBES_DESKTOP_QT_LOG="1")
    assert done.stderr == "qt: a remark\nqt: a warning\nqt: a failure\n"


def test_the_window_gets_the_arguments_and_a_start_that_is_never_looked_through(
    program: Program,
) -> None:
    done = program.run_python(LOOK_AT_GARBAGE)
    said = "False True {'in_sandbox': True, 'person': 'EXT1', 'files': ()}\n"
    assert (done.returncode, done.stdout, done.stderr) == (4, said, "")


def test_control_c_ends_the_window(program: Program) -> None:
    window = subprocess.Popen(
        program.command(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=program.folder,
        env={**program.environment, "QT_QPA_PLATFORM": "offscreen"},
    )
    with window:
        lock = Path(program.environment["HOME"]) / ".local/state/vibes-desktop/window.lock"
        deadline = time.monotonic() + WAIT_SECONDS
        while not lock.exists() and window.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        window.send_signal(signal.SIGINT)
        said, complained = window.communicate(timeout=WAIT_SECONDS)
    assert (window.returncode, said, complained) == (-signal.SIGINT, "", "")
