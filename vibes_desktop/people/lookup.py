"""Looking a person up by everything the box made of a text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from vibes_desktop.model.errors import (
    BadRequest,
    InvalidInput,
    NotFound,
    Refused,
    Unauthorized,
    Unprocessable,
    VibesDesktopError,
)
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.people.recognise import Recognised
from vibes_desktop.vibes.client import VibesClient
from vibes_desktop.vibes.complaints import NUMBER_DOES_NOT_FIT

# What the platform answers to a text that is no identifier of the kind it was tried as.
_WRONG_GUESS = (BadRequest, Unprocessable, InvalidInput)


@dataclass(frozen=True, slots=True)
class Found:
    """One person, and by which of the identifiers. `notes` tell what could not be tried."""

    person: Person = dataclass_field(repr=False)
    by: Identifier
    milliseconds: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """More than one person: to be chosen from, never the first silently."""

    people: tuple[Found, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Nobody, and what was tried."""

    tried: tuple[Identifier, ...]
    notes: tuple[str, ...] = ()


LookupResult = Found | Several | NothingFound


@dataclass(frozen=True, slots=True)
class _Asked:
    candidate: Identifier
    people: tuple[Person, ...] = ()
    error: VibesDesktopError | None = None


async def look_up(client: VibesClient, recognised: Recognised) -> LookupResult:
    """Ask for every candidate at once; for those of one person, in order until one is found.

    A failed look-up beside one that found somebody is a note; where nobody was found it is raised.
    """
    began = time.monotonic()
    if recognised.is_one_person:
        asked = await _in_order(client, recognised.candidates)
    else:
        asked = list(await asyncio.gather(*(_ask(client, each) for each in recognised.candidates)))
    for each in asked:
        if isinstance(each.error, Unauthorized):
            raise each.error
    return _result(asked, round((time.monotonic() - began) * 1000))


async def people_with(client: VibesClient, identifier: Identifier) -> tuple[Person, ...]:
    """Read everybody an identifier names; raises what the client raises, save NotFound."""
    if identifier.kind is IdentifierKind.MDN:
        return await client.persons_by_mdn(identifier.value)
    try:
        return (await client.person(identifier),)
    except NotFound:
        return ()


def is_same_person(a: Person, b: Person) -> bool:
    """Compare two readings; records without any ID are the same when they read the same."""
    return a.is_same_person(b) or (a.best_identifier is None and a.raw == b.raw)


async def _in_order(client: VibesClient, candidates: Iterable[Identifier]) -> list[_Asked]:
    asked: list[_Asked] = []
    for candidate in candidates:
        asked.append(await _ask(client, candidate))
        if asked[-1].people or isinstance(asked[-1].error, Unauthorized):
            break
    return asked


async def _ask(client: VibesClient, candidate: Identifier) -> _Asked:
    try:
        return _Asked(candidate, await people_with(client, candidate))
    except VibesDesktopError as error:
        return _Asked(candidate, error=error)


def _result(asked: list[_Asked], milliseconds: int) -> LookupResult:
    notes = tuple(_note(each.candidate, each.error) for each in asked if each.error is not None)
    people: list[Found] = []
    for each in asked:
        for person in each.people:
            if not any(is_same_person(person, known.person) for known in people):
                people.append(Found(person, each.candidate, milliseconds, notes))
    if len(people) > 1:
        return Several(tuple(people), notes)
    if people:
        return people[0]
    _raise_failure(asked)
    return NothingFound(tuple(each.candidate for each in asked if each.error is None), notes)


def _raise_failure(asked: list[_Asked]) -> None:
    """Raise where “nobody” would be a guess: a look-up failed, or none was possible."""
    failed = [(each, each.error) for each in asked if each.error is not None]
    for each, error in failed:
        if not _is_wrong_guess(each.candidate, error) or len(failed) == len(asked):
            raise error


def _is_wrong_guess(candidate: Identifier, error: VibesDesktopError) -> bool:
    """Tell whether the text is no identifier of that kind.

    Somebody who was found by an ID may have a number that the API version can't show: that is none.
    """
    complaints = error.complaints if isinstance(error, Refused) else ()
    codes = {complaint.code.lower() for complaint in complaints if complaint.code}
    is_about_record = NUMBER_DOES_NOT_FIT in codes and candidate.kind is not IdentifierKind.MDN
    return isinstance(error, _WRONG_GUESS) and not is_about_record


def _note(candidate: Identifier, error: VibesDesktopError) -> str:
    return f"Not looked for as {candidate.kind.label.lower()}: {error.title}."
