"""The record store of the support agent's desk: the one place where personal data is kept."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage import catalogues, drafts, journal, number_changes, recents
from vibes_desktop.storage.database import Database, Schema, set_aside
from vibes_desktop.storage.trouble import DamagedDatabase

APPLICATION_ID = 0x56424444  # "VBDD"


def _version_1(connection: sqlite3.Connection) -> None:
    for part in (journal, drafts, recents, catalogues):
        part.create_tables(connection)


def _version_2(connection: sqlite3.Connection) -> None:
    journal.add_list(connection)
    number_changes.create_tables(connection)


SCHEMA = Schema(APPLICATION_ID, (_version_1, _version_2))


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased."""

    changes: int
    drafts: int
    recents: int
    number_changes: int = 0


class Desk:
    """Journal, drafts, recents, catalogues and changes of number in one file. Blocking; any thread.

    `trouble` is to be shown: why the file is opened for reading only, or what became of a damaged one.
    """

    def __init__(
        self, path: Path, *, database: Database | None = None, trouble: StorageError | None = None
    ) -> None:
        """Open or make the file; raises StorageError. `Desk.open_somehow` never does."""
        self._database = database or Database.open(path, SCHEMA)
        self.trouble = trouble or self._database.read_only_reason
        self.journal = journal.Journal(self._database)
        self.drafts = drafts.Drafts(self._database)
        self.recents = recents.Recents(self._database)
        self.catalogues = catalogues.Catalogues(self._database)
        self.number_changes = number_changes.NumberChanges(self._database)

    @classmethod
    def open_somehow(cls, path: Path) -> Self:
        """Open the file; a damaged one is set aside; where none can be used, stand in for it.

        The stand-in is empty and refuses to write, so nothing can be sent that the journal would miss.
        """
        try:
            try:
                return cls(path)
            except DamagedDatabase as damage:
                return cls(path, trouble=_set_aside(path, damage))
        except StorageError as error:
            return cls(path, database=Database.stand_in(path, SCHEMA, error))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def is_writable(self) -> bool:
        """Tell whether changes can be journalled; without that none may be sent."""
        return self._database.read_only_reason is None

    def forget(self, identifiers: Iterable[Identifier]) -> Erased:
        """Forget a person on this computer: every value, name and ID, in every profile, down to the bytes.

        Other people's records that mention one of the identifiers, a shared number say, lose their
        values too. Raises StorageError.
        """
        given = tuple(identifiers)
        with self._database.transaction():
            erased = Erased(
                self.journal.forget(given),
                self.drafts.forget(given),
                self.recents.forget(given),
                self.number_changes.forget(given),
            )
        self._database.wipe_deleted()
        return erased

    def expire(self, older_than: datetime) -> Erased:
        """Drop before-images, drafts and recents of before that; raises StorageError."""
        with self._database.transaction():
            erased = Erased(
                self.journal.expire(older_than),
                self.drafts.expire(older_than),
                self.recents.expire(older_than),
                self.number_changes.expire(older_than),
            )
        if erased != Erased(0, 0, 0, 0):
            self._database.wipe_deleted()
        return erased

    def drop_profile(self, profile_id: ProfileId) -> None:
        """Drop a removed profile's drafts, recents, catalogue and changes of number; its history stays."""
        with self._database.transaction():
            for part in (self.drafts, self.recents, self.catalogues, self.number_changes):
                part.clear(profile_id)


def _set_aside(path: Path, damage: StorageError) -> StorageError:
    aside = set_aside(path)
    return StorageError(
        damage.title,
        f"The program begins a new, empty one. Nothing was deleted: the damaged file was kept as {aside}.",
        "History and drafts of before are not shown. Whoever repairs the damaged file, or deletes it,"
        " should know that it may hold personal data.",
    )
