"""The support agent's work in one profile, as one object: a slot of the window calls one of its methods."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from vibes_desktop.model.change import ChangeId, ChangeRecord
from vibes_desktop.model.errors import NotFound, StorageError
from vibes_desktop.model.fields import FieldKind
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import from_platform
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.people import catalogue, undo
from vibes_desktop.people.add import AddReview, prepare_add
from vibes_desktop.people.add import identifiers_of as added_identifiers
from vibes_desktop.people.adding import add
from vibes_desktop.people.catalogue import Specs
from vibes_desktop.people.drafts import to_document
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.lookup import Found, LookupResult, look_up
from vibes_desktop.people.outcome import Author, OnStep, SaveResult
from vibes_desktop.people.recognise import Recognised
from vibes_desktop.people.resolve import resolve_open
from vibes_desktop.people.review import Review, prepare_review
from vibes_desktop.people.save import save
from vibes_desktop.people.stop import Stop
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.drafts import Draft
from vibes_desktop.storage.rows import identifiers_of_person
from vibes_desktop.vibes.client import VibesClient

T = TypeVar("T")

RECORDS_AT_ONCE = 200
NEW_PERSON = Identifier(IdentifierKind.EXTERNAL_ID, "")  # under which the draft of an add is kept


def draft_key(edit: PersonEdit) -> Identifier:
    """Name the person a draft belongs to: one draft for each, and one for a person to be added."""
    number = edit.opened.mdn
    return (
        edit.opened.best_identifier
        or (Identifier(IdentifierKind.MDN, number) if number else None)
        or NEW_PERSON
    )


def identifiers_of(person: Person) -> tuple[Identifier, ...]:
    """Name everything a record can be found by, for what is to be forgotten about it."""
    return tuple(identifiers_of_person(person))


def os_user() -> str:
    """Name the user of this computer who makes a change."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, in a container say
        return "unknown"


@dataclass(frozen=True, slots=True)
class PeopleSession:
    """One profile's client and record store; its coroutines run on the loop's thread."""

    client: VibesClient
    profile: Profile
    desk: Desk
    os_user: str

    def author(self, reason: str = "", undo_of: ChangeId | None = None) -> Author:
        """Say in whose name a change goes into the journal."""
        return Author(self.profile.id, self.os_user, reason.strip(), undo_of)

    async def look_up(self, recognised: Recognised) -> LookupResult:
        """Look a person up; one that is found alone becomes the latest of the recents.

        A store that can't be written is a note: the person was found all the same.
        """
        result = await look_up(self.client, recognised)
        if isinstance(result, Found):
            try:
                await self.opened(result.person)
            except StorageError as error:
                note = f"Not kept among the recent people: {error.title}."
                return replace(result, notes=(*result.notes, note))
        return result

    async def opened(self, person: Person) -> None:
        """Note that a person was opened: chosen from several, say."""
        identifier = person.best_identifier
        if identifier is not None:
            await _in_thread(lambda: self.desk.recents.touch(self._id, identifier))

    async def subscriptions(self, person: Person) -> tuple[Subscription, ...]:
        """Read a person's subscriptions, active ones first, newest of each first."""
        identifier = person.best_identifier
        if identifier is None:
            return ()
        found = await self.client.subscriptions(identifier, active_only=False)
        newest_first = sorted(
            found, key=lambda each: each.opt_out_date or each.opt_in_date or "", reverse=True
        )
        return tuple(sorted(newest_first, key=lambda each: not each.is_active))

    async def reread(self, person: Person) -> Person:
        """Read an open record again; raises NotFound."""
        identifier = person.best_identifier
        if identifier is not None:
            return await self.client.person(identifier)
        found = await self.client.persons_by_mdn(
            from_platform(person.mdn or "", self.client.account.api_version)
        )
        if len(found) != 1:
            raise NotFound("No such person", "", "Look the person up again.", status=404)
        return found[0]

    async def review(self, edit: PersonEdit) -> Review:
        """Read again, and compare: what would be sent, on top of what."""
        return await prepare_review(self.client, edit)

    async def save(
        self,
        review: Review,
        *,
        reason: str = "",
        undo_of: ChangeId | None = None,
        on_step: OnStep = lambda _: None,
        stop: Stop | None = None,
    ) -> SaveResult:
        """Save what was reviewed."""
        author = self.author(reason, undo_of)
        with (stop or Stop()).covering():
            return await save(self.client, self.desk.journal, review, author, on_step=on_step)

    async def review_add(self, edit: PersonEdit) -> AddReview:
        """Look up whom an add would meet."""
        return await prepare_add(self.client, edit)

    async def add(
        self,
        review: AddReview,
        *,
        reason: str = "",
        on_step: OnStep = lambda _: None,
        stop: Stop | None = None,
    ) -> SaveResult:
        """Add what was reviewed."""
        with (stop or Stop()).covering():
            return await add(self.client, self.desk.journal, review, self.author(reason), on_step=on_step)

    async def prepare_undo(self, record: ChangeRecord) -> undo.UndoPlan:
        """Build the edit that undoes a change; it goes through `review` and `save` like any other."""
        return await undo.prepare_undo(self.client, record)

    async def resolve(self, record: ChangeRecord) -> SaveResult:
        """Find out what became of a change that is open or unknown."""
        return await resolve_open(self.client, self.desk.journal, record)

    async def open_records(self) -> tuple[ChangeRecord, ...]:
        """List the changes that owe an answer."""
        return await _in_thread(lambda: self.desk.journal.open_records(self._id))

    async def records(
        self, *, text: str = "", limit: int = RECORDS_AT_ONCE, before: ChangeId | None = None
    ) -> tuple[ChangeRecord, ...]:
        """Read this profile's changes, newest first."""
        return await _in_thread(
            lambda: self.desk.journal.records(self._id, text=text, limit=limit, before=before)
        )

    async def recents(self) -> tuple[Identifier, ...]:
        """List the people opened lately."""
        return await _in_thread(lambda: self.desk.recents.list(self._id))

    async def clear_recents(self) -> None:
        """Forget them."""
        await _in_thread(lambda: self.desk.recents.clear(self._id))

    async def keep_draft(self, edit: PersonEdit) -> None:
        """Keep an edit against a crash; one without changes drops the draft."""
        person = draft_key(edit)
        if not edit.is_changed:
            await self.drop_draft(person)
            return
        document, others = to_document(edit), (*identifiers_of(edit.opened), *added_identifiers(edit))
        put = self.desk.drafts.put
        await _in_thread(lambda: put(self._id, person, document, also_known_as=others))

    async def drop_draft(self, person: Identifier) -> None:
        """Drop a draft: saved or discarded."""
        await _in_thread(lambda: self.desk.drafts.delete(self._id, person))

    async def drafts(self) -> tuple[Draft, ...]:
        """List the drafts of this profile; `from_document` reads each."""
        return await _in_thread(lambda: self.desk.drafts.all(self._id))

    async def catalogue(self) -> Specs:
        """Read this profile's catalogue."""
        return await _in_thread(lambda: self.desk.catalogues.load(self._id))

    async def learn(self, person: Person) -> Specs:
        """Add what a record shows to this profile's catalogue, and return it."""
        return await self._change_catalogue(lambda specs: catalogue.learn(specs, person))

    async def set_kind(self, name: str, kind: FieldKind) -> Specs:
        """Fix a field's kind, and return the catalogue."""
        return await self._change_catalogue(lambda specs: catalogue.set_kind(specs, name, kind))

    async def import_catalogue(self, text: str) -> Specs:
        """Merge an exported catalogue in, and return the whole; raises InvalidInput."""
        imported = catalogue.import_json(text)
        return await self._change_catalogue(lambda specs: catalogue.merge(specs, imported))

    async def forget(self, person: Person) -> None:
        """Forget a person on this computer: history values, drafts, recents."""
        identifiers = identifiers_of(person)
        await _in_thread(lambda: self.desk.forget(identifiers))

    async def _change_catalogue(self, change: Callable[[Specs], Specs]) -> Specs:
        def work() -> Specs:
            old = self.desk.catalogues.load(self._id)
            new = change(old)
            if new is not old:
                self.desk.catalogues.save(self._id, new)
            return new

        return await _in_thread(work)

    @property
    def _id(self) -> ProfileId:
        return self.profile.id


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work)
