"""Refusals: a 4xx only for what certainly is not the platform."""

import pytest

from vibes_desktop.listener.refusals import Reason, Refused

FOR_GOOD = {
    Reason.UNKNOWN_PATH: 404,
    Reason.BROWSER: 403,
    Reason.METHOD: 405,
    Reason.MALFORMED: 400,
    Reason.HEAD_TOO_LARGE: 431,
}


@pytest.mark.parametrize("reason", Reason)
def test_everything_else_may_come_again(reason: Reason) -> None:
    assert reason.status == FOR_GOOD.get(reason, 503)
    assert reason.loses_event is (reason in FOR_GOOD)


def test_reasons_are_sentences() -> None:
    assert len({reason.value for reason in Reason}) == len(Reason)


def test_the_text_of_a_refusal_names_its_reason_alone() -> None:
    assert str(Refused(Reason.HOST_NOT_ALLOWED, "x.example")) == "HOST_NOT_ALLOWED"
