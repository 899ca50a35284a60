"""The limits fit together."""

import resource

import pytest

from vibes_desktop.listener.limits import DEFAULT, affordable_connections


def test_a_body_of_ten_megabytes_fits() -> None:
    assert DEFAULT.body_bytes >= 10_000_000
    assert DEFAULT.bodies_bytes >= 2 * DEFAULT.body_bytes


def test_a_large_body_at_the_lowest_pace_ends_at_its_deadline() -> None:
    slowest = DEFAULT.body_grace_seconds + DEFAULT.body_bytes / DEFAULT.minimum_body_rate
    assert slowest > DEFAULT.body_deadline_seconds


def test_heads_of_all_connections_stay_small() -> None:
    assert DEFAULT.connections * DEFAULT.head_bytes <= 16 * 1024 * 1024


def test_no_more_than_64_kb_are_drained() -> None:
    assert DEFAULT.linger_bytes == 64 * 1024


@pytest.mark.parametrize(("soft", "count"), [(256, 128), (1024, 256), (resource.RLIM_INFINITY, 256), (1, 1)])
def test_connections_are_bounded_by_what_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, soft: int, count: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
    assert affordable_connections(256) == count
