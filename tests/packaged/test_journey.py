"""The main job, done with the installed program by keys alone."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journey import story
from tests.journey.platform import Platform, running_platform
from tests.journey.story import Story
from tests.packaged.clean_root import System
from tests.packaged.eyes import ScreenReader
from tests.packaged.outside import OutsideDriver
from vibes_desktop.storage.folders import Folders

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
        monkeypatch.setattr(story, "eyes", reader)
        driver = OutsideDriver(tmp_path, reader, window)
        driver.wait(reader.has_program, "the window")
        for name, chapter in Story(driver, platform).chapters():
            chapter()
            told.append(name)
    assert {"adding a profile", "signing in", "editing", "reviewing", "saving", "undoing"} <= set(told)
    assert window.poll() is None


def test_its_files_are_its_users_alone(system: System) -> None:
    folders = Folders.of_user()
    assert folders.settings_file.is_file()
    assert folders.desk_file.is_file()
    for folder in (folders.config, folders.data, folders.state):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for file in folder.rglob("*"):
            if file.is_file() and file.name != LOCK:
                assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
