"""The switch that hides personal data."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.privacy import KNOWN_AT_MOST, Privacy


def test_shows_everything_until_it_is_switched_on() -> None:
    privacy = Privacy()
    assert privacy.number("+13125550143") == "+13125550143"
    assert privacy.own("Jo") == "Jo"
    assert privacy.text("to +13125550143") == "to +13125550143"


def test_hides_once_it_is_on_and_tells(qtbot: QtBot) -> None:
    privacy = Privacy()
    with qtbot.waitSignal(privacy.changed):
        privacy.set_masking(True)
    assert privacy.number("+13125550143") == "+•••••••••43"
    assert privacy.own("Millar") == "M•••"
    assert privacy.text("to +13125550143") == "to +•••••••••43"


def test_tells_nothing_when_nothing_changes(qtbot: QtBot) -> None:
    privacy = Privacy(is_masking=True)
    with qtbot.assertNotEmitted(privacy.changed):
        privacy.set_masking(True)


def test_what_is_known_of_people_is_hidden_in_any_sentence() -> None:
    privacy = Privacy(is_masking=True)
    privacy.know("Steve Millar", "EXT542342", None, "", "ab")
    assert privacy.text("The edits of steve millar (EXT542342, ab)") == "The edits of s••• (E•••, ab)"


def test_what_is_known_is_bounded() -> None:
    privacy = Privacy(is_masking=True)
    for number in range(KNOWN_AT_MOST + 1):
        privacy.know(f"name-{number:06}")
    assert privacy.text("name-000000 name-000001") == "name-000000 n•••"
