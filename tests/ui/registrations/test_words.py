"""Every way a change can end has its words."""

from __future__ import annotations

import pytest

from vibes_desktop.accounts.registering import Act, Plan, Registered, Result
from vibes_desktop.ui.registrations.words import outcome_words
from vibes_desktop.vibes.request import Request


@pytest.mark.parametrize("act", list(Act))
def test_each_outcome_is_told_apart(act: Act) -> None:
    plan = Plan(act, Request("POST", "https://vibes.example/c", "/c", (), None))
    told = [outcome_words(plan, Result(outcome)) for outcome in Registered]
    assert len({title for _, title, _ in told}) == len(Registered)
    assert all(sentence.endswith(".") for _, _, sentence in told)
