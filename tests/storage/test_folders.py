"""The program's folders are for this user alone."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.folders import Folders, make_private_folder

CREATE = """
import sys
from pathlib import Path
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.folders import Folders
try:
    Folders.under(Path(sys.argv[1]) / "home").create()
except StorageError as error:
    print(error.title, "|", error.advice)
"""


def test_the_folders_of_the_user_are_where_the_system_wants_them(own_home: Path) -> None:
    folders = Folders.of_user()
    assert folders.config == own_home / ".config" / "vibes-desktop"
    assert folders.data == own_home / ".local" / "share" / "vibes-desktop"
    assert folders.state == own_home / ".local" / "state" / "vibes-desktop"
    assert folders.cache == own_home / ".cache" / "vibes-desktop"


def test_each_file_lies_in_its_folder(tmp_path: Path) -> None:
    folders = Folders.under(tmp_path)
    assert folders.settings_file == tmp_path / "config" / "settings.json"
    assert folders.desk_file == tmp_path / "data" / "desk.sqlite3"
    assert folders.log_file == tmp_path / "state" / "vibes-desktop.log"
    assert folders.kept_indexes == tmp_path / "cache" / "indexes"


def test_they_are_made_private(tmp_path: Path) -> None:
    Folders.under(tmp_path / "deep" / "down").create()
    for name in ("config", "data", "state", "cache"):
        assert stat.S_IMODE((tmp_path / "deep" / "down" / name).stat().st_mode) == 0o700


def test_an_open_folder_is_narrowed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    make_private_folder(tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_the_owners_rights_are_not_widened(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o555)
    make_private_folder(tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o500


def test_a_file_in_the_way_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("not a folder")
    with pytest.raises(StorageError):
        Folders.under(tmp_path).create()


def test_a_read_only_home_is_a_storage_error(folder: Path, unprivileged: Callable[..., str]) -> None:
    folder.chmod(0o555)
    assert unprivileged(CREATE, folder).startswith("A file can't be opened or written | Check who may")
