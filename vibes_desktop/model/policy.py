"""What an administrator has set for everybody on this computer, and which of it nobody may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from vibes_desktop.model.profile import Profile, ProfileId, ProxyMode, Safety

MANAGED = "managed-"  # how the id of a profile begins that comes from a policy
_CARE = {Safety.SANDBOX: 0, Safety.TEST: 1, Safety.PRODUCTION: 2}


class Managed(StrEnum):
    """What can be managed; the value is its name in the policy."""

    PROFILES = "profiles"
    PROXY = "proxy"
    CA_FILE = "ca_file"
    SAFETY = "safety"
    LISTENER = "listener"
    MASKING = "masking"
    RETENTION = "retention_days"


@dataclass(frozen=True, slots=True)
class Policy:
    """Managed defaults; None where nothing is set. `sources` are where they come from, for a person.

    What is locked holds; what is not is the value until somebody chooses another one. `safety` is the
    least care: a profile may be more careful.
    """

    profiles: tuple[Profile, ...] = ()
    proxy_mode: ProxyMode | None = None
    proxy_url: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    safety: Safety | None = None
    listener: bool | None = None
    masking: bool | None = None
    retention_days: int | None = None
    locked: frozenset[Managed] = frozenset()
    sources: Mapping[Managed, str] = field(default_factory=dict)

    def is_locked(self, what: Managed) -> bool:
        """Tell whether nobody may change this."""
        return what in self.locked

    @property
    def allows_listening(self) -> bool:
        """Tell whether the listener may be started."""
        return self.listener is not False or not self.is_locked(Managed.LISTENER)

    def all_profiles(self, own: tuple[Profile, ...]) -> tuple[Profile, ...]:
        """Put the managed profiles before the person's own, which a lock leaves out."""
        kept = () if self.is_locked(Managed.PROFILES) else own
        return tuple(self.governed(profile) for profile in (*self.profiles, *kept))

    def governed(self, profile: Profile) -> Profile:
        """Give a profile as it holds under this policy."""
        if self.proxy_mode is not None and (
            self.is_locked(Managed.PROXY) or profile.proxy_mode is ProxyMode.SYSTEM
        ):
            profile = replace(profile, proxy_mode=self.proxy_mode, proxy_url=self.proxy_url)
        if self.ca_file is not None:
            profile = replace(profile, ca_file=self.ca_file)
        floor = self.safety
        if floor is not None and self.is_locked(Managed.SAFETY) and _CARE[profile.safety] < _CARE[floor]:
            profile = replace(profile, safety=floor)
        return profile


NO_POLICY = Policy()


def is_managed(profile_id: ProfileId | None) -> bool:
    """Tell whether a profile comes from a policy: it can be used, and neither changed nor removed."""
    return profile_id is not None and profile_id.startswith(MANAGED)
