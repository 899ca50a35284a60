"""What is managed holds where it is locked, and is a beginning where it isn't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vibes_desktop.model.policy import MANAGED, NO_POLICY, Managed, Policy, is_managed
from vibes_desktop.model.profile import Profile, ProfileId, ProxyMode, Region, Safety

OWN = Profile(ProfileId("own"), "Own", "OWN", Region.US.base_url, "me", Safety.TEST)
BROUGHT = Profile(ProfileId(f"{MANAGED}1"), "Acme", "ACME", Region.EU.base_url, "acme")
PROXY = "http://proxy.example.com:8080"


def test_without_a_policy_nothing_changes() -> None:
    assert NO_POLICY.all_profiles((OWN,)) == (OWN,)
    assert NO_POLICY.allows_listening


def test_managed_profiles_come_first_and_a_lock_leaves_no_others() -> None:
    policy = Policy(profiles=(BROUGHT,))
    assert policy.all_profiles((OWN,)) == (BROUGHT, OWN)
    assert replace(policy, locked=frozenset({Managed.PROFILES})).all_profiles((OWN,)) == (BROUGHT,)
    assert (is_managed(BROUGHT.id), is_managed(OWN.id), is_managed(None)) == (True, False, False)


def test_a_proxy_is_the_default_and_holds_for_all_once_locked() -> None:
    policy = Policy(proxy_mode=ProxyMode.MANUAL, proxy_url=PROXY)
    direct = replace(OWN, proxy_mode=ProxyMode.NONE)
    assert policy.governed(OWN).proxy_url == PROXY
    assert policy.governed(direct) == direct
    locked = replace(policy, locked=frozenset({Managed.PROXY}))
    assert locked.governed(direct).proxy_url == PROXY


def test_the_organisation_s_authorities_hold_for_every_profile() -> None:
    policy = Policy(ca_file="/etc/ssl/acme.pem")
    assert [each.ca_file for each in policy.all_profiles((OWN,))] == ["/etc/ssl/acme.pem"]


@pytest.mark.parametrize(
    ("own", "holds"),
    [(Safety.TEST, Safety.PRODUCTION), (Safety.PRODUCTION, Safety.PRODUCTION)],
)
def test_a_locked_safety_level_is_the_least_care(own: Safety, holds: Safety) -> None:
    policy = Policy(safety=Safety.PRODUCTION, locked=frozenset({Managed.SAFETY}))
    assert policy.governed(replace(OWN, safety=own)).safety is holds
    assert Policy(safety=Safety.PRODUCTION).governed(replace(OWN, safety=own)).safety is own


def test_listening_is_forbidden_only_by_a_lock() -> None:
    assert Policy(listener=False).allows_listening
    assert not Policy(listener=False, locked=frozenset({Managed.LISTENER})).allows_listening
    assert Policy(listener=True, locked=frozenset({Managed.LISTENER})).allows_listening
