"""The window's state goes through the settings file."""

from pathlib import Path

import pytest

from vibes_desktop.app.window_memory import WindowMemory, switches_from
from vibes_desktop.model.policy import Managed, Policy
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.ui.times import Zone


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


def test_the_switches_are_as_they_were_left(tmp_path: Path) -> None:
    memory = WindowMemory(keeper(tmp_path))
    privacy, times = switches_from(memory)
    assert (privacy.is_masking, times.zone) == (False, Zone.LOCAL)
    privacy.set_masking(True)
    times.set_zone(Zone.UTC)
    memory.save()
    privacy, times = switches_from(WindowMemory(keeper(tmp_path)))
    assert (privacy.is_masking, times.zone) == (True, Zone.UTC)


def test_a_zone_nobody_knows_is_this_computers(tmp_path: Path) -> None:
    memory = WindowMemory(keeper(tmp_path))
    memory.put("times", b"moon")
    assert switches_from(memory)[1].zone is Zone.LOCAL


@pytest.mark.parametrize(
    ("left", "is_locked", "is_masking"),
    [(None, False, True), (b"off", False, False), (b"off", True, True), (None, True, True)],
)
def test_a_policy_says_how_the_masking_begins_or_stays(
    tmp_path: Path, left: bytes | None, is_locked: bool, is_masking: bool
) -> None:
    memory = WindowMemory(keeper(tmp_path))
    if left is not None:
        memory.put("masking", left)
    policy = Policy(masking=True, locked=frozenset({Managed.MASKING} if is_locked else ()))
    privacy, _ = switches_from(memory, policy=policy)
    assert (privacy.is_masking, privacy.is_locked) == (is_masking, is_locked)
    privacy.set_masking(not is_masking)
    assert privacy.is_masking is (is_masking if is_locked else not is_masking)
