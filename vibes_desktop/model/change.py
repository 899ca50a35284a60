"""A change made here, as the journal keeps it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from vibes_desktop.model.fields import ABSENT, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId

ChangeId = NewType("ChangeId", int)


class ChangeKind(StrEnum):
    """What was asked of the platform."""

    UPDATE = "update"
    ADD = "add"
    UNDO = "undo"
    STOP = "stop"  # a subscription ended
    OPT_IN = "opt_in"


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

    def __repr__(self) -> str:
        """Name the method alone: a repr may end in a log."""
        return f"SentRequest({self.method})"


@dataclass(frozen=True, slots=True)
class Intention:
    """A change about to be made. `before` is the record as read moments ago; None for an add
    that meets nobody. `list_id`: the list of a STOP or an OPT_IN.
    """

    profile_id: ProfileId
    kind: ChangeKind
    target: Identifier | None
    before: Person | None
    changes: tuple[FieldChange, ...]
    request: SentRequest
    os_user: str
    reason: str = ""
    undo_of: ChangeId | None = None
    list_id: str | None = None

    def __repr__(self) -> str:
        """Tell no value: a repr may end in a log."""
        return f"Intention({self.kind.value}, {len(self.changes)} fields)"

    def erased(self, *, entirely: bool) -> Intention:
        """Drop every value and name; the fields' names stay.

        Unless `entirely`, the reason and an opaque key of the platform's own stay too.
        """
        return replace(
            self,
            target=None if entirely else _opaque(self.target),
            before=None,
            changes=tuple(FieldChange(change.field, ABSENT, None) for change in self.changes),
            request=SentRequest(self.request.method, "", ""),
            reason="" if entirely else self.reason,
        )


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """An intention with what became of it. Times are UTC.

    `before` is None for an add that met nobody; `person` is how the person could be addressed after
    the change; `differing` are fields that read back otherwise. `is_erased`: the values and names
    expired or were forgotten; each change then names its field alone, with ABSENT and None for the
    values.
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
    is_erased: bool = False

    def __repr__(self) -> str:
        """Tell no value: a repr may end in a log."""
        return f"ChangeRecord({self.id}, {self.intention.kind.value}, {self.outcome.value})"

    def erased(self, *, entirely: bool) -> ChangeRecord:
        """Drop every value and name, as `Intention.erased`.

        An open record ends here: it can't be resolved any more.
        """
        ended = {Outcome.INTENDED: Outcome.NOT_SAVED, Outcome.SENDING: Outcome.UNKNOWN}
        return replace(
            self,
            intention=self.intention.erased(entirely=entirely),
            outcome=ended.get(self.outcome, self.outcome),
            person=None if entirely else _opaque(self.person),
            display_name="",
            detail="",
            is_erased=True,
        )


def _opaque(identifier: Identifier | None) -> Identifier | None:
    kinds = {IdentifierKind.PERSON_KEY, IdentifierKind.PERSON_ID}
    return identifier if identifier and identifier.kind in kinds else None
