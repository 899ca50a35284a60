"""Reasons in words."""

import pytest

from vibes_desktop.people.opt_out import NO_REASON, reason_words

DOCUMENTED = (
    "user_opt_out",
    "disconnect",
    "list_archived",
    "bulk_opt_out",
    "failed_at_carrier",
    "obsolete_carrier",
    "platform_opt_out",
    "keyword_opt_out",
    "api_opt_out",
    "button_opt_out",
)


@pytest.mark.parametrize("reason", DOCUMENTED)
def test_each_documented_reason_has_words_in_either_case(reason: str) -> None:
    words = reason_words(reason)
    assert "_" not in words
    assert "“" not in words
    assert reason_words(reason.upper()) == words


def test_an_unknown_one_is_shown_as_it_came_and_made_visible() -> None:
    assert reason_words("moved\naway") == "“moved␊away”"


def test_none_is_said() -> None:
    assert reason_words(None) == reason_words("") == NO_REASON
