"""The list of profiles."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.ui.settings.profile_list import ProfileList, ProfileListActions
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.pill import SafetyPill


@dataclass
class Called:
    """What was asked for, in order."""

    what: list[tuple[str, ProfileId | None]] = field(default_factory=list)


@pytest.fixture
def called() -> Called:
    return Called()


@pytest.fixture
def profile_list(called: Called, qtbot: QtBot) -> ProfileList:
    actions = ProfileListActions(
        add=lambda: called.what.append(("add", None)),
        use=lambda which: called.what.append(("use", which)),
        edit=lambda which: called.what.append(("edit", which)),
        remove=lambda which: called.what.append(("remove", which)),
    )
    made = ProfileList(actions)
    qtbot.addWidget(made)
    made.show()
    return made


def _buttons(profile_list: ProfileList) -> dict[str, Button]:
    return {
        button.accessibleName(): button
        for button in profile_list.findChildren(Button)
        if button.isVisibleTo(profile_list)
    }


def test_without_a_profile_it_invites_to_add_one(profile_list: ProfileList, called: Called) -> None:
    _buttons(profile_list)["Add a profile"].click()
    assert called.what == [("add", None)]


def test_every_profile_shows_its_level_and_who_is_in_use(
    profile_list: ProfileList, demo: Profile, acme: Profile
) -> None:
    profile_list.show_profiles((demo, acme), demo)
    pills = [pill.text() for pill in profile_list.findChildren(SafetyPill)]
    assert pills == ["SANDBOX", "PRODUCTION"]
    texts = [label.text() for label in profile_list.findChildren(QLabel)]
    assert texts.count("in use") == 1
    assert "<b>A&cme</b>" in texts


def test_each_row_acts_on_its_own_profile(
    profile_list: ProfileList, called: Called, demo: Profile, acme: Profile
) -> None:
    profile_list.show_profiles((demo, acme), demo)
    buttons = _buttons(profile_list)
    assert "Use Demo Retail" not in buttons
    for name in ("Use <b>A&cme</b>", "Edit Demo Retail", "Remove <b>A&cme</b>"):
        buttons[name].click()
    assert called.what == [("use", acme.id), ("edit", demo.id), ("remove", acme.id)]


def test_the_sandbox_is_shown_while_it_is_used_and_can_not_be_edited(
    profile_list: ProfileList, demo: Profile, acme: Profile
) -> None:
    profile_list.show_profiles((acme,), demo)
    assert {"Add a profile", "Use <b>A&cme</b>"} <= set(_buttons(profile_list))
    assert "Edit Demo Retail" not in _buttons(profile_list)
    texts = [label.text() for label in profile_list.findChildren(QLabel)]
    assert {"Demo Retail", "in use", "built in"} <= set(texts)


def test_adding_comes_first_for_the_keyboard(profile_list: ProfileList, demo: Profile) -> None:
    first = profile_list.initial_focus()
    assert first is not None
    assert first.accessibleName() == "Add a profile"
    profile_list.show_profiles((demo,), demo)
    assert profile_list.initial_focus() is not first
