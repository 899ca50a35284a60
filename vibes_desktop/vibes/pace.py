"""How fast one company may be asked, whoever in the program asks."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vibes_desktop.vibes.limits import DEFAULT

WINDOW_SECONDS = 1.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time comes from. `seconds` only ever grows; `utc` is what the wall shows."""

    seconds: Callable[[], float] = time.monotonic
    utc: Callable[[], datetime] = _utc_now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(slots=True)
class _Lane:
    """The latest requests to one company, and until when none may follow."""

    starts: deque[float]
    held_until: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next request may start."""
        is_full = len(self.starts) == self.starts.maxlen
        return max(self.held_until - now, self.starts[0] + WINDOW_SECONDS - now if is_full else 0.0)


@dataclass(slots=True)
class Pace:
    """Lets no more than so many requests start within any second, per company.

    One object serves all clients of the program; it belongs to the background loop's thread.
    """

    per_second: int = DEFAULT.requests_per_second
    clock: Clock = field(default_factory=Clock)
    _lanes: dict[str, _Lane] = field(default_factory=dict, repr=False)

    async def turn(self, company: str) -> float:
        """Wait until a request to this company may start; returns the seconds it took."""
        lane = self._lane(company)
        began = self.clock.seconds()
        # Several may wake for one free place: each looks again before it takes it.
        while (wait := lane.wait(self.clock.seconds())) > 0:
            await self.clock.sleep(wait)
        now = self.clock.seconds()
        lane.starts.append(now)
        return now - began

    def hold(self, company: str, seconds: float) -> None:
        """Let nothing more start for a while: the platform asked for it."""
        lane = self._lane(company)
        lane.held_until = max(lane.held_until, self.clock.seconds() + seconds)

    def _lane(self, company: str) -> _Lane:
        return self._lanes.setdefault(company, _Lane(deque(maxlen=self.per_second)))
