"""Reading the journal for the History page: ids first, rows when they are looked at, files on request."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from vibes_desktop.model.change import ChangeId, ChangeRecord
from vibes_desktop.model.errors import Cancelled
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.history import HistoryFilter, filtered, to_csv, to_json
from vibes_desktop.people.masking import masked_change
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.storage.journal import Journal

RECORDS_AT_ONCE = 200
REPORT_EVERY = 50


class ExportFormat(Enum):
    """What the history can be written as."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted of the journal; of every profile where none is given."""

    profile: ProfileId | None
    filter: HistoryFilter


@dataclass(frozen=True, slots=True)
class Found:
    """The changes that match, newest first; `is_filtered` tells whether others might be left out."""

    ids: tuple[ChangeId, ...]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written."""

    path: Path
    changes: int


@dataclass
class Export:
    """A running export. `stop` may be called from any thread: the file then stays as it was."""

    path: Path
    format: ExportFormat
    ids: Sequence[ChangeId]
    on_progress: Callable[[int], None]
    is_masked: bool = False
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End it before anything takes the place of the old file."""
        self._stopped.set()

    def write(self, journal: Journal) -> Exported:
        """Write the file at once; blocking. Raises StorageError, Cancelled."""
        count = 0

        def counted() -> Iterator[ChangeRecord]:
            nonlocal count
            for record in self._records(journal):
                count += 1
                if count % REPORT_EVERY == 0:
                    self.on_progress(count)
                yield masked_change(record) if self.is_masked else record

        writer = to_csv if self.format is ExportFormat.CSV else to_json
        atomic_write(self.path, _encoded(writer(counted())))
        return Exported(self.path, count)

    def _records(self, journal: Journal) -> Iterator[ChangeRecord]:
        for change_id in self.ids:
            if self._stopped.is_set():
                raise Cancelled("The export was stopped", "No file was written or changed.", "")
            record = _record(journal, change_id)
            if record is not None:
                yield record


class HistoryReader:
    """Asks the journal in the background loop's threads."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def find(self, question: Question) -> Found:
        """List the changes that match; raises StorageError. Can be cancelled between pages."""
        ids: list[ChangeId] = []
        chosen, before = question.filter, None
        rest = HistoryFilter(outcomes=chosen.outcomes, since=chosen.since, until=chosen.until)
        while True:
            page = await asyncio.to_thread(
                self._journal.records,
                question.profile,
                text=chosen.text,
                limit=RECORDS_AT_ONCE,
                before=before,
            )
            ids += [record.id for record in filtered(page, rest)]
            if len(page) < RECORDS_AT_ONCE:
                return Found(tuple(ids), is_filtered=chosen != HistoryFilter())
            before = page[-1].id

    async def rows(self, ids: Sequence[ChangeId]) -> tuple[ChangeRecord, ...]:
        """Read these changes; raises StorageError."""
        return await asyncio.to_thread(self._rows, ids)

    async def export(self, export: Export) -> Exported:
        """Write changes to a file; raises StorageError, Cancelled."""
        return await asyncio.to_thread(export.write, self._journal)

    def _rows(self, ids: Iterable[ChangeId]) -> tuple[ChangeRecord, ...]:
        found = (_record(self._journal, change_id) for change_id in ids)
        return tuple(record for record in found if record is not None)


def _record(journal: Journal, change_id: ChangeId) -> ChangeRecord | None:
    try:
        return journal.record(change_id)
    except KeyError:
        return None


def _encoded(chunks: Iterable[str]) -> Iterator[bytes]:
    """Encode as UTF-8; a lone surrogate, which only JSON text can hold, becomes its own JSON escape."""
    for chunk in chunks:
        yield chunk.encode("utf-8", "backslashreplace")
