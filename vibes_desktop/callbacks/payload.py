"""What one payload is, once it has been found, read and judged. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
JsonObject: TypeAlias = dict[str, Json]


class Kind(StrEnum):
    """What a row turned out to be."""

    CALLBACK = "callback"
    PERSON = "person"
    REGISTRATION = "registration"
    SUBSCRIPTION = "subscription"
    VIBES_CONNECT = "vibes_connect"
    OTHER = "other"  # JSON, but nothing of this platform that we know
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """How much a finding matters; INFO is a remark, and no reason to worry."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in a payload that could be read. `path` is dotted, empty for the whole."""

    severity: Severity
    code: str
    path: str
    message: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Repair:
    """What was mended, and where: `position` counts characters from 0 in the payload's own text."""

    position: int
    what: str = field(repr=False)

    @property
    def text(self) -> str:
        """The words for a person."""
        return f"{self.what} (character {self.position + 1})"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What stood around a payload: how it was reached, and what the wrapper tells of its delivery."""

    notes: tuple[str, ...] = ()
    received_ms: int | None = None  # since 1970, UTC
    answered: int | None = None  # the HTTP status that the receiver gave

    def around(self, note: str, received_ms: int | None = None, answered: int | None = None) -> Wrapping:
        """Add a layer inside this one; the outermost time and status are the delivery's own."""
        return Wrapping(
            (*self.notes, note),
            self.received_ms if self.received_ms is not None else received_ms,
            self.answered if self.answered is not None else answered,
        )


@dataclass(frozen=True, slots=True)
class Body:
    """The text of one payload, unwrapped; `index` where it was one of a list, from 0."""

    text: bytes = field(repr=False)
    wrapping: Wrapping = Wrapping()
    index: int | None = None


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Who a payload is about, as far as it says."""

    person_key: str | None = None
    person_id: str | None = None
    external_person_id: str | None = None
    mdn: str | None = None

    def __repr__(self) -> str:
        """Tell nothing: a repr may end in a log."""
        return "PersonRef(…)"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the columns show of a payload; times in milliseconds since 1970, UTC."""

    event_id: str | None = None
    event_ms: int | None = None
    person: PersonRef = PersonRef()
    list_id: str | None = None
    campaign_id: str | None = None
    opt_in_ms: int | None = None
    opt_out_ms: int | None = None
    opt_out_reason: str | None = None
    delivery_attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """One row. `position` is the line from 1, or an index from 0 inside an array."""

    source: str
    position: int
    kind: Kind
    callback_type: str | None
    facts: Facts
    value: Json = field(repr=False)
    text: bytes = field(repr=False)
    wrapping: Wrapping = Wrapping()
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    cut_off_at: int | None = None  # characters of the text that could be read, where it ends early
