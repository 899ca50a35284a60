"""What the self-test says of a policy."""

from __future__ import annotations

import pytest

from vibes_desktop.cli.policy_check import words_of
from vibes_desktop.cli.self_checks import CheckFailed
from vibes_desktop.storage.policy_file import PolicyReading, parse_policy

SOURCE = "/etc/vibes-desktop/policy.json"


def test_no_policy_is_fine() -> None:
    assert words_of(PolicyReading()) == "none"


def test_the_source_is_named_with_what_it_sets_and_locks() -> None:
    text = b'{"retention_days": 30, "proxy": "http://me:canary@proxy.example.com:8080", "locked": ["proxy"]}'
    assert words_of(parse_policy(text, SOURCE)) == f"{SOURCE} (proxy locked, retention_days)"


def test_a_policy_that_is_left_aside_fails_the_check_in_words() -> None:
    with pytest.raises(CheckFailed) as failed:
        words_of(parse_policy(b'{"masking": "yes"}', SOURCE))
    assert str(failed.value) == f"The policy in {SOURCE} is not used: “masking” in it is not usable."
