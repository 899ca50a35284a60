"""Tests of vibes_desktop.vibes.limits: the promised figures."""

from vibes_desktop.vibes.limits import DEFAULT


def test_the_promised_figures() -> None:
    assert (DEFAULT.connect_seconds, DEFAULT.read_seconds, DEFAULT.call_seconds) == (5, 30, 60)
    assert DEFAULT.answer_bytes == 10 * 1024 * 1024
    assert DEFAULT.attempts == 4
    assert DEFAULT.longest_wait_seconds == 120
    assert DEFAULT.requests_per_second == 5
