"""What the listener tells of itself."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from vibes_desktop.listener.refusals import Reason, Refusal
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.model.endpoint import Endpoint, checked_host
from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.storage.captures_writer import Recovery

RATE_SECONDS = 5
REFUSALS_KEPT = 50


class ListenerState(Enum):
    """What the listener is doing."""

    STOPPED = "stopped"
    LISTENING = "listening"
    IN_TROUBLE = "in trouble"  # it listens, and answers 503 until it can store again


@dataclass(frozen=True, slots=True)
class ListenerStatus:
    """Everything the window shows of the listener, at one moment.

    `address`: None while it is stopped. `stored`, `stored_bytes`: since it was started, bytes as they came.
    `per_second`: deliveries of the last seconds. `refusals`: the latest, oldest first. `host_to_allow`: the
    name of a tunnel, perhaps, that a right path came under and that is not allowed. `trouble`: why nothing
    can be stored at present. `recovery`: how storing came back after the last trouble.
    """

    state: ListenerState
    address: str | None
    stored: int = 0
    stored_bytes: int = 0
    per_second: float = 0.0
    refused: Mapping[Reason, int] = field(default_factory=lambda: MappingProxyType({}))
    refusals: tuple[Refusal, ...] = ()
    host_to_allow: str | None = None
    trouble: StorageError | None = None
    recovery: Recovery | None = None
    rehearsal: Rehearsal | None = None
    connections: int = 0

    @property
    def refused_total(self) -> int:
        """Count all that was refused."""
        return sum(self.refused.values())


class Counts:
    """Counts what is stored and refused, on the loop's thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.stored = 0
        self.stored_bytes = 0
        self.refused: Counter[Reason] = Counter()
        self.refusals: deque[Refusal] = deque(maxlen=REFUSALS_KEPT)
        self._seconds: deque[tuple[int, int]] = deque(maxlen=RATE_SECONDS + 1)  # (second, deliveries in it)

    def note_stored(self, count: int, size: int) -> None:
        """Count deliveries that were stored together."""
        self.stored += count
        self.stored_bytes += size
        second = int(self._clock())
        if self._seconds and self._seconds[-1][0] == second:
            count += self._seconds.pop()[1]
        self._seconds.append((second, count))

    def note_refused(self, refusal: Refusal) -> None:
        """Count one that was not."""
        self.refused[refusal.reason] += 1
        self.refusals.append(refusal)

    @property
    def per_second(self) -> float:
        """The rate over the last whole seconds."""
        now = int(self._clock())
        return (
            sum(count for second, count in self._seconds if now - RATE_SECONDS <= second < now) / RATE_SECONDS
        )

    @property
    def rate_is_moving(self) -> bool:
        """Tell whether the rate will change although nothing comes."""
        return bool(self._seconds) and int(self._clock()) - self._seconds[-1][0] <= RATE_SECONDS

    def host_to_allow(self, endpoint: Endpoint) -> str | None:
        """Name the host of the latest delivery that only lacked permission for it."""
        for refusal in reversed(self.refusals):
            if refusal.reason is Reason.HOST_NOT_ALLOWED and refusal.host not in endpoint.allowed_hosts:
                return _usable(refusal.host)
        return None


def _usable(host: str | None) -> str | None:
    try:
        return checked_host(host or "")
    except InvalidInput:
        return None
