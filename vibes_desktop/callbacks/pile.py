"""A pile of files, payload after payload, with what was skipped and what could not be opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from vibes_desktop.callbacks.assembling import assemble, unreadable
from vibes_desktop.callbacks.payload import Body, Payload
from vibes_desktop.callbacks.records import Record, records_of
from vibes_desktop.callbacks.source import FileSource, Spool
from vibes_desktop.callbacks.unfolding import CannotOpen, broke_off, open_path
from vibes_desktop.callbacks.unwrapping import unwrap

EMPTY_FILE = "an empty file"
NOTHING_IN_IT = "a file with nothing in it but blanks or empty brackets"


class Pile:
    """Reads paths once, in order. `skipped` counts records without a payload by reason.

    `column`: the one of CSV files that holds the payloads, where somebody chose it.
    """

    def __init__(self, paths: Iterable[str], column: str | None = None) -> None:
        self.paths = tuple(paths)
        self.column = column
        self.skipped: Counter[str] = Counter()
        self.troubles: list[str] = []
        self.notes: list[str] = []

    def sources(self) -> Iterator[FileSource]:
        """Open one file after the other; each is closed when the next is asked for."""
        spool = Spool()
        for path in self.paths:
            for source in open_path(path, spool):
                if isinstance(source, CannotOpen):
                    self.troubles.append(str(source))
                    continue
                source.choose(self.column)
                self.notes.extend(source.notes)
                if source.size == 0:
                    self.skipped[EMPTY_FILE] += 1
                try:
                    yield source
                finally:
                    source.close()

    def fail(self, source: FileSource, error: OSError) -> None:
        """Note that a file stopped being readable."""
        self.troubles.append(broke_off(source.name, error))

    def payloads(self, *, judged: bool = True) -> Iterator[Payload]:
        """Read every payload there is."""
        for source in self.sources():
            told = sum(self.skipped.values())
            found = False
            try:
                for record in records_of(source):
                    for payload in self.payloads_in(record, source.name, judged=judged):
                        found = True
                        yield payload
            except OSError as error:
                self.fail(source, error)
                continue
            if not found and source.size and sum(self.skipped.values()) == told:
                self.skipped[NOTHING_IN_IT] += 1

    def payloads_in(
        self, record: Record, name: str, *, judged: bool = True, whole: bool = True
    ) -> Iterator[Payload]:
        """Read what one record holds; `judged` and `whole` as for `assemble`."""
        if record.trouble is not None:
            yield unreadable(Body(record.text, record.wrapping), name, record.position, record.trouble)
            return
        for found in unwrap(record.text, record.wrapping):
            if isinstance(found, Body):
                listed = record.is_document and found.index is not None
                position = found.index if listed and found.index is not None else record.position
                yield assemble(found, name, position, judged=judged, whole=whole)
            else:
                self.skipped[found.reason] += 1
