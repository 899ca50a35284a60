"""What goes back to a caller: answers, refusals and the documented error envelope."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from typing import Final, TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
JsonObject: TypeAlias = dict[str, Json]
Headers: TypeAlias = tuple[tuple[str, str], ...]

JSON_TYPE = "application/json"
HTML_TYPE = "text/html; charset=utf-8"

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Omitted(Enum):
    """What stands for a key that was not in the request."""

    OMITTED = "omitted"


OMITTED: Final = Omitted.OMITTED


class RefusalBody(StrEnum):
    """What a 404 or 409 carries: the sources disagree (C-2)."""

    ENVELOPE = "envelope"
    NONE = "none"


@dataclass(frozen=True)
class Answer:
    """One complete HTTP answer."""

    status: int
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    headers: Headers = ()


@dataclass(frozen=True)
class Problem:
    """One entry of the error envelope."""

    message: str = field(repr=False)
    code: int | str | None = None

    def shown(self) -> JsonObject:
        """Give the entry as it is sent."""
        entry: JsonObject = {"message": self.message}
        if self.code is not None:
            entry["code"] = self.code
        return entry


class Refusal(Exception):
    """The platform does not do what was asked; carries the status and the reasons."""

    def __init__(self, status: int, *problems: Problem, headers: Headers = ()) -> None:
        super().__init__(f"{status}, {len(problems)} problem(s)")
        self.status = status
        self.problems = problems
        self.headers = headers


def refuse(status: int, message: str, code: int | str | None = None) -> Refusal:
    """Make a refusal with a single reason."""
    return Refusal(status, Problem(message, code))


def answer_json(status: int, value: Json, headers: Headers = ()) -> Answer:
    """Answer with a JSON body."""
    return Answer(status, to_bytes(value), JSON_TYPE, headers)


def answer_refusal(refusal: Refusal, bodies: RefusalBody) -> Answer:
    """Answer with the envelope, or bare where the account is set to send 404 and 409 without a body."""
    if not refusal.problems or (refusal.status in (404, 409) and bodies == RefusalBody.NONE):
        return Answer(refusal.status, headers=refusal.headers)
    return answer_json(refusal.status, envelope(refusal.problems), refusal.headers)


def envelope(problems: Sequence[Problem]) -> JsonObject:
    """Build the documented error body: an array, as several things can be wrong at once."""
    return {"errors": [problem.shown() for problem in problems]}


def to_bytes(value: Json) -> bytes:
    """Write JSON as UTF-8; lone surrogates, which UTF-8 can't carry, go as escapes."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False).encode()


def http_date(moment: datetime | None = None, *, seconds_from_now: float = 0) -> str:
    """Spell a moment (now by default) as HTTP does, in English whatever the locale."""
    at = (moment or datetime.now(UTC)) + timedelta(seconds=seconds_from_now)
    at = at.astimezone(UTC)
    return f"{DAYS[at.weekday()]}, {at.day:02} {MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S} GMT"
