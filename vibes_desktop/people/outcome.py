"""What became of a save or an add, and the words for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Outcome
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.fields import FieldRef, Value
from vibes_desktop.model.jsonvalue import Json
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.review import MeanwhileChange


class SaveStep(StrEnum):
    """What a save is doing."""

    READING = "Reading the record again"
    WRITING_DOWN = "Writing the change into the journal"
    SENDING = "Sending"
    READING_BACK = "Reading back"
    SENDING_AGAIN = "Sending once more"
    LOOKING = "Looking whether it arrived"


OnStep = Callable[[SaveStep], None]

_NOT_KNOWN_STOPPED = "It is not known whether this was stopped"
_NOT_KNOWN_OPTED_IN = "It is not known whether the opt-in arrived"
_TITLES = {
    ChangeKind.STOP: {
        Outcome.VERIFIED: "Stopped and verified",
        Outcome.DIFFERS: "Accepted, but the subscription still reads as active",
        Outcome.NOT_SAVED: "Not stopped",
        Outcome.UNKNOWN: _NOT_KNOWN_STOPPED,
        Outcome.INTENDED: _NOT_KNOWN_STOPPED,
        Outcome.SENDING: _NOT_KNOWN_STOPPED,
    },
    ChangeKind.OPT_IN: {
        Outcome.VERIFIED: "Opted in",
        Outcome.DIFFERS: "Accepted, but nothing of it reads back",
        Outcome.NOT_SAVED: "Not opted in",
        Outcome.UNKNOWN: _NOT_KNOWN_OPTED_IN,
        Outcome.INTENDED: _NOT_KNOWN_OPTED_IN,
        Outcome.SENDING: _NOT_KNOWN_OPTED_IN,
    },
}


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name a change goes into the journal, and why."""

    profile_id: ProfileId
    os_user: str
    reason: str = ""
    undo_of: ChangeId | None = None


@dataclass(frozen=True, slots=True)
class Pauses:
    """Waits in seconds: before the look-ups after an unknown add, and before a second reading back."""

    look_ups: tuple[float, ...] = (1.0, 3.0, 10.0)
    second_reading: float = 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that reads back otherwise than wanted."""

    field: FieldRef
    wanted: Json = dataclass_field(repr=False)
    came: Value = dataclass_field(repr=False)


@dataclass(frozen=True, slots=True)
class SaveResult:
    """How a change ended. `person` is the record as read last.

    `error`: why it was not saved, or is unknown. `others`: after a refused add, who has the
    identifiers. `is_created`: of an add, whether it made a record; None where that is not known.
    `changed_meanwhile`: what others changed since the record was opened. `journal_error`: the
    outcome could not be written down; the journal still calls the change open.
    """

    record: ChangeRecord
    person: Person | None = dataclass_field(default=None, repr=False)
    differences: tuple[Difference, ...] = ()
    error: VibesDesktopError | None = None
    others: tuple[Person, ...] = ()
    is_created: bool | None = None
    changed_meanwhile: tuple[MeanwhileChange, ...] = ()
    journal_error: VibesDesktopError | None = None

    @property
    def outcome(self) -> Outcome:
        """The named outcome."""
        return self.record.outcome

    @property
    def title(self) -> str:
        """The outcome in a few words."""
        is_add = self.record.intention.kind is ChangeKind.ADD
        own_words = _TITLES.get(self.record.intention.kind)
        if own_words is not None:
            return own_words[self.record.outcome]
        match self.record.outcome:
            case Outcome.VERIFIED if is_add:
                return "Added and verified" if self.is_created else "Merged and verified"
            case Outcome.VERIFIED:
                return "Saved and verified"
            case Outcome.DIFFERS:
                return "Saved, but it reads back otherwise"
            case Outcome.NOT_SAVED:
                return "Not saved"
            case _:
                return "It is not known whether this was saved"

    @property
    def words(self) -> str:
        """The outcome in one or two sentences."""
        return f"{self.title}. {self.record.detail}".strip()
