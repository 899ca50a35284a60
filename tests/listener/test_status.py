"""What the listener tells of itself."""

from vibes_desktop.listener.refusals import Reason, Refusal
from vibes_desktop.listener.status import REFUSALS_KEPT, Counts, ListenerState, ListenerStatus
from vibes_desktop.model.endpoint import Endpoint


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def moves(counts: Counts) -> bool:
    """Tell whether the rate will change by itself."""
    return counts.rate_is_moving


def refusal(reason: Reason, host: str | None = None) -> Refusal:
    """Make a refusal."""
    return Refusal(reason, 1, "127.0.0.1", host)


def test_the_rate_is_of_the_last_whole_seconds() -> None:
    clock = Clock()
    counts = Counts(clock)
    for second, count in ((100, 10), (100.5, 5), (101, 10), (103, 25)):
        clock.now = second
        counts.note_stored(count, 7 * count)
    assert counts.per_second == 25 / 5  # the current second is not over
    assert moves(counts)
    clock.now = 104
    assert counts.per_second == 50 / 5
    clock.now = 107
    assert counts.per_second == 25 / 5
    clock.now = 108.9
    assert moves(counts)
    clock.now = 109
    assert counts.per_second == 0
    assert not moves(counts)
    assert (counts.stored, counts.stored_bytes) == (50, 350)


def test_refusals_are_counted_and_the_latest_kept() -> None:
    counts = Counts()
    for _ in range(2 * REFUSALS_KEPT):
        counts.note_refused(refusal(Reason.UNKNOWN_PATH))
    assert counts.refused[Reason.UNKNOWN_PATH] == 2 * REFUSALS_KEPT
    assert len(counts.refusals) == REFUSALS_KEPT


def test_the_host_to_allow_is_the_latest_that_is_not_allowed_yet() -> None:
    counts, endpoint = Counts(), Endpoint()
    assert counts.host_to_allow(endpoint) is None
    counts.note_refused(refusal(Reason.HOST_NOT_ALLOWED, "a.example"))
    counts.note_refused(refusal(Reason.HOST_NOT_ALLOWED, "b.example"))
    counts.note_refused(refusal(Reason.TOKEN_RENEWED, "c.example"))
    assert counts.host_to_allow(endpoint) == "b.example"
    assert counts.host_to_allow(endpoint.allowing("b.example")) == "a.example"


def test_what_is_no_host_name_is_not_offered() -> None:
    counts = Counts()
    counts.note_refused(refusal(Reason.HOST_NOT_ALLOWED, "no host name"))
    assert counts.host_to_allow(Endpoint()) is None


def test_refusals_are_summed() -> None:
    status = ListenerStatus(ListenerState.STOPPED, None, refused={Reason.BROWSER: 2, Reason.METHOD: 3})
    assert status.refused_total == 5
