"""The settings in use are changed in one place and saved at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.policy import MANAGED, Managed, Policy
from vibes_desktop.model.profile import Profile, ProfileId, Region
from vibes_desktop.storage.settings import Settings, SettingsFile, Theme
from vibes_desktop.storage.settings_keeper import SettingsKeeper

READ_ONLY_HOME = """
import sys
from dataclasses import replace
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.settings import SettingsFile, Theme
from vibes_desktop.storage.settings_keeper import SettingsKeeper
keeper = SettingsKeeper(SettingsFile(Path(sys.argv[1])))
try:
    keeper.change(lambda settings: replace(settings, theme=Theme.DARK))
except StorageError as error:
    print(keeper.settings.theme, "|", error.done)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file will be."""
    return tmp_path / "settings.json"


def test_a_change_holds_and_is_saved(path: Path) -> None:
    keeper = SettingsKeeper(SettingsFile(path))
    assert keeper.trouble is None
    changed = keeper.change(lambda settings: replace(settings, theme=Theme.DARK))
    assert changed == keeper.settings == SettingsFile(path).load() == Settings(theme=Theme.DARK)


def test_a_broken_file_is_told_and_does_not_stop_the_program(path: Path) -> None:
    path.write_bytes(bytes(1000))
    keeper = SettingsKeeper(SettingsFile(path))
    assert keeper.settings == Settings()
    assert keeper.trouble is not None
    keeper.change(lambda settings: replace(settings, retention_days=7))
    assert SettingsFile(path).load().retention_days == 7


def test_a_change_that_fails_changes_nothing(path: Path) -> None:
    def fail(settings: Settings) -> Settings:
        raise KeyError

    keeper = SettingsKeeper(SettingsFile(path))
    with pytest.raises(KeyError):
        keeper.change(fail)
    assert keeper.settings == Settings()
    assert not path.exists()


def test_changes_of_many_threads_are_all_kept(path: Path) -> None:
    keeper = SettingsKeeper(SettingsFile(path))

    def add(number: int) -> None:
        keeper.change(lambda settings: replace(settings, window={**settings.window, str(number): "x"}))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(SettingsFile(path).load().window) == {str(number) for number in range(16)}


def test_what_cannot_be_saved_holds_until_the_end(folder: Path, unprivileged: Callable[..., str]) -> None:
    folder.chmod(0o555)
    assert unprivileged(READ_ONLY_HOME, folder / "settings.json").startswith("dark | The change holds until")


def test_what_cannot_be_saved_is_a_storage_error_of_its_kind_in_words(path: Path) -> None:
    keeper = SettingsKeeper(SettingsFile(path))
    path.mkdir()
    with pytest.raises(StorageError) as caught:
        keeper.change(lambda settings: replace(settings, theme=Theme.DARK))
    assert str(path) in caught.value.advice


def test_a_policy_holds_over_the_file_and_is_never_written_into_it(path: Path) -> None:
    managed = Profile(ProfileId(f"{MANAGED}1"), "Acme", "ACME", Region.US.base_url, "acme")
    policy = Policy(profiles=(managed,), retention_days=30, locked=frozenset({Managed.RETENTION}))
    keeper = SettingsKeeper(SettingsFile(path), policy)
    keeper.change(lambda settings: replace(settings, retention_days=7, current_profile=managed.id))
    assert keeper.settings.profiles == (managed,)
    assert keeper.settings.retention_days == 30
    again = SettingsKeeper(SettingsFile(path), policy)
    assert again.settings.profile(again.settings.current_profile) == managed
    bare = SettingsKeeper(SettingsFile(path))
    assert (bare.settings.profiles, bare.settings.retention_days) == ((), 7)


def test_what_is_not_locked_is_where_a_person_begins(path: Path) -> None:
    policy = Policy(retention_days=30)
    keeper = SettingsKeeper(SettingsFile(path), policy)
    assert keeper.settings.retention_days == 30
    keeper.change(lambda settings: replace(settings, retention_days=7))
    assert keeper.settings.retention_days == 7
