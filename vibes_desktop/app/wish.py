"""What a start was asked for, and its way through a command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NamedTuple


class Wish(NamedTuple):
    """What a start was asked for."""

    in_sandbox: bool = False
    person: str | None = None
    files: tuple[str, ...] = ()  # absolute paths of callbacks to open

    @property
    def arguments(self) -> list[str]:
        """The same as a command line."""
        person = [] if self.person is None else ["--person", self.person]
        files = ["--", *self.files] if self.files else []
        return [*(["--sandbox"] if self.in_sandbox else []), *person, *files]


def wish_of(arguments: Sequence[str]) -> Wish:
    """Read what a second start handed over; anything odd in it is left out."""
    parser = argparse.ArgumentParser(exit_on_error=False, add_help=False)
    parser.add_argument("--sandbox", action="store_true")
    parser.add_argument("--person")
    parser.add_argument("files", nargs="*")
    known, _ = parser.parse_known_args(list(arguments))
    return Wish(in_sandbox=known.sandbox, person=known.person, files=tuple(known.files))
