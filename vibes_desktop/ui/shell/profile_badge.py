"""What the window shows of a profile."""

from __future__ import annotations

from dataclasses import dataclass

from vibes_desktop.model.profile import Profile, ProfileId, Safety


@dataclass(frozen=True, slots=True)
class ProfileBadge:
    """A profile's name and colour. `locked` is None where there is no lock: outside production."""

    id: ProfileId
    name: str
    region: str
    version: int
    level: Safety
    locked: bool | None = None

    @property
    def text(self) -> str:
        """The words on the switcher."""
        return f"{self.name} · {self.region} · API {self.version}"


def badge_of(profile: Profile, *, locked: bool | None = None) -> ProfileBadge:
    """Return what the window shows of a profile."""
    return ProfileBadge(
        profile.id, profile.name, profile.region_label, int(profile.api_version), profile.safety, locked
    )
