from __future__ import annotations

from vibes_desktop.model.profile import ApiVersion, Profile, ProfileId, Region, Safety
from vibes_desktop.ui.shell.profile_badge import badge_of


def test_a_badge_says_name_region_and_version() -> None:
    profile = Profile(ProfileId("p"), "Acme", "KEY", Region.EU.base_url, "agent", Safety.TEST, ApiVersion.V1)
    badge = badge_of(profile)
    assert badge.text == "Acme · EU · API 1"
    assert (badge.level, badge.locked) == (Safety.TEST, None)
