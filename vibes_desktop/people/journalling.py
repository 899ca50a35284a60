"""The journal entry of one change: on disk before anything is sent, closed once it is known how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from vibes_desktop.model.change import ChangeId, ChangeRecord, Intention, Outcome
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.people.sending import go_on_after_stop
from vibes_desktop.storage.journal import Journal

T = TypeVar("T")

STOPPED_BEFORE = "It was stopped before anything was sent."


class JournalEntry:
    """One change's way through the journal. Its calls finish their writing even when cancelled."""

    def __init__(self, journal: Journal, record: ChangeRecord) -> None:
        self._journal = journal
        self.record = record
        self.trouble: StorageError | None = None

    @classmethod
    async def open(cls, journal: Journal, intention: Intention) -> JournalEntry:
        """Write the intention down, then that it is being sent.

        When this returns, both are on disk. Raises StorageError: then nothing may be sent. Cancelled
        meanwhile, the entry is closed as not saved.
        """
        now = datetime.now(UTC)
        change_id, was_cancelled = await finished(lambda: journal.begin(intention, now=now))
        entry = cls(journal, ChangeRecord(change_id, intention, now, Outcome.INTENDED))
        try:
            if not was_cancelled:
                _, was_cancelled = await finished(lambda: journal.sending(change_id))
        except StorageError as error:
            await entry.close(Outcome.NOT_SAVED, detail=error.title)
            raise
        if was_cancelled:
            await entry.close(Outcome.NOT_SAVED, detail=STOPPED_BEFORE)
            raise asyncio.CancelledError
        entry.record = replace(entry.record, outcome=Outcome.SENDING)
        return entry

    async def close(
        self,
        outcome: Outcome,
        *,
        person: Identifier | None = None,
        differing: Sequence[FieldRef] = (),
        detail: str = "",
        display_name: str = "",
    ) -> ChangeRecord:
        """Write down how it ended, and go on when stopped meanwhile: the outcome is known.

        Where the disk fails, `trouble` says so, and the record is as it should be.
        """
        now = datetime.now(UTC)
        self.record = replace(
            self.record,
            outcome=outcome,
            finished_at=now,
            person=person,
            differing=tuple(differing),
            detail=detail,
            display_name=display_name,
        )
        try:
            self.record, was_cancelled = await finished(lambda: self._write_end(self.record.id, now))
        except StorageError as error:
            self.trouble = error
            return self.record
        if was_cancelled:
            go_on_after_stop()
        return self.record

    def _write_end(self, change_id: ChangeId, now: datetime) -> ChangeRecord:
        return self._journal.close(
            change_id,
            self.record.outcome,
            person=self.record.person,
            differing=self.record.differing,
            detail=self.record.detail,
            display_name=self.record.display_name,
            now=now,
        )


async def finished(work: Callable[[], T]) -> tuple[T, bool]:
    """Run blocking work in a thread to its end; tells whether this task was cancelled meanwhile."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    was_cancelled = False
    while not running.done():
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            was_cancelled = True
    return running.result(), was_cancelled
