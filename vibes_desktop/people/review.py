"""The review before saving: as opened, mine and now, field by field, and the exact request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from enum import StrEnum

from vibes_desktop.model.errors import NOTHING_SENT, InvalidInput, NotFound
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldChange, FieldRef, Value
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.model.person import Person
from vibes_desktop.people.compare import means_same
from vibes_desktop.people.edit import PersonEdit, Unfinished
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.request import Request

RequestMaker = Callable[[Identifier, JsonObject], Request]
TIMEZONE = FieldRef("timezone", is_custom=False)


class Resolution(StrEnum):
    """Whose value stands where both sides changed a field."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One edited field. `now` is what the platform holds; `after` null means cleared.

    `problem` says why it can't be sent on top of what the platform holds now.
    """

    field: FieldRef
    opened: Value = dataclass_field(repr=False)
    now: Value = dataclass_field(repr=False)
    after: Json = dataclass_field(repr=False)
    is_conflict: bool = False
    resolution: Resolution | None = None
    problem: str | None = None

    @property
    def needs_choice(self) -> bool:
        """Tell whether both sides changed it and nobody has chosen yet."""
        return self.is_conflict and self.resolution is None

    @property
    def is_sent(self) -> bool:
        """Tell whether it goes into the request."""
        return not self.is_conflict or self.resolution is Resolution.MINE


@dataclass(frozen=True, slots=True)
class MeanwhileChange:
    """A field that somebody else changed since the record was opened, and that this edit leaves alone."""

    field: FieldRef
    opened: Value = dataclass_field(repr=False)
    now: Value = dataclass_field(repr=False)


@dataclass(frozen=True, slots=True)
class Review:
    """What would be sent, and on top of what. A value; a choice makes a new one.

    `already_there` are edited fields whose value the platform holds already: they are not sent.
    `request` is None while a choice is missing, a row has a problem, or nothing is left to send;
    otherwise it is, byte for byte, what `save` sends.
    """

    edit: PersonEdit
    fresh: Person = dataclass_field(repr=False)
    target: Identifier
    rows: tuple[ReviewRow, ...]
    changed_meanwhile: tuple[MeanwhileChange, ...]
    already_there: tuple[FieldRef, ...]
    request: Request | None
    make_request: RequestMaker = dataclass_field(repr=False, compare=False)

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The fields that are sent."""
        return tuple(FieldChange(row.field, row.now, row.after) for row in self.rows if row.is_sent)

    @property
    def open_conflicts(self) -> tuple[FieldRef, ...]:
        """The fields that still need a choice."""
        return tuple(row.field for row in self.rows if row.needs_choice)

    @property
    def resolutions(self) -> dict[FieldRef, Resolution]:
        """The choices made."""
        return {row.field: row.resolution for row in self.rows if row.resolution is not None}

    def resolve(self, name: FieldRef, resolution: Resolution | None) -> Review:
        """Choose whose value stands in a field that both sides changed."""
        chosen = {key: value for key, value in self.resolutions.items() if key != name}
        if resolution is not None:
            chosen[name] = resolution
        return self._again(self.edit, chosen)

    def revert(self, name: FieldRef) -> Review:
        """Take one field out of the edit."""
        return self._again(self.edit.revert(name), self.resolutions)

    def _again(self, edit: PersonEdit, resolutions: Mapping[FieldRef, Resolution]) -> Review:
        return compare_three_ways(edit, self.fresh, self.target, self.make_request, resolutions)


class ReviewOutdated(InvalidInput):
    """The record changed after the review was shown. `review` is the new one; nothing was sent."""

    def __init__(self, review: Review) -> None:
        super().__init__(
            "The record has changed while you were reading",
            "Look at the review once more: it shows what the platform holds now.",
        )
        self.review = review


async def prepare_review(client: VibesClient, edit: PersonEdit) -> Review:
    """Read the person again and compare.

    Raises InvalidInput for an edit that can't be sent and for a person who is no longer there, and
    what the client raises.
    """
    edit = edit.in_version(client.account.api_version)
    check_sendable(edit)
    read_by = edit.opened.best_identifier
    if read_by is None:
        raise InvalidInput(
            "This record can't be changed", "It has neither a person key nor an ID to address it by."
        )
    fresh = await read_again(client, edit.opened, read_by)
    return compare_three_ways(edit, fresh, target_of(fresh, read_by), client.update_request)


async def read_again(client: VibesClient, known: Person, read_by: Identifier) -> Person:
    """Read a person who was seen before. Raises InvalidInput when the record is gone or another one."""
    try:
        fresh = await client.person(read_by)
    except NotFound:
        raise _gone(read_by) from None
    if not is_same_record(known, fresh):
        raise InvalidInput(
            f"This {read_by.kind.label.lower()} now belongs to another record",
            "Look the person up again, by mobile number or another ID.",
        )
    return fresh


def is_same_record(known: Person, fresh: Person) -> bool:
    """Compare identities; where only an external ID says so, the time of creation must agree (C-8)."""
    if not known.is_same_person(fresh):
        return False
    has_firm_id = (known.person_key and fresh.person_key) or (known.person_id and fresh.person_id)
    if has_firm_id or known.created_at is None or fresh.created_at is None:
        return True
    return known.created_at == fresh.created_at


def target_of(fresh: Person, read_by: Identifier) -> Identifier:
    """Choose what to address the update to: the key where there is one, else what was just read by."""
    if fresh.person_key:
        return Identifier(IdentifierKind.PERSON_KEY, fresh.person_key)
    return read_by


def check_sendable(edit: PersonEdit) -> None:
    """Raise InvalidInput for an edit that is empty or can't be sent."""
    if not edit.is_changed:
        raise InvalidInput("Nothing to save", "No field was edited.")
    for name, problem in edit.problems().items():
        raise InvalidInput(f"“{name}” can't be sent", problem, field=name.name)


def compare_three_ways(
    edit: PersonEdit,
    fresh: Person,
    target: Identifier,
    make_request: RequestMaker,
    resolutions: Mapping[FieldRef, Resolution] | None = None,
) -> Review:
    """Compare as opened, mine and now; choose nothing that a person must choose."""
    rows = [_row(edit, fresh, change, resolutions or {}) for change in edit.changes]
    kept = tuple(row for row in rows if row is not None)
    already = tuple(change.field for change, row in zip(edit.changes, rows, strict=True) if row is None)
    return Review(
        edit=edit,
        fresh=fresh,
        target=target,
        rows=kept,
        changed_meanwhile=_meanwhile(edit, fresh),
        already_there=already,
        request=_request(edit, fresh, kept, target, make_request),
        make_request=make_request,
    )


def _row(
    edit: PersonEdit, fresh: Person, change: FieldChange, resolutions: Mapping[FieldRef, Resolution]
) -> ReviewRow | None:
    """Make the row of a field; None when the platform already holds the wanted value."""
    name, version = change.field, edit.version
    now = _now(edit, fresh, name)
    if means_same(name, change.after, now, version):
        return None
    is_conflict = not means_same(name, change.before, now, version)
    problem = PersonEdit(fresh, version, {name: change.after}).problems().get(name)
    resolution = resolutions.get(name) if is_conflict else None
    return ReviewRow(name, change.before, now, change.after, is_conflict, resolution, problem)


def _request(
    edit: PersonEdit,
    fresh: Person,
    rows: tuple[ReviewRow, ...],
    target: Identifier,
    make_request: RequestMaker,
) -> Request | None:
    sent = {row.field: row.after for row in rows if row.is_sent}
    is_blocked = any(row.needs_choice or (row.is_sent and row.problem) for row in rows)
    if is_blocked or not sent:
        return None
    return make_request(target, replace(edit, opened=fresh, entries=sent).body())


def _meanwhile(edit: PersonEdit, fresh: Person) -> tuple[MeanwhileChange, ...]:
    names = (EXTERNAL_ID, MOBILE, TIMEZONE, *_custom(edit.opened), *_custom(fresh))
    found = []
    for name in dict.fromkeys(names):
        opened, now = edit.original(name), _now(edit, fresh, name)
        is_mine = name in edit.entries and not isinstance(edit.entries[name], Unfinished)
        if not is_mine and not means_same(name, opened, now, edit.version):
            found.append(MeanwhileChange(name, opened, now))
    return tuple(found)


def _custom(person: Person) -> tuple[FieldRef, ...]:
    return tuple(FieldRef(name) for name in person.custom_fields)


def _now(edit: PersonEdit, fresh: Person, name: FieldRef) -> Value:
    return replace(edit, opened=fresh).original(name)


def _gone(read_by: Identifier) -> InvalidInput:
    if read_by.kind is IdentifierKind.EXTERNAL_ID:
        advice = "Its external ID was changed, or the record was removed. Look it up by mobile number."
    else:
        advice = "The record was removed, or merged into another. Look it up by mobile number or external ID."
    return InvalidInput("This person is no longer there", advice, done=f"{NOTHING_SENT} Your edits are kept.")
