"""Answers that are rehearsed, so that a team can see how the platform's retries behave."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from vibes_desktop.model.errors import InvalidInput

MAX_DELAY_SECONDS = 300.0
LOWEST_STATUS, HIGHEST_STATUS = 200, 599


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Answer every Nth delivery with `status`, the others with 200, all of them after a delay.

    What is answered so is stored all the same. Raises InvalidInput with field status, delay or every.
    """

    status: int = 503
    delay_seconds: float = 0.0
    every: int = 1

    def __post_init__(self) -> None:
        """Refuse what no HTTP server answers."""
        if not LOWEST_STATUS <= self.status <= HIGHEST_STATUS:
            raise _bad("status", "A status is a number from 200 to 599.")
        if not 0 <= self.delay_seconds <= MAX_DELAY_SECONDS:
            raise _bad("delay", f"A delay has at most {MAX_DELAY_SECONDS:.0f} seconds.")
        if self.every < 1:
            raise _bad("every", "Every Nth: N is 1 or more.")

    @property
    def loses_events(self) -> bool:
        """Tell whether the real platform would drop what is answered so."""
        return HTTPStatus.BAD_REQUEST <= self.status < HTTPStatus.INTERNAL_SERVER_ERROR

    def status_of(self, number: int) -> int:
        """Choose the answer of the first, second, … delivery."""
        return self.status if number % self.every == 0 else HTTPStatus.OK


def _bad(field: str, advice: str) -> InvalidInput:
    return InvalidInput("This can't be rehearsed", advice, done="Nothing was changed.", field=field)
