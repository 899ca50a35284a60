"""`python -m scripts.packing`: makes of PyInstaller's folder what is shipped. Called by scripts/build."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.packing.archives import tar_of, xz
from scripts.packing.bill import bill_of, text_names
from scripts.packing.components import Component, UnknownLicence
from scripts.packing.deb import NAME, architecture, write_deb
from scripts.packing.dependencies import UnknownLibrary, dependencies_of
from scripts.packing.folder import SYSTEM, BadFolder, finish
from vibes_desktop import __version__

LARGEST_ARCHIVE_BYTES = 50_000_000


def main() -> int:
    """Finish the folder and pack it; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m scripts.packing")
    parser.add_argument("work", type=Path, help="where PyInstaller worked; holds its folder and sources.json")
    parser.add_argument("output", type=Path, help="where the artefacts go")
    arguments = parser.parse_args()
    try:
        pack(arguments.work, arguments.output, time=int(os.environ["SOURCE_DATE_EPOCH"]))
    except (BadFolder, UnknownLicence, UnknownLibrary) as error:
        sys.stderr.write(f"build: {error}\n")
        return 1
    return 0


def pack(work: Path, output: Path, *, time: int) -> None:
    """Finish the folder, and on Linux pack it; raises BadFolder, UnknownLicence and UnknownLibrary."""
    bundle = work / "dist" / ("Vibes Desktop.app" if SYSTEM == "macos" else NAME)
    sources = json.loads((work / "sources.json").read_text())
    components = finish(bundle, sources, version=__version__, time=time)
    output.mkdir(parents=True, exist_ok=True)
    folder = output / bundle.name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(bundle, folder)
    made: dict[str, bytes] = {}
    if SYSTEM == "linux":
        title = f"{NAME}-{__version__}-linux-{platform.machine()}"
        made[f"{title}.tar.xz"] = xz(tar_of(folder, f"{NAME}-{__version__}", time))
        depends = dependencies_of(folder)
        deb = write_deb(
            folder, work / "deb" / "root", components, version=__version__, time=time, depends=depends
        )
        made[f"{NAME}_{__version__}_{architecture()}.deb"] = deb
    write_all(output, made, components, time=time)


def write_all(output: Path, made: dict[str, bytes], components: Sequence[Component], *, time: int) -> None:
    """Write artefacts, each with its list of components, and their sums; raises BadFolder for a large one."""
    texts = {each.name: list(text_names(each).values()) for each in components}
    sums = []
    for name, content in sorted(made.items()):
        if len(content) > LARGEST_ARCHIVE_BYTES:
            raise BadFolder(
                f"{name} has {len(content):,} bytes; at most {LARGEST_ARCHIVE_BYTES:,} are wanted"
            )
        bill = bill_of(components, texts, version=__version__, time=time, about=name)
        for file, data in ((name, content), (f"{name}.cdx.json", bill)):
            (output / file).write_bytes(data)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {file}\n")
    if sums:
        (output / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    sys.exit(main())
