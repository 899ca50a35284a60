"""The command line as a whole, as somebody types it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vibes_desktop import __version__
from vibes_desktop.cli.main import COMMANDS, _names_files, _parser, main

if TYPE_CHECKING:
    from tests.cli.conftest import Program

INSTALLED = Path(sys.executable).with_name("vibes-desktop")
BAD_USAGE = 2
NAME_OUR_MODULES = """
import sys
import vibes_desktop.cli.main
print(*sorted(name for name in sys.modules if name.startswith("vibes_desktop")))
"""


def test_it_tells_its_version(program: Program) -> None:
    done = program("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"vibes-desktop {__version__}\n", "")


def test_the_installed_command_is_the_same_program(program: Program) -> None:
    done = subprocess.run(
        [INSTALLED, "--version"], capture_output=True, text=True, env=program.environment, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"vibes-desktop {__version__}\n")


def test_help_names_every_command_and_option(program: Program) -> None:
    done = program("--help")
    assert (done.returncode, done.stderr) == (0, "")
    commands = ("  sandbox ", "  self-test ", "  inspect ", "  listen ")
    for word in ("--sandbox", "--person", "--version", *commands):
        assert word in done.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["lunch"], "invalid choice: 'lunch'"),
        (["--lunch"], "unrecognized arguments: --lunch"),
        (["--person"], "--person: expected one argument"),
        (["sandbox", "--port"], "--port: expected one argument"),
        (["sandbox", "--port", "65536"], "a port is a number from 0 to 65535, not '65536'"),
        (["sandbox", "--port", "-1"], "a port is a number from 0 to 65535, not '-1'"),
        (["sandbox", "--port", "²"], "a port is a number from 0 to 65535, not '²'"),
        (["sandbox", "--port", "9" * 5000], "a port is a number from 0 to 65535"),
        (["sandbox", "--port", ""], "a port is a number from 0 to 65535, not ''"),
        (["listen", "--port", "65536"], "a port is a number from 0 to 65535, not '65536'"),
        (["self-test", "more"], "unrecognized arguments: more"),
    ],
)
def test_what_it_does_not_know_is_said_without_a_traceback(
    program: Program, arguments: list[str], complaint: str
) -> None:
    done = program(*arguments)
    assert (done.returncode, done.stdout) == (BAD_USAGE, "")
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_usage_in_this_process_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["lunch"])
    assert stop.value.code == BAD_USAGE
    assert "lunch" in capsys.readouterr().err


def test_the_command_line_waits_for_no_room_it_does_not_need(program: Program) -> None:
    done = program.run_python(NAME_OUR_MODULES)
    assert done.stdout.split() == ["vibes_desktop", "vibes_desktop.cli", "vibes_desktop.cli.main"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], False),
        (["--sandbox"], False),
        (["--person", "a.b"], False),
        (["inspect", "events.ndjson"], False),
        (["lunch"], False),
        (["9" * 5000], False),
        (["events.ndjson"], True),
        (["--sandbox", "logs/events"], True),
        (["--person", "EXT1", "--", "/"], True),
    ],
)
def test_files_are_told_from_commands(words: list[str], expected: bool) -> None:
    assert _names_files(words) is expected


def test_every_command_is_told_from_files() -> None:
    for command in COMMANDS:
        assert f"{command}" in _parser().format_help()
    assert set(COMMANDS) == set(re.findall(r"^    ([a-z-]+) ", _parser().format_help(), re.MULTILINE))
