"""All connections at once: when they are too many, the slowest goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vibes_desktop.listener.wire import Phase, Wire


class Crowd:
    """The open connections, no more than a limit; nobody who waits for the disk is turned out."""

    def __init__(self, limit: int, evicted: Callable[[Wire], None]) -> None:
        self._limit = limit
        self._evicted = evicted
        self._wires: dict[Wire, None] = {}

    def __iter__(self) -> Iterator[Wire]:
        """Go through those that are open now."""
        return iter(tuple(self._wires))

    def __len__(self) -> int:
        """Count them."""
        return len(self._wires)

    def admit(self, wire: Wire) -> bool:
        """Take a connection in, at the expense of another where there are too many; tells whether it was."""
        if len(self._wires) >= self._limit and not self._make_room():
            return False
        self._wires[wire] = None
        return True

    def leave(self, wire: Wire) -> None:
        """Forget a connection."""
        self._wires.pop(wire, None)

    def _make_room(self) -> bool:
        victim = min(self._wires, key=_worth)
        if victim.phase is Phase.STORING:
            return False
        self._evicted(victim)
        victim.abort()
        self.leave(victim)
        return True


def _worth(wire: Wire) -> tuple[int, float]:
    """Order connections: first by what they do, then the longest at it first."""
    return wire.phase, wire.since
