"""What one sender may take of this program: times, rates and sizes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes. Nobody publishes how long the platform waits for an answer."""

    header_deadline_seconds: float = 10.0  # from the first moment of a request to the end of its headers
    idle_seconds: float = 75.0  # how long a connection may wait for its next request
    body_deadline_seconds: float = 60.0
    body_grace_seconds: float = 5.0  # how long a body may come slower than the minimum rate
    minimum_body_rate: int = 8 * 1024  # bytes per second, on the average
    answer_seconds: float = 10.0  # how long a sender may take to receive our answer
    linger_seconds: float = 2.0
    linger_bytes: int = 64 * 1024  # what is read behind a refused request, so that the answer arrives
    head_bytes: int = 32 * 1024
    body_bytes: int = 10 * 1024 * 1024
    bodies_bytes: int = 128 * 1024 * 1024  # of all requests that are not stored yet
    connections: int = 256
    waiting_deliveries: int = 2000
    store_deadline_seconds: float = 15.0  # how long a delivery waits for the disk
    stop_seconds: float = 5.0  # how long stopping waits for answers that are due
    retry_after_seconds: int = 30


DEFAULT: Final = Limits()


def affordable_connections(limit: int) -> int:
    """Bound the connections by what the system lets this process open, half of which is for other things.

    macOS lets a program open 256 files unless it asks for more.
    """
    if sys.platform == "win32":
        return limit
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return limit if soft == resource.RLIM_INFINITY else max(1, min(limit, soft // 2))
