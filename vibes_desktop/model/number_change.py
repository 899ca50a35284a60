"""A change of somebody's mobile number: several requests, and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.profile import ProfileId

NumberChangeId = NewType("NumberChangeId", int)


class NumberStep(StrEnum):
    """The step begun last: written down before anything of it is sent."""

    PLANNED = "planned"  # nothing was sent
    REMOVING = "removing"  # the removal of the old number may have been sent
    REMOVED = "removed"  # read back: the old number is gone
    ADDING = "adding"  # the new number may have been sent
    RESTORING = "restoring"  # the old number may have been sent again
    DONE = "done"  # read back: the same person has the new number
    RESTORED = "restored"  # read back: the same person has the old number again
    UNCHANGED = "unchanged"  # ended with nothing sent, or with nothing changed
    LEFT = "left"  # ended by the person who made it, as it was

    @property
    def is_over(self) -> bool:
        """Tell whether nothing of it is owed any more."""
        return self in {NumberStep.DONE, NumberStep.RESTORED, NumberStep.UNCHANGED, NumberStep.LEFT}


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One change of a number, from its plan to its end. Numbers are in E.164, times are UTC.

    `old_number` is None for somebody who had none. `lists` are the active subscriptions' list IDs
    before anything was sent.
    """

    id: NumberChangeId
    profile_id: ProfileId
    person: Identifier
    external_id: str = field(repr=False)
    old_number: str | None = field(repr=False)
    new_number: str = field(repr=False)
    lists: tuple[str, ...]
    os_user: str
    reason: str = field(repr=False)
    started_at: datetime
    step: NumberStep = NumberStep.PLANNED
    touched_at: datetime | None = None
    detail: str = field(default="", repr=False)
