"""The package for Debian and Ubuntu, made without their tools: two archives in a third."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.packing.archives import ar_of, gzipped, tar_of, xz
from scripts.packing.components import ROOT, Component
from scripts.packing.folder import files_of

NAME = "vibes-desktop"
DESKTOP = ROOT / "resources" / "desktop-integration"
PROGRAM = Path("usr/lib") / NAME
MAINTAINER = "Vibes Desktop developers <vibes-desktop@invalid>"
KEYRINGS = "gnome-keyring | kwalletmanager | keepassxc"
DESCRIPTION = """Look up and correct subscriber records of the Vibes platform
 A desktop program for people who work with the subscriber records and the
 callbacks of the Vibes Mobile Engagement Platform, with a simulated platform
 to try everything on."""


def write_deb(
    folder: Path,
    staging: Path,
    components: Sequence[Component],
    *,
    version: str,
    time: int,
    depends: Sequence[str],
) -> bytes:
    """Lay the files out as they will be installed, and pack them; `staging` must not exist yet."""
    lay_out(folder, staging, components, version=version, time=time)
    content = {
        "control": control(version, architecture(), depends, staging).encode(),
        "md5sums": checksums(staging).encode(),
    }
    info = staging.with_name("control")
    info.mkdir()
    for name, text in content.items():
        (info / name).write_bytes(text)
    parts = {
        "debian-binary": b"2.0\n",
        "control.tar.xz": xz(tar_of(info, ".", time)),
        "data.tar.xz": xz(tar_of(staging, ".", time)),
    }
    return ar_of(parts, time)


def lay_out(folder: Path, root: Path, components: Sequence[Component], *, version: str, time: int) -> None:
    """Put the program, its start, and what a desktop wants to know about it below `root`."""
    shutil.copytree(folder, root / PROGRAM, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = root / "usr/share"
    _copy(DESKTOP / f"{NAME}.desktop", share / "applications")
    _copy(DESKTOP / f"{NAME}.xml", share / "mime/packages")
    _copy(ROOT / f"resources/icons/{NAME}.svg", share / "icons/hicolor/scalable/apps")
    for picture in sorted(DESKTOP.glob("icons/*.png")):
        size = picture.stem
        place = share / f"icons/hicolor/{size}x{size}/apps"
        _copy(picture, place).rename(place / f"{NAME}.png")
    manual = (DESKTOP / f"{NAME}.1").read_text().replace("@VERSION@", version)
    day = datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d")
    _write(share / f"man/man1/{NAME}.1.gz", gzipped(manual.replace("@DATE@", day).encode()))
    documents = share / "doc" / NAME
    _write(documents / "changelog.gz", gzipped((ROOT / "CHANGELOG.md").read_bytes()))
    _write(documents / "copyright", copyright_of(components).encode())


def control(version: str, machine: str, depends: Sequence[str], root: Path) -> str:
    """Write the control file."""
    kibibytes = -(-sum(file.stat().st_size for file in files_of(root)) // 1024)
    lines = (
        f"Package: {NAME}",
        f"Version: {version}",
        f"Architecture: {machine}",
        f"Maintainer: {MAINTAINER}",
        f"Installed-Size: {kibibytes}",
        f"Depends: {', '.join(depends)}",
        f"Recommends: {KEYRINGS}, shared-mime-info, xdg-utils",
        "Suggests: xdg-desktop-portal, ibus",
        "Section: net",
        "Priority: optional",
        f"Description: {DESCRIPTION}",
    )
    return "\n".join(lines) + "\n"


def checksums(root: Path) -> str:
    """List each file with its sum, for `dpkg --verify`: the kind of sum is the format's."""
    sums = {file: hashlib.md5(file.read_bytes(), usedforsecurity=False) for file in files_of(root)}
    return "".join(f"{digest.hexdigest()}  {file.relative_to(root)}\n" for file, digest in sums.items())


def copyright_of(components: Sequence[Component]) -> str:
    """Write Debian's file about licences, which points to the texts that lie in the folder."""
    texts = f"/{PROGRAM.as_posix()}/_internal/licences"
    own = (ROOT / "LICENSE").read_text()
    parts = "".join(f" {each.name} {each.version}: {each.licence}\n" for each in components)
    return f"{own}\nIt holds work of others; the licences' texts are in {texts}.\n\n{parts}"


def architecture() -> str:
    """Name this machine as Debian does."""
    import platform

    return {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]


def _copy(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(file, folder / file.name))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
