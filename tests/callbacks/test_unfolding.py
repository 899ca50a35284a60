"""What paths lead to: folders, archives, encodings, and everything that is wrong with them."""

import gzip
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from vibes_desktop.callbacks import unpacking
from vibes_desktop.callbacks.source import FileSource
from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.callbacks.unfolding import CannotOpen, open_path, unfold

TEXT = b'{"a": 1}\n' * 1000


# Root may read everything, so a process that is to be refused gives its powers up first.
WITHOUT_ROOTS_POWERS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


def opened(path: Path) -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """Read everything a path leads to, by the last part of its name; trouble as text."""
    found: dict[str, tuple[bytes, tuple[str, ...]]] = {}
    for each in open_path(str(path)):
        if isinstance(each, FileSource):
            found[Path(each.name).name] = each.read_all(0, each.size + 10), each.notes
            each.close()
        else:
            found[str(each)] = b"", ()
    return found


def open_files() -> int:
    """Count the files that this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_plain_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(TEXT)
    assert opened(tmp_path / "a.json") == {"a.json": (TEXT, ())}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_as_utf_8_and_said(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(TEXT.decode().encode(encoding))
    content, notes = opened(tmp_path / "a.json")["a.json"]
    assert content == TEXT
    assert "UTF-16" in notes[0]


def test_gzip_with_several_members(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(TEXT) + gzip.compress(b"more"))
    assert opened(tmp_path / "a.gz") == {"a.gz": (TEXT + b"more", ())}


@pytest.mark.parametrize(
    "spoil", [lambda packed: packed[:-9], lambda packed: packed[:-6] + b"\0\0" + packed[-4:]]
)
def test_damaged_gzip_gives_what_there_is_and_says_so(spoil: object, tmp_path: Path) -> None:
    assert callable(spoil)
    (tmp_path / "a.gz").write_bytes(spoil(gzip.compress(os.urandom(300_000).hex().encode())))
    ((content, notes),) = opened(tmp_path / "a.gz").values()
    assert len(content) > 100_000
    assert "damaged or end early" in notes[0]


def test_a_gzip_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "SUSPICIOUS_BYTES", 4 << 20)
    (tmp_path / "a.gz").write_bytes(gzip.compress(bytes(64 << 20)))
    content, notes = opened(tmp_path / "a.gz")["a.gz"]
    assert len(content) < 8 << 20
    assert "more than is plausible" in notes[0]


def test_names_in_a_zip_are_labels(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../evil.json", TEXT)
        archive.writestr("inner/b.json.gz", gzip.compress(TEXT))
    found = list(open_path(str(tmp_path / "a.zip")))
    names = [each.name for each in found if isinstance(each, FileSource)]
    assert names == [f"{tmp_path}/a.zip!../../evil.json", f"{tmp_path}/a.zip!inner/b.json.gz"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]
    for each in found:
        assert isinstance(each, FileSource)
        assert each.read_all(0, each.size) == TEXT
        each.close()


def test_a_damaged_zip_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    (sentence,) = opened(tmp_path / "a.zip")
    assert "it can't be read" in sentence


def test_a_folder_in_order_without_going_in_circles(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.json").write_bytes(b"2")
    (tmp_path / "a.json").write_bytes(b"1")
    (tmp_path / ".hidden").write_bytes(b"0")
    (tmp_path / "b" / "circle").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert list(opened(tmp_path)) == ["a.json", "2.json"]


def test_a_folder_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    powerless = WITHOUT_ROOTS_POWERS if os.geteuid() == 0 else ()
    code = (
        "import sys; from vibes_desktop.callbacks.unfolding import open_path; print(*open_path(sys.argv[1]))"
    )
    done = subprocess.run(
        [*powerless, sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    closed.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert "permission denied" in done.stdout


@pytest.mark.parametrize("name", ["missing.json", "loop", "empty", "nul\0"])
def test_what_cannot_be_opened_is_one_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "empty").mkdir()
    (found,) = open_path(f"{tmp_path}/{name}")
    assert isinstance(found, CannotOpen)
    assert str(found).endswith(".")
    assert "\n" not in str(found)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(gzip.compress(TEXT)))))
    (found,) = open_path("-")
    assert isinstance(found, FileSource)
    assert (found.name, found.read_all(0, found.size)) == ("-", TEXT)
    found.close()


def test_a_device_is_no_file() -> None:
    (found,) = open_path("/dev/zero")
    assert str(found) == "/dev/zero: it is a device, not a file."


def test_an_archive_inside_of_gzip_is_taken_apart(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", TEXT)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    assert opened(tmp_path / "outer.zip") == {"outer.zip!inner.zip!a.json": (TEXT, ())}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells which files are open")
def test_all_that_is_unpacked_shares_one_temporary_file(tmp_path: Path) -> None:
    before = open_files()
    for number in range(20):
        (tmp_path / f"{number}.gz").write_bytes(gzip.compress(TEXT + b"%d" % number))
    found = list(open_path(str(tmp_path)))
    assert open_files() <= before + 1
    for each in found:
        assert isinstance(each, FileSource)
        assert each.read_all(0, each.size + 9) == TEXT + Path(each.name).stem.encode()
        each.close()
    assert open_files() == before


def test_unpacking_can_be_given_up(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(bytes(8 << 20)))
    stopper = Stopper()
    (found,) = unfold(str(tmp_path / "a.gz"), check=stopper.check)
    assert isinstance(found, FileSource)
    found.fill(1, stopper.check)
    assert not found.is_whole
    stopper.stop()
    with pytest.raises(Stopped):
        found.fill_all(stopper.check)
    found.close()
