"""What the registrations' screens are given: the account in use, and whether it may be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vibes_desktop.accounts.registering import Registering
from vibes_desktop.model.profile import Profile


@dataclass(frozen=True, slots=True)
class RegistrationDesk:
    """One signed-in account."""

    registering: Registering
    profile: Profile
    is_locked: Callable[[], bool]

    @property
    def subtitle(self) -> str:
        """Name the account."""
        return f"{self.profile.name} · {self.profile.region_label}"
