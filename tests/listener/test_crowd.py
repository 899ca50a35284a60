"""Too many connections: the slowest goes, never one that waits for the disk."""

from dataclasses import dataclass

import pytest

from vibes_desktop.listener.crowd import Crowd
from vibes_desktop.listener.wire import Phase


@dataclass(eq=False)
class Someone:
    """A connection, as far as the crowd looks at it."""

    phase: Phase
    since: float = 0.0
    is_aborted: bool = False

    def abort(self) -> None:
        """Close it."""
        self.is_aborted = True


def full(*members: Someone) -> tuple[Crowd, list[object]]:
    """Fill a crowd; also returns who is turned out of it later."""
    evicted: list[object] = []
    crowd = Crowd(len(members), evicted.append)
    for member in members:
        assert crowd.admit(member)  # type: ignore[arg-type]
    return crowd, evicted


@pytest.mark.parametrize(
    ("members", "victim"),
    [
        ([Someone(Phase.STORING), Someone(Phase.BODY), Someone(Phase.HEAD), Someone(Phase.IDLE, 9)], 3),
        ([Someone(Phase.IDLE), Someone(Phase.LINGERING, 9)], 1),
        ([Someone(Phase.BODY), Someone(Phase.HEAD, 9), Someone(Phase.HEAD, 5)], 2),
        ([Someone(Phase.BODY, 5), Someone(Phase.BODY, 3), Someone(Phase.STORING)], 1),
    ],
)
def test_the_least_useful_goes_the_longest_first(members: list[Someone], victim: int) -> None:
    crowd, evicted = full(*members)
    assert crowd.admit(Someone(Phase.HEAD, 10))  # type: ignore[arg-type]
    assert [member.is_aborted for member in members] == [place == victim for place in range(len(members))]
    assert evicted == [members[victim]]
    assert len(crowd) == len(members)


def test_nobody_who_waits_for_the_disk_goes() -> None:
    crowd, evicted = full(Someone(Phase.STORING), Someone(Phase.STORING))
    assert not crowd.admit(Someone(Phase.HEAD))  # type: ignore[arg-type]
    assert evicted == []


def test_who_left_makes_room() -> None:
    first = Someone(Phase.STORING)
    crowd, _ = full(first)
    crowd.leave(first)  # type: ignore[arg-type]
    crowd.leave(first)  # type: ignore[arg-type]
    assert crowd.admit(Someone(Phase.HEAD))  # type: ignore[arg-type]
    assert [someone.phase for someone in crowd] == [Phase.HEAD]
