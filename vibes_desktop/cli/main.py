"""The command `vibes-desktop`: which subcommand does what."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from vibes_desktop import __version__

COMMANDS = ("sandbox", "self-test", "inspect", "listen")
OPTIONS_WITH_VALUE = ("--person",)
MAX_PORT = 65_535
MAX_PORT_DIGITS = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    if getattr(sys, "frozen", False):  # a worker process of the packaged program begins here too
        from multiprocessing import freeze_support

        freeze_support()
    words = sys.argv[1:] if argv is None else list(argv)
    arguments = (_window_parser() if _names_files(words) else _parser()).parse_args(words)
    # Each command is imported alone: starting the window must not wait for the others.
    match arguments.command:
        case "sandbox":
            from vibes_desktop.cli.sandbox_command import run_sandbox

            return run_sandbox(arguments.port)
        case "self-test":
            from vibes_desktop.cli.self_test import run_self_test, run_window_check

            return run_window_check() if arguments.window else run_self_test(as_json=arguments.json)
        case "inspect":
            from vibes_desktop.cli.inspect_command import run_inspect

            return run_inspect(
                arguments.paths,
                query=arguments.query,
                count=arguments.count,
                as_json=arguments.json,
                column=arguments.column,
            )
        case "listen":
            from vibes_desktop.cli.listen_command import ListenWish, run_listen

            return run_listen(ListenWish(arguments.host, arguments.port, arguments.store, arguments.token))
        case _:
            from vibes_desktop.cli.app_command import run_app

            return run_app(
                in_sandbox=arguments.sandbox,
                person=arguments.person,
                files=getattr(arguments, "files", ()),
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vibes-desktop",
        description="Look up, correct and add subscriber records of the Vibes platform. "
        "Without a command, the window opens, on the callbacks in FILEs where some are named.",
        usage="vibes-desktop [-h] [--version] [--sandbox] [--person ID] [COMMAND ... | FILE ...]",
    )
    _add_window(parser)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    sandbox = commands.add_parser("sandbox", help="run the simulated platform alone, until Ctrl+C")
    sandbox.add_argument("--port", type=_port, default=0, metavar="N", help="a port; 0 takes any free one")
    self_test = commands.add_parser("self-test", help="check what the program needs of this computer")
    self_test.add_argument("--window", action="store_true", help="check the screen alone")
    self_test.add_argument("--json", action="store_true", help="print one JSON object")
    inspect = commands.add_parser("inspect", help="read callback payloads from files, without a window")
    inspect.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, an archive or a folder; - reads standard input"
    )
    inspect.add_argument(
        "--query", default="", metavar="TEXT", help="only payloads that match, such as type:person_added"
    )
    inspect.add_argument("--column", metavar="NAME", help="the column of a CSV file that holds the payloads")
    inspect.add_argument("--count", action="store_true", help="print only how many there are")
    inspect.add_argument("--json", action="store_true", help="print one JSON object per payload")
    _add_listen(commands)
    return parser


def _window_parser() -> argparse.ArgumentParser:
    """Read a command line that names files of callbacks in the place of a command."""
    parser = argparse.ArgumentParser(prog="vibes-desktop")
    _add_window(parser)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.set_defaults(command=None)
    return parser


def _add_window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--version", action="version", version=f"vibes-desktop {__version__}")
    parser.add_argument("--sandbox", action="store_true", help="start signed in to the built-in sandbox")
    parser.add_argument("--person", metavar="ID", help="look this person up: any ID, or a mobile number")


def _names_files(words: Sequence[str]) -> bool:
    """Tell whether the first word that is no option is a path; a mistyped command is none."""
    free = [
        word
        for before, word in pairwise(("", *words))
        if before not in OPTIONS_WITH_VALUE and not word.startswith("-")
    ]
    if not free or free[0] in COMMANDS:
        return False
    return "." in free[0] or os.sep in free[0] or os.path.exists(free[0])  # noqa: PTH110 - it never raises


def _add_listen(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listen = commands.add_parser("listen", help="receive callbacks into a collection, without a window")
    listen.add_argument("--host", metavar="H", help="an address of this computer, instead of 127.0.0.1")
    listen.add_argument("--port", type=_port, metavar="N", help="a port; 0 takes any free one")
    listen.add_argument("--store", type=Path, metavar="FILE", help="the collection's file")
    listen.add_argument("--token", metavar="TEXT", help="the path that callbacks are sent to")


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_PORT_DIGITS else None
    if port is None or port > MAX_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {MAX_PORT}, not {text!r}")
    return port
