"""What the first paint needs of the settings, whatever their file holds."""

from pathlib import Path

import pytest

from vibes_desktop.storage.glance import GEOMETRY, Glance, glance
from vibes_desktop.storage.settings import Settings, SettingsFile, Theme


def test_it_reads_what_the_settings_wrote(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    SettingsFile(file).save(Settings(theme=Theme.DARK, window={GEOMETRY: "AP8="}))
    assert glance(file) == Glance("dark", b"\x00\xff")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Glance()),
        ("{", Glance()),
        ("[" * 100_000, Glance()),
        ("[1]", Glance()),
        ('\ufeff{"theme": "dark"}', Glance("dark")),
        ('{"theme": 7, "window": []}', Glance()),
        ('{"theme": "light", "window": {"geometry": "%%%"}}', Glance("light")),
        ('{"theme": "light", "window": {"geometry": "é"}}', Glance("light")),
        ('{"window": {"geometry": {}}}', Glance()),
    ],
)
def test_what_is_damaged_is_empty(tmp_path: Path, text: str, expected: Glance) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")
    assert glance(file) == expected


def test_what_is_missing_is_empty(tmp_path: Path) -> None:
    assert glance(tmp_path / "none.json") == Glance()
    assert glance(tmp_path) == Glance()
