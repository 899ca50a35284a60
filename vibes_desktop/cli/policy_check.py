"""Says which policy is in force on this computer, and where it comes from."""

from __future__ import annotations

from vibes_desktop.cli.self_checks import CheckFailed
from vibes_desktop.model.policy import Managed, Policy
from vibes_desktop.storage.policy_file import PolicyReading, policy_of_this_computer


def check_policy() -> str:
    """Name the sources of the policy, what each sets, and what of it is locked."""
    return words_of(policy_of_this_computer())


def words_of(reading: PolicyReading) -> str:
    """Say it in one line; raises CheckFailed for a policy that is left aside."""
    if reading.notes:
        raise CheckFailed(" ".join(reading.notes))
    policy = reading.policy
    if not policy.sources:
        return "none"
    sources = dict.fromkeys(policy.sources.values())
    return "; ".join(f"{source} ({_settings(policy, source)})" for source in sources)


def _settings(policy: Policy, source: str) -> str:
    return ", ".join(
        _setting(policy, managed) for managed in Managed if policy.sources.get(managed) == source
    )


def _setting(policy: Policy, managed: Managed) -> str:
    return f"{managed.value} locked" if policy.is_locked(managed) else managed.value
