"""Archives hold what they should, and nothing of when and by whom they were made."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from scripts.packing.archives import ar_of, gzipped, tar_of, xz

TIME = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    (made / "inner").mkdir(parents=True)
    (made / "b").write_text("b")
    (made / "a-program").write_text("a")
    (made / "a-program").chmod(0o711)
    (made / "inner" / "c").write_text("c")
    (made / "link").symlink_to("inner/c")
    return made


def test_a_tar_is_sorted_and_of_one_time_and_owner(folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(tar_of(folder, "top", TIME))) as archive:
        members = archive.getmembers()
    assert [each.name for each in members] == [
        "top",
        "top/a-program",
        "top/b",
        "top/inner",
        "top/inner/c",
        "top/link",
    ]
    assert {(each.mtime, each.uid, each.gid, each.uname) for each in members} == {(TIME, 0, 0, "root")}
    modes = {each.name: each.mode for each in members}
    assert (modes["top/a-program"], modes["top/b"], modes["top/inner"]) == (0o755, 0o644, 0o755)
    assert members[-1].linkname == "inner/c"


def test_neither_times_nor_the_mask_change_it(folder: Path) -> None:
    before = tar_of(folder, "top", TIME)
    os.utime(folder / "b", (1, 1))
    (folder / "b").chmod(0o600)
    assert tar_of(folder, "top", TIME) == before
    (folder / "b").chmod(0o700)
    assert tar_of(folder, "top", TIME) != before


def test_what_was_compressed_comes_back_the_same_each_time() -> None:
    content = os.urandom(1000) * 100
    assert xz(content) == xz(content)
    done = subprocess.run(
        ("xz", "--decompress", "--stdout"), input=xz(content), capture_output=True, check=True
    )
    assert done.stdout == content
    assert gzipped(content)[4:8] == bytes(4)  # no time


def test_an_ar_is_read_by_the_system_s_own(tmp_path: Path) -> None:
    archive = tmp_path / "made.a"
    archive.write_bytes(ar_of({"debian-binary": b"2.0\n", "odd": b"x"}, TIME))
    listed = subprocess.run(("ar", "t", archive), capture_output=True, text=True, check=True)
    assert listed.stdout.split() == ["debian-binary", "odd"]
    odd = subprocess.run(("ar", "p", archive, "odd"), capture_output=True, check=True)
    assert odd.stdout == b"x"
