from __future__ import annotations

from pathlib import Path

import pytest

from vibes_desktop.ui import resources
from vibes_desktop.ui.resources import resources_dir


def test_in_the_checkout() -> None:
    assert (resources_dir() / "themes" / "light.json").is_file()


def test_in_the_installed_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "vibes_desktop"
    (package / "resources").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources_dir() == package / "resources"


def test_in_the_frozen_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources_dir() == tmp_path / "resources"
