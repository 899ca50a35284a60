"""The record of requests."""

from vibes_desktop.sandbox.received import REQUESTS_KEPT, ReceivedRequest, RequestLog


def test_the_latest_are_kept_in_order() -> None:
    log = RequestLog()
    for number in range(REQUESTS_KEPT + 3):
        log.append(ReceivedRequest("GET", f"/{number}", (), b""))
    assert len(log) == REQUESTS_KEPT
    assert [log[0].target, log[-1].target] == ["/3", f"/{REQUESTS_KEPT + 2}"]
    assert [each.target for each in log[:2]] == ["/3", "/4"]
    log.clear()
    assert list(log) == []


def test_one_request_is_kept_however_large() -> None:
    log = RequestLog()
    for _ in range(2):
        log.append(ReceivedRequest("PUT", "/", (), b"x" * 40_000_000))
    assert len(log) == 1
