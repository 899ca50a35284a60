"""The folder that PyInstaller made becomes the one that is shipped: slimmer, with licences, and checked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from scripts.packing.bill import FILE_NAME, bill_of, text_names
from scripts.packing.components import ROOT, Component, components_of
from scripts.packing.icu import slim_icu

LARGEST_BYTES = 150_000_000
LICENCES = "licences"
SYSTEM = {"linux": "linux", "win32": "windows", "darwin": "macos"}[sys.platform]
ELF = b"\x7fELF"


class BadFolder(Exception):
    """The folder must not be shipped; the text says why."""


def finish(folder: Path, sources: Iterable[str], *, version: str, time: int) -> list[Component]:
    """Make the folder ready, and return whose work is in it; raises BadFolder and UnknownLicence."""
    components = components_of(sources)
    if SYSTEM == "linux":
        for library in inside(folder).glob("PySide6/Qt/lib/libicudata.so.*"):
            slim_icu(library)
        strip(folder)
    add_licences(inside(folder) / LICENCES, components, version=version, time=time)
    check(folder)
    return components


def inside(folder: Path) -> Path:
    """Return where the files lie that are not started."""
    return folder / "Contents" / "Resources" if folder.suffix == ".app" else folder / "_internal"


def strip(folder: Path) -> None:
    """Drop symbols that only debuggers read.

    Qt's libraries came without, and stay as they came. Those beside numpy were moved about when its package
    was made, and binutils breaks such ones.
    """
    kept = {"PySide6", "numpy.libs"}
    files = [path for path in files_of(folder) if ".so" in path.name and kept.isdisjoint(path.parts)]
    elves = [str(path) for path in files if path.read_bytes()[:4] == ELF]
    subprocess.run(("strip", "--strip-unneeded", "--", *elves), check=True)


def add_licences(folder: Path, components: Iterable[Component], *, version: str, time: int) -> None:
    """Copy every licence's text, and list whose it is."""
    listed = list(components)
    names = {component.name: text_names(component) for component in listed}
    for texts in names.values():
        for text, name in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, folder / name)
    texts_by_name = {name: list(texts.values()) for name, texts in names.items()}
    bill = bill_of(listed, texts_by_name, version=version, time=time, about="what is in the packaged program")
    (folder / FILE_NAME).write_bytes(bill)
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")


def check(folder: Path) -> None:
    """See that nothing came along unnoticed; raises BadFolder."""
    if strangers := sorted(not_allowed(places_in(folder), patterns())):
        listing = "\n  ".join(strangers)
        raise BadFolder(f"not in packaging/{SYSTEM}/allowed.txt:\n  {listing}")
    size = sum(path.stat().st_size for path in files_of(folder))
    if size > LARGEST_BYTES:
        raise BadFolder(f"{size:,} bytes; at most {LARGEST_BYTES:,} are wanted")


def patterns() -> list[str]:
    """Read the allow-list of this system."""
    lines = (ROOT / "packaging" / SYSTEM / "allowed.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def not_allowed(places: Iterable[str], allowed: list[str]) -> Iterator[str]:
    """Yield the places that no pattern fits."""
    return (place for place in places if not any(fnmatchcase(place, pattern) for pattern in allowed))


def places_in(folder: Path) -> list[str]:
    """List files and links by their places."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def files_of(folder: Path) -> list[Path]:
    """List files, without links."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
