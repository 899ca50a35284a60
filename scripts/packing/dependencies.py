"""Which packages of Debian and Ubuntu the folder needs: by the libraries that its own ask for."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.packing.components import ROOT
from scripts.packing.folder import ELF, files_of

NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
C_LIBRARY = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")
TABLE = ROOT / "packaging" / "linux" / "dependencies.txt"
OTHERS = (
    "ca-certificates",
    "fonts-dejavu-core | fonts-liberation | fonts-noto-core",
)  # no library asks for them


class UnknownLibrary(Exception):
    """A library is needed of which no package is known; the text names it."""


def dependencies_of(folder: Path) -> list[str]:
    """Write the dependencies as a control file wants them; raises UnknownLibrary."""
    elves = [str(file) for file in files_of(folder) if file.open("rb").read(4) == ELF]
    said = subprocess.run(
        ("objdump", "-p", *elves), capture_output=True, text=True, check=True, env={"LC_ALL": "C"}
    ).stdout
    own = {path.name for path in folder.rglob("*")}
    packages = packages_for(set(NEEDED.findall(said)) - own, read_table(TABLE.read_text()))
    newest = max((int(major), int(minor)) for major, minor in C_LIBRARY.findall(said))
    c_library = f"libc6 (>= {newest[0]}.{newest[1]})"
    return sorted({*(c_library if package == "libc6" else package for package in packages), *OTHERS})


def packages_for(libraries: Iterable[str], table: Mapping[str, str]) -> set[str]:
    """Look libraries up; raises UnknownLibrary."""
    if unknown := sorted(set(libraries) - set(table)):
        raise UnknownLibrary(f"{', '.join(unknown)} should be in packaging/linux/dependencies.txt")
    return {table[library] for library in libraries}


def read_table(text: str) -> dict[str, str]:
    """Read lines of a library and the package that brings it."""
    lines = (line.partition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {library: package.strip() for library, _, package in lines}
