"""How long and how large a call may get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes.

    `call_seconds` covers all attempts of a call, but not the waits the platform or our own pace asks for.
    """

    connect_seconds: float = 5.0
    read_seconds: float = 30.0
    call_seconds: float = 60.0
    answer_bytes: int = 10 * 1024 * 1024
    attempts: int = 4
    first_backoff_seconds: float = 0.5
    longest_backoff_seconds: float = 8.0
    longest_wait_seconds: float = 120.0
    idle_seconds: float = 15.0  # how long an unused connection is kept for the next read
    requests_per_second: int = 5


DEFAULT: Final = Limits()
