"""Files that change while they are open: what is added becomes rows, anything else becomes a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vibes_desktop.callbacks.indexing import Indexed, LineIndexer, together
from vibes_desktop.callbacks.records import goes_on_by_lines, is_json
from vibes_desktop.callbacks.source import BLOCK_BYTES, FileSource
from vibes_desktop.callbacks.stopping import Check, go_on

LOOK_BYTES = 16 << 20  # what one look reads at most
COMPARED_BYTES = 1 << 12
LONGEST_HALF_LINE = 1 << 20


class Change(Enum):
    """What became of a file; the value is the sentence about it."""

    GONE = "it was deleted or moved while it was open; its rows may not be readable any more"
    REPLACED = "another file took its place while it was open; open it again to see that one"
    SHRANK = "it became shorter while it was open; rows beyond its end can't be read any more"
    OVERWRITTEN = "its content was changed while it was open; open it again"
    NOT_FOLLOWED = "it grew, but what is added to a file of this shape can't be followed; open it again"


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of one file, as a sentence for a person."""

    name: str
    change: Change

    @property
    def sentence(self) -> str:
        """Say it."""
        return f"{self.name}: {self.change.value}."


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: rows that were added, a change to tell, and whether there is more to read."""

    part: Indexed | None = None
    notice: Notice | None = None
    has_more: bool = False


def change_of(source: FileSource) -> Notice | None:
    """Tell whether a file was replaced, cut or taken away since it was opened; growing is no change."""
    if source.path is None or source.stat is None:
        return None
    try:
        now = source.path.stat()
    except OSError:
        return Notice(source.name, Change.GONE)
    if (now.st_dev, now.st_ino) != (source.stat.st_dev, source.stat.st_ino):
        return Notice(source.name, Change.REPLACED)
    if now.st_size < source.size:
        return Notice(source.name, Change.SHRANK)
    return None


class Follower:
    """Looks after one file of a collection; `look` is for one background thread."""

    def __init__(self, source: FileSource, file: int) -> None:
        self._source = source
        self._file = file
        self._begin: int | None = None  # where what is added begins, once something is
        self._number = 0  # how many lines end before that
        self._modified = source.stat.st_mtime_ns if source.stat else 0
        self._has_more = False
        self._known = self._fingerprint()
        self.has_ended = source.path is None  # looking on is of no use

    def look(self, check: Check = go_on) -> Look:
        """See what was added, or became of the file. Raises OSError, and Stopped as `check` does."""
        source = self._source
        if self.has_ended or source.path is None:
            return Look()
        notice = change_of(source)
        if notice is not None:
            return self._over(notice.change)
        now = source.path.stat()
        if (now.st_mtime_ns, now.st_size) == (self._modified, source.size) and not self._has_more:
            return Look()
        if self._fingerprint() != self._known:
            return self._over(Change.OVERWRITTEN)
        self._modified = now.st_mtime_ns
        if now.st_size <= source.read_to:
            return Look()
        if not goes_on_by_lines(source):
            return self._over(Change.NOT_FOLLOWED)
        source.size = now.st_size
        return self._added(check)

    def _over(self, change: Change) -> Look:
        self.has_ended = True
        return Look(notice=Notice(self._source.name, change))

    def _added(self, check: Check) -> Look:
        source = self._source
        if self._begin is None:
            self._begin = self._start()
            self._number = _lines_before(source, self._begin, check)
        end = self._end_of_lines(self._begin, check)
        if end is None:
            self._has_more = False
            return Look()
        indexer = LineIndexer(source, self._file, check, begin=self._begin, number=self._number)
        part = together(indexer.parts(end))
        self._begin, self._number = end, part.lines
        source.read_to, source.lines = end, part.lines
        self._known = self._fingerprint()
        self._has_more = end < source.size and part.end - end < LOOK_BYTES
        return Look(part, has_more=self._has_more)

    def _start(self) -> int:
        """Tell where to read on: half a line at the end, a row already, is read again as a whole."""
        read_to = self._source.read_to
        begin = max(read_to - LONGEST_HALF_LINE, 0)
        last = self._source.read_all(begin, read_to - begin)
        half = last[last.rfind(b"\n") + 1 :]
        return read_to if not half or is_json(half) else read_to - len(half)

    def _end_of_lines(self, begin: int, check: Check) -> int | None:
        """Find where the last whole line of the next few megabytes ends."""
        block = self._source.read_all(begin, LOOK_BYTES)
        place = block.rfind(b"\n")
        while place < 0 and block:
            check()
            begin += len(block)
            block = self._source.read_at(begin, BLOCK_BYTES)
            place = block.find(b"\n")
        return begin + place + 1 if place >= 0 else None

    def _fingerprint(self) -> tuple[bytes, bytes]:
        """Condense the beginning, and the end as far as it is read: whoever appends changes neither."""
        read_to = self._source.read_to
        begin = max(read_to - COMPARED_BYTES, 0)
        return self._source.read_at(0, min(COMPARED_BYTES, read_to)), self._source.read_at(
            begin, read_to - begin
        )


def _lines_before(source: FileSource, end: int, check: Check) -> int:
    """Count the lines that end before a place."""
    count = at = 0
    while at < end and (block := source.read_at(at, min(BLOCK_BYTES, end - at))):
        check()
        count += block.count(b"\n")
        at += len(block)
    return count
