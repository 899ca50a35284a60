"""What listening says, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from vibes_desktop.listener.refusals import Reason
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.status import ListenerState, ListenerStatus
from vibes_desktop.storage.captures_writer import Recovery
from vibes_desktop.ui.callbacks.listening.words import (
    received_words,
    recovery_words,
    refused_lines,
    rehearsal_words,
    short_address,
    size_words,
    status_bar_words,
)


def test_an_address_is_shortened_in_its_secret_part() -> None:
    assert short_address("http://127.0.0.1:8765/AbCdEfGh") == "127.0.0.1:8765/AbCd…"
    assert short_address("http://127.0.0.1:8765/AbCd") == "127.0.0.1:8765/AbCd"


@pytest.mark.parametrize(
    ("size", "words"),
    [(999, "999 bytes"), (1_500, "1.5 kB"), (2_000_000, "2.0 MB"), (3_100_000_000, "3.1 GB")],
)
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words


def test_what_was_received() -> None:
    status = ListenerStatus(ListenerState.LISTENING, "http://x/y", 1_200, 2_000, 3.25)
    assert received_words(status) == "1,200 · 2.0 kB · 3.2 per second"


def test_what_was_refused_most_frequent_first_with_what_it_means() -> None:
    refused = {Reason.UNKNOWN_PATH: 1, Reason.HOST_NOT_ALLOWED: 3}
    first, second = refused_lines(ListenerStatus(ListenerState.LISTENING, "", refused=refused))
    assert first.startswith("3 · ")
    assert "503: the platform tries again" in first
    assert "404: the real platform would drop the event" in second


@pytest.mark.parametrize(
    ("rehearsal", "said"),
    [
        (Rehearsal(503), "Every delivery is answered 503. The platform tries again."),
        (Rehearsal(404, every=3), "One delivery in 3 is answered 404. With 404 the real platform would drop"),
        (Rehearsal(200, 2.5), "answered 200, after 2.5 s. That is a proper answer."),
    ],
)
def test_rehearsals(rehearsal: Rehearsal, said: str) -> None:
    assert said in rehearsal_words(rehearsal)


def test_how_storing_came_back() -> None:
    assert "nothing that was answered 200 is missing" in recovery_words(Recovery(is_new=False))
    assert "captures.damaged" in recovery_words(Recovery(is_new=True, aside=Path("/x/captures.damaged")))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ListenerState.STOPPED, "Listener off"),
        (ListenerState.IN_TROUBLE, "Listener in trouble"),
        (ListenerState.LISTENING, "live: 7 received · 1 refused"),
    ],
)
def test_the_status_bar(state: ListenerState, words: str) -> None:
    assert status_bar_words(ListenerStatus(state, "", 7, refused={Reason.UNKNOWN_PATH: 1})) == words
