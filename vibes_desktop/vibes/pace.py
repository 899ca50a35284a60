"""How fast one company may be asked, whoever in the program asks."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
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


@dataclass(slots=True, eq=False)
class Turn:
    """A request's place in its second: taken until a second after the request was sent.

    Counted from the turn alone, what waits for a slow connection would leave together with the next ones.
    """

    waited: float  # seconds
    _lane: _Lane = field(repr=False)
    _clock: Clock = field(repr=False)
    sent_at: float | None = None

    def sent(self) -> None:
        """Note that the request leaves now; only the first note counts."""
        if self.sent_at is None:
            self.sent_at = self._clock.seconds()
            self._lane.moved.set()


@dataclass(slots=True)
class _Lane:
    """The latest turns of one company, and until when none may follow."""

    places: int
    turns: list[Turn] = field(default_factory=list)
    held_until: float = 0.0
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def wait(self, now: float) -> float:
        """Seconds until the next request may start; infinite while all places wait for their connections."""
        ends = [math.inf if turn.sent_at is None else turn.sent_at + WINDOW_SECONDS for turn in self.turns]
        self.turns = [turn for turn, end in zip(self.turns, ends, strict=True) if end > now]
        is_full = len(self.turns) >= self.places
        return max(self.held_until - now, min(ends) - now if is_full else 0.0)


@dataclass(slots=True)
class Pace:
    """Lets no more than so many requests leave within any second, per company.

    One object serves all clients of the program; it belongs to the background loop's thread.
    """

    per_second: int = DEFAULT.requests_per_second
    clock: Clock = field(default_factory=Clock)
    _lanes: dict[str, _Lane] = field(default_factory=dict, repr=False)

    @contextlib.asynccontextmanager
    async def turn(self, company: str) -> AsyncIterator[Turn]:
        """Wait until a request to this company may start; its place is given back a second after it was sent.

        One that was never sent counts as sent at the end of the block.
        """
        lane = self._lane(company)
        began = self.clock.seconds()
        # Several may wake for one free place: each looks again before it takes it.
        while (wait := lane.wait(self.clock.seconds())) > 0:
            if math.isinf(wait):
                lane.moved.clear()
                await lane.moved.wait()
            else:
                await self.clock.sleep(wait)
        turn = Turn(self.clock.seconds() - began, lane, self.clock)
        lane.turns.append(turn)
        try:
            yield turn
        finally:
            turn.sent()

    def hold(self, company: str, seconds: float) -> None:
        """Let nothing more start for a while: the platform asked for it."""
        lane = self._lane(company)
        lane.held_until = max(lane.held_until, self.clock.seconds() + seconds)

    def _lane(self, company: str) -> _Lane:
        return self._lanes.setdefault(company, _Lane(self.per_second))
