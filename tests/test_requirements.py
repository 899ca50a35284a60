"""The locked packages: complete, with hashes, and naming no address."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.+]*)(?: ; (?P<marker>.+))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
TO_INSTALL_THE_CHECKOUT = {"editables", "hatchling"}


def normalised(name: str) -> str:
    """Write a package's name as a lock file does."""
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(file: str) -> dict[str, re.Match[str]]:
    """Read a lock file: one pin per package; fails at a pin without a hash and at anything else."""
    found = {}
    for entry in re.sub(r"\s*\\\n\s*", "\t", (FOLDER / file).read_text()).splitlines():
        pin, *hashes = entry.split("\t")
        match = PIN.fullmatch(pin)
        assert match, pin
        assert hashes, pin
        assert all(HASH.fullmatch(text) for text in hashes), pin
        found[match["name"]] = match
    return found


def wanted(file: str) -> list[str]:
    """Read what a list of wanted packages asks for, without comments and references to other files."""
    lines = (FOLDER / file).read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r ", "-c "))]


def names(requirements: list[str]) -> set[str]:
    """Name the packages of requirements such as `PySide6-Essentials>=6.11.3,<6.12`."""
    return {normalised(re.split(r"[<>=!~ ;\[]", text)[0]) for text in requirements}


@pytest.mark.parametrize("file", ["run.txt", "dev.txt", "build.txt"])
def test_every_line_is_a_pin_with_hashes(file: str) -> None:
    assert len(entries(file)) > len(wanted("run.in"))


@pytest.mark.parametrize("file", sorted(file.name for file in FOLDER.iterdir()))
def test_no_address_is_named(file: str) -> None:
    text = (FOLDER / file).read_text()
    assert not re.search(r"://|index-url|find-links|trusted-host| @ |\bwww\.|\.(org|com|io|net)\b", text)


def test_the_program_asks_for_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = wanted("run.in")
    asked = [text for text in run if normalised(text) not in TO_INSTALL_THE_CHECKOUT]
    assert sorted(asked) == sorted(project["project"]["dependencies"])
    assert set(project["build-system"]["requires"]) == TO_INSTALL_THE_CHECKOUT <= names(run)


def test_everything_asked_for_is_locked() -> None:
    assert names(wanted("run.in")) <= set(entries("run.txt"))
    assert names(wanted("dev.in")) <= set(entries("dev.txt"))
    assert names(wanted("build.in")) <= set(entries("build.txt"))


@pytest.mark.parametrize("file", ["dev.txt", "build.txt"])
def test_what_is_tested_and_packaged_is_what_is_locked_to_run(file: str) -> None:
    run, others = entries("run.txt"), entries(file)
    assert {name: pin["version"] for name, pin in run.items()} == {
        name: others[name]["version"] for name in run
    }


def test_the_tests_run_on_the_locked_versions() -> None:
    for name, pin in entries("dev.txt").items():
        if pin["marker"] is None:
            assert version(name) == pin["version"]


def test_only_qts_essentials_are_locked() -> None:
    locked = set(entries("dev.txt"))
    assert "pyside6-essentials" in locked
    assert not locked & {"pyside6", "pyside6-addons", "phonenumberslite"}
