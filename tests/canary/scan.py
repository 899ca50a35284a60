"""Looks for canaries: values that occur nowhere else, however they were written."""

from __future__ import annotations

import json
import os
import stat
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, quote_plus

Encoder = Callable[[str], Iterable[bytes]]


def _base64(text: str) -> Iterator[bytes]:
    """Give what stays the same of a text's base64, whatever stands before and after it."""
    content = text.encode()
    for before, lost in ((0, 0), (1, 2), (2, 3)):
        excess = 1 if (before + len(content)) % 3 else 0
        for encode in (b64encode, urlsafe_b64encode):
            encoded = encode(b"\0" * before + content).rstrip(b"=")
            yield encoded[lost : len(encoded) - excess]


def _json(text: str, is_ascii: bool) -> bytes:
    return json.dumps(text, ensure_ascii=is_ascii)[1:-1].encode()


ENCODINGS: Mapping[str, Encoder] = {
    "UTF-8": lambda text: (text.encode(),),
    "UTF-16LE": lambda text: (text.encode("utf-16-le"),),
    "UTF-16BE": lambda text: (text.encode("utf-16-be"),),
    "base64": _base64,
    "percent": lambda text: (quote(text, safe="").encode(), quote_plus(text).encode()),
    "JSON": lambda text: (
        json.dumps(text)[1:-1].encode(),
        json.dumps(text, ensure_ascii=False)[1:-1].encode(),
    ),
    "hex": lambda text: (text.encode().hex().encode(),),
}
CASE_MATTERS = frozenset({"base64"})


@dataclass(frozen=True)
class Canary:
    """A value to be looked for; `parts` of it, or other spellings, tell as much."""

    name: str
    value: str = field(repr=False)
    parts: tuple[str, ...] = field(default=(), repr=False)
    is_secret: bool = False

    @cached_property
    def needles(self) -> tuple[tuple[str, bytes], ...]:
        """The bytes to look for, each with its encoding; in lower case unless case matters."""
        return tuple(
            (name, needle if name in CASE_MATTERS else needle.lower())
            for name, encode in ENCODINGS.items()
            for text in (self.value, *self.parts)
            for needle in encode(text)
        )


@dataclass(frozen=True, order=True)
class Finding:
    """A canary that was found, and where."""

    where: str
    canary: str
    encoding: str


def find_in_bytes(data: bytes, where: str, canaries: Iterable[Canary]) -> set[Finding]:
    """Look into bytes."""
    folded = data.lower()
    return {
        Finding(where, canary.name, encoding)
        for canary in canaries
        for encoding, needle in canary.needles
        if needle in (data if encoding in CASE_MATTERS else folded)
    }


def find_in_files(root: Path, canaries: Iterable[Canary]) -> set[Finding]:
    """Look into every file below a folder, and into the names of files, folders, links and sockets."""
    sought = tuple(canaries)
    found: set[Finding] = set()
    for path in everything_in(root):
        where = str(path.relative_to(root))
        found |= find_in_bytes(os.fsencode(where), f"the name {where}", sought)
        with suppress(FileNotFoundError):  # it was there a moment ago
            found |= find_in_bytes(_content(path), where, sought)
    return found


def find_in_process(process: int, canaries: Iterable[Canary]) -> set[Finding]:
    """Look into the arguments and the environment of a running process and of those it started."""
    sought = tuple(canaries)
    found: set[Finding] = set()
    for each in _family(process):
        for name in ("cmdline", "environ", "comm"):
            found |= find_in_bytes(Path(f"/proc/{each}/{name}").read_bytes(), name, sought)
    return found


def written_elsewhere(process: int, root: Path) -> set[str]:
    """Name the files outside a folder that a running process has open for writing."""
    paths = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):
            target = link.readlink()
            if stat.S_ISREG(link.stat().st_mode) and _is_for_writing(process, link.name):
                paths.add(target)
    return {str(path) for path in paths if not path.is_relative_to(root)}


def everything_in(root: Path) -> Iterator[Path]:
    """Walk through a folder without following links; raises OSError for a folder that can't be read."""
    for entry in os.scandir(root):
        yield Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from everything_in(Path(entry.path))


def _content(path: Path) -> bytes:
    if path.is_symlink():
        return os.fsencode(path.readlink())
    return path.read_bytes() if path.is_file() else b""


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield from _family(int(child))


def _is_for_writing(process: int, descriptor: str) -> bool:
    lines = Path(f"/proc/{process}/fdinfo/{descriptor}").read_text(encoding="ascii").splitlines()
    flags = next(int(line.split()[1], 8) for line in lines if line.startswith("flags:"))
    return flags & os.O_ACCMODE != os.O_RDONLY
