"""The main job, done with the installed program by keys alone."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journey import eyes
from tests.journey.platform import Platform, running_platform
from tests.journey.story import Story
from tests.packaged.clean_root import System
from tests.packaged.eyes import ScreenReader
from tests.packaged.outside import OutsideDriver
from vibes_desktop.storage.folders import Folders

# Those of the main job; what they need of the eyes a screen reader can do too.
CHAPTERS = (
    "the first start",
    "adding a profile",
    "testing the connection",
    "signing in",
    "finding by external ID",
    "finding by person key",
    "finding by number",
    "choosing one of several",
    "editing",
    "reviewing",
    "saving",
    "undoing",
    "finding nobody",
    "adding",
    "merging",
    "the history",
    "the command palette",
    "another theme",
)
FROM_OUTSIDE = ("focus_name", "focus_value", "is_checked", "is_said", "texts_in_sight")
LOCK = "window.lock"  # made by Qt; it holds the number of a process


@pytest.fixture
def platform() -> Iterator[Platform]:
    """The simulated platform, from source: it belongs to the test."""
    with running_platform() as platform:
        yield platform


def test_the_whole_story(
    window: subprocess.Popen[str],
    platform: Platform,
    system: System,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = []
    with closing(ScreenReader()) as reader:
        for name in FROM_OUTSIDE:
            monkeypatch.setattr(eyes, name, getattr(reader, name))
        driver = OutsideDriver(tmp_path, reader, window)
        driver.wait(reader.has_program, "the window")
        for name, chapter in Story(driver, platform).chapters():
            if name in CHAPTERS:
                chapter()
                told.append(name)
        _open_samples(system, driver)
    assert tuple(told) == CHAPTERS
    assert window.poll() is None


def _open_samples(system: System, driver: OutsideDriver) -> None:
    """Start the program a second time with files: the open window takes them over."""
    inside = "_internal/resources/samples/types"
    folder = (system.root / "usr/lib/vibes-desktop" / inside).relative_to(system.root)
    done = system.run(system.program, f"/{folder}" if system.is_clean else str(system.root / folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert "brought to the front" in done.stdout
    driver.wait_for_text("subscription_removed")


def test_its_files_are_its_users_alone(system: System) -> None:
    folders = Folders.of_user()
    assert folders.settings_file.is_file()
    assert folders.desk_file.is_file()
    for folder in (folders.config, folders.data, folders.state):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for file in folder.rglob("*"):
            if file.is_file() and file.name != LOCK:
                assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
