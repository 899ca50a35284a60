"""The payloads that are open: columns of all of them, and each one read again when it is looked at."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Self

from vibes_desktop.callbacks.arrays import NO_ARRAY
from vibes_desktop.callbacks.assembling import assemble, unreadable
from vibes_desktop.callbacks.columns import KINDS, Columns, Mark
from vibes_desktop.callbacks.csv_rows import Table, body_of, csv_table
from vibes_desktop.callbacks.following import Follower
from vibes_desktop.callbacks.indexing import Indexed
from vibes_desktop.callbacks.judged import Judged
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.opening import Opening, Step
from vibes_desktop.callbacks.payload import Body, Kind, Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.records import MAX_RECORD_BYTES, TOO_LONG, is_array, is_binary
from vibes_desktop.callbacks.redeliveries import Repeats, repeats_in
from vibes_desktop.callbacks.source import BOM, FileSource, Source
from vibes_desktop.callbacks.unwrapping import unwrap

SHOWN_BYTES = 200  # of what can't be read
GONE = "the file was changed or cut since it was opened"


class Collection:
    """An ordered set of payloads with columns; use it as a context manager.

    It may grow, on one thread; whoever took `columns` before keeps what was there. Rows keep their numbers.
    """

    def __init__(
        self, columns: Columns | None = None, sources: Sequence[Source] = (), pile: Pile | None = None
    ) -> None:
        self.columns = columns or Columns()
        self.sources: list[Source] = list(sources)
        self.troubles = pile.troubles if pile else []
        self.notes = pile.notes if pile else []
        self.skipped: Counter[str] = pile.skipped if pile else Counter()
        self.judged: Judged | None = None  # as far as the second pass has come; None where there is none
        self._tables: dict[int, Table | None] = {}
        self._repeats: Repeats | None = None
        self._repeating = threading.Lock()
        self._last: tuple[tuple[int, int, int], list[Body]] | None = None

    @classmethod
    def open(
        cls,
        paths: Iterable[str],
        workers: int | None = None,
        kept: KeptIndexes | None = None,
        column: str | None = None,
    ) -> Self:
        """Index everything that the paths lead to; what can't be read is told in `troubles`.

        With `kept`, large files are taken from their kept indexes, and kept.
        """
        collection = cls()
        for step in Opening(paths, kept=kept, workers=workers, column=column).steps():
            collection.add(step)
        return collection

    def add(self, step: Step) -> range:
        """Take a step of an opening; gives the rows that are new."""
        self.sources.extend(step.sources)
        self.notes.extend(step.notes)
        self.troubles.extend(step.troubles)
        self.skipped += step.skipped
        return self.grow(step.part) if step.part is not None else range(len(self), len(self))

    def grow(self, part: Indexed) -> range:
        """Put rows after the others; gives their numbers."""
        before = len(self)
        self.columns = self.columns.plus(part.columns)
        return range(before, len(self))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.columns)

    def close(self) -> None:
        """Close every file."""
        for source in self.sources:
            source.close()

    def followers(self) -> tuple[Follower, ...]:
        """Give somebody to look after each file that is open; what they find is to be grown by."""
        return tuple(
            Follower(source, file)
            for file, source in enumerate(self.sources)
            if isinstance(source, FileSource) and source.path is not None
        )

    def payload(self, row: int, *, judged: bool = True, whole: bool = True) -> Payload:
        """Read a payload again; a file that changed gives a row that says so. Raises OSError.

        Unless the `whole` is wanted, the value of a large one lacks what is large in it.
        """
        columns = self.columns
        source = self.sources[columns.at("file", row)]
        position, part = columns.at("position", row), columns.at("part", row)
        bodies = self._bodies(row)
        if part >= len(bodies):
            return unreadable(Body(self._beginning(row)), source.name, position, self._reason(row, source))
        return assemble(bodies[part], source.name, position, judged=judged, whole=whole)

    def repeats(self) -> Repeats:
        """Find redeliveries and conflicts, once for as many rows as there are. Raises OSError."""
        with self._repeating:  # several views may ask at once
            known = self._repeats
            if known is None or known.of_rows != len(self.columns):
                known = self._repeats = repeats_in(self, known)
            return known

    def text(self, row: int) -> bytes:
        """Read the exact bytes of a payload; of what could never be read, some from its beginning."""
        bodies, part = self._bodies(row), self.columns.at("part", row)
        return bodies[part].text if part < len(bodies) else self._beginning(row)

    def is_plain(self, row: int) -> bool:
        """Tell whether the payload is exactly what stands at its place in the file."""
        return not self.columns.at("mark", row) & Mark.FULL

    def _bodies(self, row: int) -> list[Body]:
        """Unwrap a row's record; the last one is kept, as a document may hold thousands of rows."""
        columns, last = self.columns, self._last
        place = columns.at("file", row), columns.at("offset", row), columns.at("length", row)
        if last is None or last[0] != place:
            last = self._last = place, self._unwrapped(row, *place)
        return last[1]

    def _unwrapped(self, row: int, file: int, offset: int, length: int) -> list[Body]:
        if length > MAX_RECORD_BYTES and KINDS[self.columns.at("kind", row)] is Kind.UNREADABLE:
            return []
        text = self.sources[file].read_all(offset, length)
        table = self.table(file)
        if table is not None:
            found = body_of(text, table)
            return [each for each in unwrap(found.body, found.wrapping) if isinstance(each, Body)]
        if self.is_plain(row):
            return [Body(text)]
        wrapping = self.sources[file].wrapping_at(offset)
        bodies = [each for each in unwrap(text, wrapping) if isinstance(each, Body)]
        if bodies or isinstance(self.sources[file], FileSource):
            return bodies
        return [Body(text, wrapping)]  # what was received is a row, whatever it holds

    def _beginning(self, row: int) -> bytes:
        """Give the first bytes of what could never be read; nothing of what is gone."""
        columns = self.columns
        if KINDS[columns.at("kind", row)] is not Kind.UNREADABLE:
            return b""
        length = min(columns.at("length", row), SHOWN_BYTES)
        return self.sources[columns.at("file", row)].read_all(columns.at("offset", row), length)

    def table(self, file: int) -> Table | None:
        """Tell how to read a file that is a table; None for any other."""
        if file not in self._tables:
            self._tables[file] = _table_of(self.sources[file])
        return self._tables[file]

    def _reason(self, row: int, source: Source) -> str:
        length = self.columns.at("length", row)
        if length > MAX_RECORD_BYTES:
            return TOO_LONG
        if self.columns.at("kind", row) == KINDS.index(Kind.UNREADABLE) and is_array(source.head()):
            return NO_ARRAY
        return "a binary file, not text" if is_binary(source.head()) else GONE


def _table_of(source: Source) -> Table | None:
    if not isinstance(source, FileSource):
        return None
    head = source.head().removeprefix(BOM)
    if is_binary(head) or is_array(head) or head.lstrip()[:1] in {b"{", b"<"}:
        return None
    return csv_table(head, source.name, source.column)
