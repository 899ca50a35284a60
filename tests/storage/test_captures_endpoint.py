"""The kept endpoint: the same address after every start, for this user's eyes alone."""

import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.captures_endpoint import EndpointFile
from vibes_desktop.storage.folders import Folders

LOOK = """
import sys
from pathlib import Path
from vibes_desktop.storage.captures_endpoint import EndpointFile
print(EndpointFile(Path(sys.argv[1])).exists)
"""


@pytest.fixture
def file(tmp_path: Path) -> EndpointFile:
    """A file that isn't there yet."""
    return EndpointFile.of(Folders.under(tmp_path))


def test_the_first_time_one_is_made_and_kept(file: EndpointFile, tmp_path: Path) -> None:
    path = tmp_path / "config" / "endpoint.json"
    assert file.exists is path.exists() is False
    first = file.load()
    assert EndpointFile(path).exists
    assert file.load() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_everything_comes_back(file: EndpointFile) -> None:
    endpoint = Endpoint(host="::1", first_port=1, last_port=2).renewed(datetime(2026, 1, 5, 6, 7, tzinfo=UTC))
    endpoint = endpoint.allowing("x.ngrok.app")
    file.save(endpoint)
    assert file.load() == endpoint


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"host": 1}', "[" * 100_000])
def test_an_unreadable_file_is_told_and_kept(file: EndpointFile, tmp_path: Path, text: str) -> None:
    path = tmp_path / "config" / "endpoint.json"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(StorageError):
        file.load()
    assert path.read_text() == text


def test_a_folder_that_may_not_be_entered_holds_none(
    file: EndpointFile, tmp_path: Path, unprivileged: Callable[..., str]
) -> None:
    file.load()
    (tmp_path / "config").chmod(0)
    try:
        assert unprivileged(LOOK, tmp_path / "config" / "endpoint.json") == "False\n"
    finally:
        (tmp_path / "config").chmod(0o700)


def test_a_path_that_is_a_folder_is_told(file: EndpointFile, tmp_path: Path) -> None:
    (tmp_path / "config" / "endpoint.json").mkdir(parents=True)
    with pytest.raises(StorageError):
        file.load()
