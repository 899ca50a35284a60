"""Adding a person: look first whom it would meet, then send once, and find the right record."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldChange, value_in
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.lookup import is_same_person, people_with
from vibes_desktop.people.review import check_sendable
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.request import Request

MERGE = "The fields sent are written into this record; everything else in it stays."
HAS_NUMBER = "It has this mobile number."
HAS_EXTERNAL_ID = "It has this external ID."
OTHER_NUMBER = "It has another mobile number. The platform doesn't change a number in place."
SHARES_NUMBER = "It has the same mobile number and stays as it is."


class AddVerdict(StrEnum):
    """What adding will do, as far as the look-ups tell."""

    CREATES = "creates"
    MERGES = "merges"
    CONFLICT = "conflict"  # the platform will probably refuse (C-6)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody who has an identifier that is to be added, and what the adding means for them.

    `changes`: for the one it is merged into, all fields sent, with what the record holds now.
    """

    person: Person = dataclass_field(repr=False)
    by: tuple[Identifier, ...]
    effects: tuple[str, ...] = dataclass_field(default=(), repr=False)
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReview:
    """What would be added, and whom it meets."""

    edit: PersonEdit
    met: tuple[Meeting, ...]
    verdict: AddVerdict
    request: Request

    @property
    def merged_into(self) -> Meeting | None:
        """The record it is merged into."""
        return next((each for each in self.met if each.changes), None)

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The fields sent, each with what it replaces."""
        target = self.merged_into
        return target.changes if target is not None else self.edit.changes


class AddOutdated(InvalidInput):
    """Somebody else has come by since the look-ups. `review` is the new one; nothing was sent."""

    def __init__(self, review: AddReview) -> None:
        super().__init__(
            "The platform has changed while you were reading",
            "Look once more: adding now meets other records than shown before.",
        )
        self.review = review


async def prepare_add(client: VibesClient, edit: PersonEdit) -> AddReview:
    """Look up every identifier that is to be added, and tell what would happen.

    Raises InvalidInput for what can't be sent, and what the client raises: without the look-ups
    nothing may be added.
    """
    if not edit.is_new:
        raise InvalidInput("This person exists", "Save the changes instead of adding.")
    edit = edit.in_version(client.account.api_version)
    check_sendable(edit)
    request = client.add_request(edit.body())
    met = await find_holders(client, identifiers_of(edit))
    return judge(edit, met, request)


def identifiers_of(edit: PersonEdit) -> tuple[Identifier, ...]:
    """The identifiers that are to be added: external ID first, number in E.164."""
    kinds = ((EXTERNAL_ID, IdentifierKind.EXTERNAL_ID), (MOBILE, IdentifierKind.MDN))
    values = ((kind, edit.entries.get(name)) for name, kind in kinds)
    return tuple(Identifier(kind, value) for kind, value in values if isinstance(value, str))


async def find_holders(client: VibesClient, identifiers: Sequence[Identifier]) -> tuple[Meeting, ...]:
    """Find everybody who has one of the identifiers; raises what the client raises."""
    answers = await asyncio.gather(*(people_with(client, each) for each in identifiers))
    met: list[Meeting] = []
    for identifier, people in zip(identifiers, answers, strict=True):
        for person in people:
            known = next((i for i, each in enumerate(met) if is_same_person(each.person, person)), None)
            if known is None:
                met.append(Meeting(person, (identifier,)))
            else:
                met[known] = Meeting(met[known].person, (*met[known].by, identifier))
    return tuple(met)


def judge(edit: PersonEdit, met: Sequence[Meeting], request: Request) -> AddReview:
    """Tell what adding does to whom (docs/platform.md §8.4, C-6)."""
    by_external_id = [each for each in met if _is_by(each, IdentifierKind.EXTERNAL_ID)]
    by_number = [each for each in met if _is_by(each, IdentifierKind.MDN)]
    target = _target(edit, by_external_id, by_number)
    meetings = tuple(
        Meeting(each.person, each.by, _effects(edit, each, target), _changes(edit, each, target))
        for each in met
    )
    meets = AddVerdict.MERGES if target is not None else AddVerdict.CONFLICT
    return AddReview(edit, meetings, meets if met else AddVerdict.CREATES, request)


def _target(
    edit: PersonEdit, by_external_id: Sequence[Meeting], by_number: Sequence[Meeting]
) -> Meeting | None:
    """Find the one record the identifiers point to; None where they point to none or to several."""
    if not by_external_id:
        return by_number[0] if len(by_number) == 1 else None
    owner = by_external_id[0]
    if _has_other_number(edit, owner.person) or (by_number and owner not in by_number):
        return None
    return owner


def _effects(edit: PersonEdit, met: Meeting, target: Meeting | None) -> tuple[str, ...]:
    """Say what adding means for somebody it meets."""
    if met is target:
        return (MERGE, *_identity_effects(edit, met.person))
    if target is not None:
        return (SHARES_NUMBER,)
    effects = [HAS_EXTERNAL_ID] if _is_by(met, IdentifierKind.EXTERNAL_ID) else []
    effects += [HAS_NUMBER] if _is_by(met, IdentifierKind.MDN) else []
    return (*effects, OTHER_NUMBER) if _has_other_number(edit, met.person) else tuple(effects)


def _identity_effects(edit: PersonEdit, person: Person) -> tuple[str, ...]:
    external_id, number = edit.entries.get(EXTERNAL_ID), edit.entries.get(MOBILE)
    effects = []
    if isinstance(external_id, str) and external_id != person.external_person_id:
        old = person.external_person_id
        effects.append(
            f"It gets the external ID “{external_id}”."
            if old is None
            else f"Its external ID changes from “{old}” to “{external_id}”: “{old}” finds nobody afterwards."
        )
    if isinstance(number, str) and person.mdn is None:
        effects.append(f"It gets the mobile number {number}.")
    return tuple(effects)


def _changes(edit: PersonEdit, met: Meeting, target: Meeting | None) -> tuple[FieldChange, ...]:
    if met is not target:
        return ()
    return tuple(
        FieldChange(change.field, PersonEdit(met.person, edit.version).original(change.field), change.after)
        for change in edit.changes
    )


def _has_other_number(edit: PersonEdit, person: Person) -> bool:
    number, held = edit.entries.get(MOBILE), value_in(person, MOBILE)
    return isinstance(number, str) and isinstance(held, str) and from_platform(held, edit.version) != number


def _is_by(met: Meeting, kind: IdentifierKind) -> bool:
    return any(identifier.kind is kind for identifier in met.by)
