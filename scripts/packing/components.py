"""Whose work is in the packaged program: found by the files that went into it."""

from __future__ import annotations

import platform
import subprocess
import sys
import sysconfig
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LICENCES = ROOT / "packaging" / "licences"
QT_TEXTS = tuple(LICENCES / name for name in ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"))
QT_LICENCE = "LGPL-3.0-only"
QT_PACKAGES = {"PySide6_Essentials", "shiboken6"}
LICENCE_WORDS = ("license", "licence", "copying", "notice")
# Of packages whose metadata say it in words instead of an SPDX expression.
IN_WORDS = {"BSD License": "BSD-3-Clause", "MIT License": "MIT", "Apache Software License": "Apache-2.0"}


@dataclass(frozen=True, slots=True)
class Component:
    """Somebody's work. `licence` is an SPDX expression; `url` a package URL."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    url: str = ""


class UnknownLicence(Exception):
    """A component comes without a licence, or without its text; the text names it."""


def components_of(sources: Iterable[str]) -> list[Component]:
    """Find the components that these files belong to, by name; raises UnknownLicence."""
    files = {Path(source).resolve() for source in sources}
    found = [python(), *_packages(files), *_qt(files), *_system_libraries(files)]
    for component in found:
        if not component.licence or not component.texts:
            raise UnknownLicence(f"{component.name} {component.version} has no licence, or no text of it")
    return sorted(found, key=lambda component: component.name.lower())


def python() -> Component:
    """Name the interpreter."""
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    )
    texts = tuple(place for place in places if place.is_file())[:1]
    return Component("Python", platform.python_version(), "PSF-2.0", texts)


def _packages(files: Collection[Path]) -> Iterator[Component]:
    """Name the Python packages, and PyInstaller, whose start-up code is in the program too."""
    for package in metadata.distributions():
        own = {Path(str(package.locate_file(file))).resolve() for file in package.files or ()}
        if own.isdisjoint(files) and package.name != "pyinstaller":
            continue
        is_qt = package.name in QT_PACKAGES
        texts = tuple(sorted(file for file in own if _is_licence(file)))
        yield Component(
            package.name,
            package.version,
            QT_LICENCE if is_qt else _licence(package),
            QT_TEXTS if is_qt else texts,
            f"pkg:pypi/{package.name.lower().replace('_', '-')}@{package.version}",
        )


def _qt(files: Collection[Path]) -> Iterator[Component]:
    """Name what came inside Qt's package."""
    from PySide6.QtCore import qVersion

    yield Component("Qt", qVersion(), QT_LICENCE, (*QT_TEXTS, LICENCES / "Qt-third-party.txt"))
    for file in files:
        if file.name.startswith("libicudata.so."):
            yield Component("ICU", file.name.rpartition(".")[2], "Unicode-3.0", (LICENCES / "ICU.txt",))


def _system_libraries(files: Collection[Path]) -> Iterator[Component]:
    """Name the packages of the build machine whose libraries were taken along (Debian, Ubuntu)."""
    libraries = [file for file in files if file.is_relative_to("/usr/lib") and ".so" in file.name]
    if sys.platform != "linux":
        return
    names = {name for library in libraries if (name := _debian_package(library))}
    for name in sorted(names):
        text, version = Path("/usr/share/doc") / name / "copyright", _debian_version(name)
        texts = (text,) if text.is_file() else ()
        yield Component(name, version, f"LicenseRef-{name}", texts, f"pkg:deb/debian/{name}@{version}")


def _debian_package(library: Path) -> str | None:
    """Ask whose file it is: dpkg may know it by its place from before /lib became a link to /usr/lib."""
    for place in (str(library), str(library).removeprefix("/usr")):
        said = subprocess.run(("dpkg-query", "-S", place), capture_output=True, text=True, check=False)
        if said.returncode == 0:
            return said.stdout.partition(":")[0]
    return None


def _debian_version(name: str) -> str:
    command = ("dpkg-query", "-W", "-f", "${Version}\n", name)
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.partition("\n")[0]


def _is_licence(file: Path) -> bool:
    is_apart = ".dist-info" in file.parent.as_posix()
    return is_apart and file.suffix != ".py" and any(word in file.name.lower() for word in LICENCE_WORDS)


def _licence(package: metadata.Distribution) -> str:
    """Find the SPDX expression: stated as such, or by a known word."""
    if package.name == "pyinstaller":  # its metadata spell the exception out
        return "GPL-2.0-or-later WITH Bootloader-exception"
    said = package.metadata
    names = set(said)
    expression = said["License-Expression"] if "License-Expression" in names else ""
    licence = said["License"] if "License" in names else ""
    classifiers = [text.rpartition(" :: ")[2] for text in said.get_all("Classifier") or []]
    in_words = next((IN_WORDS[text] for text in classifiers if text in IN_WORDS), "")
    return expression or (licence if " " not in licence else "") or in_words
