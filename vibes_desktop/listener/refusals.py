"""Why a request was not stored, and what its sender is told.

A 4xx destroys the event (docs/platform.md, callbacks): it is only for what certainly is not the platform.
Everything else gets 503, or a closed connection, and is tried again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Reason(Enum):
    """Why a request was refused, in words for a person."""

    UNKNOWN_PATH = "The path is not the one of this endpoint"
    BROWSER = "A web page sent it"
    METHOD = "Its method is neither POST nor PUT"
    MALFORMED = "It is not proper HTTP"
    HEAD_TOO_LARGE = "Its headers are too large"
    HOST_NOT_ALLOWED = "It came under a host name that is not allowed yet"
    TOKEN_RENEWED = "It came to the path that was replaced"  # noqa: S105 - a sentence
    BODY_TOO_LARGE = "Its body is too large"
    TOO_SLOW = "It came too slowly"
    OVERLOADED = "Too much arrived at once"
    STORAGE = "It could not be stored"
    STOPPING = "Listening was being stopped"

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return _STATUSES.get(self, 503)

    @property
    def loses_event(self) -> bool:
        """Tell whether the platform would not try again."""
        return self in _STATUSES


_STATUSES = {
    Reason.UNKNOWN_PATH: 404,
    Reason.BROWSER: 403,
    Reason.METHOD: 405,
    Reason.MALFORMED: 400,
    Reason.HEAD_TOO_LARGE: 431,
}


class Refused(Exception):
    """A request that is not accepted; `host` is the name it came under, where the path was right."""

    def __init__(self, reason: Reason, host: str | None = None) -> None:
        super().__init__(reason.name)
        self.reason = reason
        self.host = host


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused request, for showing. `host`: what could be allowed."""

    reason: Reason
    at_us: int  # microseconds since 1970, UTC
    peer: str
    host: str | None = field(default=None)
