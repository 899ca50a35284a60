"""What the settings do with the record store, in the background loop's threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.errors import NOTHING_CHANGED, InvalidInput
from vibes_desktop.model.fields import FieldKind
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people import catalogue
from vibes_desktop.people.catalogue import Specs
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.storage.desk import Desk, Erased
from vibes_desktop.storage.rows import identifiers_of_change
from vibes_desktop.storage.settings import Settings
from vibes_desktop.storage.settings_keeper import SettingsKeeper
from vibes_desktop.storage.trouble import file_trouble

MAX_CATALOGUE_BYTES = 20_000_000
RECORDS_AT_ONCE = 200


class CatalogueDesk:
    """One profile's field catalogue; a change returns it as it is then. All raise StorageError."""

    def __init__(self, desk: Desk, profile_id: ProfileId) -> None:
        self._desk = desk
        self.profile_id = profile_id

    async def load(self) -> Specs:
        """Read it."""
        return await asyncio.to_thread(self._desk.catalogues.load, self.profile_id)

    async def set_kind(self, name: str, kind: FieldKind) -> Specs:
        """Fix a field's kind."""
        return await self._change(lambda specs: catalogue.set_kind(specs, name, kind))

    async def read_from(self, path: Path) -> Specs:
        """Merge an exported catalogue in; raises InvalidInput for another file."""
        return await self._change(lambda specs: catalogue.merge(specs, _catalogue_in(path)))

    async def write_to(self, path: Path) -> int:
        """Export it; returns how many fields."""
        specs = await self.load()
        await asyncio.to_thread(atomic_write, path, [catalogue.export_json(specs).encode()])
        return len(specs)

    async def _change(self, change: Callable[[Specs], Specs]) -> Specs:
        def work() -> Specs:
            old = self._desk.catalogues.load(self.profile_id)
            new = change(old)
            if new != old:
                self._desk.catalogues.save(self.profile_id, new)
            return new

        return await asyncio.to_thread(work)


async def change_settings(keeper: SettingsKeeper, how: Callable[[Settings], Settings]) -> Settings:
    """Change a setting; raises StorageError where it can't be saved, and it holds all the same."""
    return await asyncio.to_thread(keeper.change, how)


async def clear_recents(desk: Desk, profile_id: ProfileId) -> None:
    """Drop a profile's recent people; raises StorageError."""
    await asyncio.to_thread(desk.recents.clear, profile_id)


async def expire(desk: Desk, days: int) -> Erased:
    """Delete what is older than so many days; raises StorageError."""
    return await asyncio.to_thread(desk.expire, datetime.now(UTC) - timedelta(days=days))


async def forget(desk: Desk, given: Iterable[Identifier]) -> Erased:
    """Forget the person these identifiers name, on this computer; raises StorageError."""
    return await asyncio.to_thread(lambda: desk.forget(_also_known_as(desk, tuple(given))))


def _also_known_as(desk: Desk, given: tuple[Identifier, ...]) -> frozenset[Identifier]:
    """Add the other IDs under which the journal knows the person.

    A mobile number leads to no other ID and no ID to a number: several people share one.
    """
    ids = {identifier for identifier in given if identifier.kind is not IdentifierKind.MDN}
    known = set(given)
    for identifier in ids:
        for record in _mentioning(desk, identifier.value):
            others = identifiers_of_change(record)
            if identifier in others:
                known |= {other for other in others if other.kind is not IdentifierKind.MDN}
    return frozenset(known)


def _mentioning(desk: Desk, text: str) -> Iterator[ChangeRecord]:
    before = None
    while True:
        page = desk.journal.records(None, text=text, limit=RECORDS_AT_ONCE, before=before)
        yield from page
        if len(page) < RECORDS_AT_ONCE:
            return
        before = page[-1].id


def _catalogue_in(path: Path) -> Specs:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CATALOGUE_BYTES + 1)
    except OSError as error:
        raise file_trouble(error, path, NOTHING_CHANGED) from error
    if len(data) > MAX_CATALOGUE_BYTES:
        raise InvalidInput(
            "This is not a catalogue", "The file is far too large for one.", done=NOTHING_CHANGED
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("This is not a catalogue", "It is not UTF-8 text.", done=NOTHING_CHANGED) from None
    return catalogue.import_json(text)
