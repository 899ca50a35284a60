"""Nothing gets into the packaged program unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.packing import folder as folders
from scripts.packing.components import ROOT
from scripts.packing.folder import BadFolder, check, not_allowed, patterns

SYSTEMS = ("linux", "windows", "macos")


def test_a_stranger_is_named(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "vibes-desktop").touch()
    check(tmp_path)
    (tmp_path / "_internal" / "stranger.txt").touch()
    with pytest.raises(BadFolder, match=r"_internal/stranger\.txt"):
        check(tmp_path)


def test_too_large_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vibes-desktop").write_bytes(b"12345")
    monkeypatch.setattr(folders, "LARGEST_BYTES", 4)
    with pytest.raises(BadFolder, match="5 bytes"):
        check(tmp_path)


def test_neither_a_gtk_theme_nor_other_platforms_of_qt_are_allowed() -> None:
    inside = "_internal/PySide6/Qt/plugins"
    unwanted = [
        f"{inside}/platformthemes/libqgtk3.so",
        f"{inside}/platforms/libqvnc.so",
        f"{inside}/imageformats/libqtiff.so",
        "_internal/PySide6/Qt/lib/libQt6Quick.so.6",
        "_internal/PySide6/Qt/lib/libQt6Charts.so.6",
        "_internal/certifi/cacert.pem",
    ]
    assert list(not_allowed(unwanted, patterns())) == unwanted
    wanted = [f"{inside}/platforms/libq{name}.so" for name in ("offscreen", "wayland", "xcb")]
    assert list(not_allowed(wanted, patterns())) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_has_an_allow_list_without_wildcards_for_everything(system: str) -> None:
    lines = (ROOT / "packaging" / system / "allowed.txt").read_text().splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]
    assert listed
    assert not {"*", "_internal/*", "Contents/*", "Contents/Frameworks/*"} & set(listed)
