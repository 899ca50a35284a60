"""What can be done with a change of the history, and why it can't."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.undo import reason_not_to_undo

GONE_PROFILE = "It was made with a profile that was removed since."


class Resolved(Protocol):
    """What came out of looking again."""

    @property
    def record(self) -> ChangeRecord:
        """The change with its outcome."""

    @property
    def words(self) -> str:
        """One sentence about it."""


@dataclass(frozen=True, slots=True)
class HistoryActions:
    """What the page hands over: `undo` and `open_person` lead to the People page."""

    undo: Callable[[ChangeRecord], object]
    open_person: Callable[[Identifier], object]
    resolve: Callable[[ChangeRecord], Coroutine[Any, Any, Resolved]]


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles there are, and the one in use."""

    all: tuple[Profile, ...] = ()
    current: ProfileId | None = None

    @classmethod
    def of(cls, profiles: Sequence[Profile], current: ProfileId | None) -> Profiles:
        """Take them from a list."""
        return cls(tuple(profiles), current)

    def name(self, profile_id: ProfileId) -> str | None:
        """Name a profile; None when it was removed."""
        return next((profile.name for profile in self.all if profile.id == profile_id), None)


def why_not_here(record: ChangeRecord, profiles: Profiles) -> str | None:
    """Say why a change can't be acted on with the profile in use; None when it can."""
    profile_id = record.intention.profile_id
    if profile_id == profiles.current:
        return None
    name = profiles.name(profile_id)
    return GONE_PROFILE if name is None else f"It was made with the profile “{name}”. Switch to it first."


def why_not_undo(record: ChangeRecord, profiles: Profiles) -> str | None:
    """Say why a change can't be undone now; None when it can be tried."""
    return reason_not_to_undo(record) or why_not_here(record, profiles)


def person_of(record: ChangeRecord) -> Identifier | None:
    """Tell how to open the person of a change."""
    before = record.intention.before
    best = before.best_identifier if before is not None else None
    return record.person or best or record.intention.target
