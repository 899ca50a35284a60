"""The window's state goes through the settings file."""

from pathlib import Path

from vibes_desktop.app.window_memory import WindowMemory
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper


def keeper(tmp_path: Path) -> SettingsKeeper:
    return SettingsKeeper(SettingsFile(tmp_path / "settings.json"))


def test_bytes_come_back_after_a_restart(tmp_path: Path) -> None:
    memory = WindowMemory(keeper(tmp_path))
    memory.put("geometry", b"\x00\xff")
    memory.save()
    assert WindowMemory(keeper(tmp_path)).get("geometry") == b"\x00\xff"


def test_nothing_and_damage_read_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"window": {"geometry": "%%%"}}')
    memory = WindowMemory(keeper(tmp_path))
    assert memory.get("geometry") is None
    assert memory.get("page") is None


def test_a_disk_that_refuses_costs_only_the_place(tmp_path: Path) -> None:
    settings = SettingsKeeper(SettingsFile(tmp_path / "a-file" / "settings.json"))
    (tmp_path / "a-file").write_text("in the way of the folder")
    memory = WindowMemory(settings)
    memory.put("page", b"people")
    memory.save()
    assert memory.get("page") == b"people"
