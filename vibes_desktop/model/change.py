"""A change made here, as the journal keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId

ChangeId = NewType("ChangeId", int)


class ChangeKind(StrEnum):
    """What was asked of the platform."""

    UPDATE = "update"
    ADD = "add"
    UNDO = "undo"


class Outcome(StrEnum):
    """How a change ended, as far as it is known."""

    INTENDED = "intended"  # written down, certainly not sent
    SENDING = "sending"  # may have been sent: to be resolved
    VERIFIED = "verified"  # read back, every field as wanted
    DIFFERS = "differs"  # accepted, but some fields read back otherwise
    NOT_SAVED = "not_saved"
    UNKNOWN = "unknown"  # looked again, and it still can't be told

    @property
    def is_open(self) -> bool:
        """Tell whether the journal still owes an answer."""
        return self in {Outcome.INTENDED, Outcome.SENDING}


@dataclass(frozen=True, slots=True)
class SentRequest:
    """What was sent, without credentials. `body` is the exact JSON text."""

    method: str
    path: str
    body: str


@dataclass(frozen=True, slots=True)
class Intention:
    """A change about to be made. `before` is the record as read moments ago; None for an add."""

    profile_id: ProfileId
    kind: ChangeKind
    target: Identifier | None
    before: Person | None
    changes: tuple[FieldChange, ...]
    request: SentRequest
    os_user: str
    reason: str = ""
    undo_of: ChangeId | None = None


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """An intention with what became of it. Times are UTC.

    `before` is None for an add and once the before-image has expired; `person` is how the
    person could be addressed after the change; `differing` are fields that read back otherwise.
    """

    id: ChangeId
    intention: Intention
    started_at: datetime
    outcome: Outcome
    finished_at: datetime | None = None
    person: Identifier | None = None
    display_name: str = ""
    differing: tuple[FieldRef, ...] = ()
    detail: str = ""
