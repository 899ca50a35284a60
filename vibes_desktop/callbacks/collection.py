"""The payloads that are open: columns of all of them, and each one read again when it is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Self

from vibes_desktop.callbacks.assembling import assemble, unreadable
from vibes_desktop.callbacks.columns import KINDS, Columns, Mark, merged
from vibes_desktop.callbacks.csv_rows import Table, body_of, csv_table
from vibes_desktop.callbacks.indexing import index_source
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.payload import Body, Kind, Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.records import BOM, MAX_RECORD_BYTES, TOO_LONG, is_array, is_binary
from vibes_desktop.callbacks.redeliveries import Repeats, repeats_of
from vibes_desktop.callbacks.source import Source
from vibes_desktop.callbacks.unwrapping import unwrap

GONE = "the file was changed or cut since it was opened"


class Collection:
    """An ordered set of payloads with columns; use it as a context manager."""

    def __init__(self, columns: Columns, sources: list[Source], pile: Pile) -> None:
        self.columns = columns
        self.sources = sources
        self.troubles = pile.troubles
        self.notes = pile.notes
        self.skipped: Counter[str] = pile.skipped
        self._tables = [_table_of(source) for source in sources]
        self._repeats: Repeats | None = None
        self._last: tuple[tuple[int, int], list[Body]] | None = None

    @classmethod
    def open(cls, paths: Iterable[str], workers: int | None = None, kept: KeptIndexes | None = None) -> Self:
        """Index everything that the paths lead to; what can't be read is told in `troubles`.

        With `kept`, large files are taken from their kept indexes, and kept. Raises StorageError.
        """
        pile = Pile(paths)
        sources: list[Source] = []
        parts: list[Columns] = []
        for source in pile.sources(keep_open=True):
            try:
                indexed = kept.load(source, len(sources)) if kept else None
                if indexed is None:
                    indexed = index_source(source, len(sources), workers)
                    if kept:
                        kept.save(source, indexed)
            except OSError as error:
                pile.fail(source, error)
                source.close()
                continue
            pile.skipped += indexed.skipped
            sources.append(source)
            parts.append(indexed.columns)
        return cls(merged(parts), sources, pile)

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

    def payload(self, row: int, *, judged: bool = True) -> Payload:
        """Read a payload again; a file that changed gives a row that says so. Raises OSError."""
        columns = self.columns
        source = self.sources[int(columns["file"][row])]
        position = int(columns["position"][row])
        bodies = self._bodies(row)
        part = int(columns["part"][row])
        if part >= len(bodies):
            return unreadable(Body(b""), source.name, position, self._reason(row, source))
        return assemble(bodies[part], source.name, position, judged=judged)

    def repeats(self) -> Repeats:
        """Find redeliveries and conflicts, once. Raises OSError."""
        if self._repeats is None:
            self._repeats = repeats_of(self.columns, lambda row: self.payload(row, judged=False))
        return self._repeats

    def text(self, row: int) -> bytes:
        """Read the exact bytes of a payload."""
        bodies, part = self._bodies(row), int(self.columns["part"][row])
        return bodies[part].text if part < len(bodies) else b""

    def is_plain(self, row: int) -> bool:
        """Tell whether the payload is exactly what stands at its place in the file."""
        return not int(self.columns["mark"][row]) & Mark.FULL

    def _bodies(self, row: int) -> list[Body]:
        """Unwrap a row's record; the last one is kept, as a document may hold thousands of rows."""
        columns = self.columns
        place = int(columns["file"][row]), int(columns["offset"][row])
        if self._last is None or self._last[0] != place:
            self._last = place, self._unwrapped(row, *place)
        return self._last[1]

    def _unwrapped(self, row: int, file: int, offset: int) -> list[Body]:
        length = int(self.columns["length"][row])
        if length > MAX_RECORD_BYTES and KINDS[int(self.columns["kind"][row])] is Kind.UNREADABLE:
            return []
        text = self.sources[file].read_all(offset, length)
        table = self._tables[file]
        if table is not None:
            found = body_of(text, table)
            return [each for each in unwrap(found.body, found.wrapping) if isinstance(each, Body)]
        if self.is_plain(row):
            return [Body(text)]
        return [each for each in unwrap(text) if isinstance(each, Body)]

    def _reason(self, row: int, source: Source) -> str:
        if int(self.columns["length"][row]) > MAX_RECORD_BYTES:
            return TOO_LONG
        return "a binary file, not text" if is_binary(source.head()) else GONE


def _table_of(source: Source) -> Table | None:
    head = source.head().removeprefix(BOM)
    if is_binary(head) or is_array(head) or head.lstrip()[:1] in {b"{", b"<"}:
        return None
    return csv_table(head, source.name)
