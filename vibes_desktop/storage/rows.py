"""Values of the model as columns, and back."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform
from vibes_desktop.model.profile import ApiVersion


def storable(text: str) -> str:
    """Replace lone surrogates, which SQLite's UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode()


def time_column(moment: datetime) -> str:
    """Write a time in UTC, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def time_from(column: str) -> datetime:
    """Read it back."""
    return datetime.fromisoformat(column)


def identifier_columns(identifier: Identifier | None) -> tuple[str | None, str | None]:
    """Write kind and value."""
    return (None, None) if identifier is None else (identifier.kind.value, storable(identifier.value))


def identifier_from(kind: str | None, value: str | None) -> Identifier | None:
    """Read them back."""
    return None if kind is None or value is None else Identifier(IdentifierKind(kind), value)


def identifiers_of_person(person: Person) -> Iterator[Identifier]:
    """Name everything a record can be found by, its number in E.164 too."""
    values = {
        IdentifierKind.PERSON_KEY: person.person_key,
        IdentifierKind.PERSON_ID: person.person_id,
        IdentifierKind.EXTERNAL_ID: person.external_person_id,
    }
    yield from (Identifier(kind, value) for kind, value in values.items() if value)
    yield from _numbers(person.mdn)


def identifiers_of_change(record: ChangeRecord) -> frozenset[Identifier]:
    """Name everyone a change speaks of: the target, before, after, and how it was found later."""
    intention = record.intention
    found = {known for known in (intention.target, record.person) if known}
    if intention.before:
        found.update(identifiers_of_person(intention.before))
    for change in intention.changes:
        for value in (change.before, change.after):
            if change.field == EXTERNAL_ID and isinstance(value, str) and value:
                found.add(Identifier(IdentifierKind.EXTERNAL_ID, value))
            if change.field == MOBILE:
                found.update(_numbers(value))
    return frozenset(found)


def all_spellings(identifiers: Iterable[Identifier]) -> frozenset[tuple[str, str]]:
    """Write identifiers for a search: a mobile number as given and in E.164."""
    found: set[tuple[str, str]] = set()
    for identifier in identifiers:
        spelled = _numbers(identifier.value) if identifier.kind is IdentifierKind.MDN else (identifier,)
        found.update((known.kind.value, storable(known.value)) for known in spelled)
    return frozenset(found)


def _numbers(value: object) -> Iterator[Identifier]:
    """Give a number as it came and, of API version 1, in E.164."""
    if isinstance(value, str) and value:
        for spelling in dict.fromkeys((value, from_platform(value, ApiVersion.V1))):
            yield Identifier(IdentifierKind.MDN, spelling)
