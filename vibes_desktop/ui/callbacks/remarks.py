"""What there is to say about what was opened: what was wrong, left out, unwrapped. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import Mark
from vibes_desktop.callbacks.csv_rows import csv_titles

SAID_AT_MOST = 5
REASONS_SAID = 3
CSV_ENDINGS = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Remarks:
    """Sentences for a notice; `troubles` are files that could not be read."""

    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    csv_name: str = ""  # a file whose column with the payloads can be chosen
    csv_titles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.troubles or self.notes)

    @property
    def title(self) -> str:
        """Say what it is about."""
        if not self.troubles:
            return "About these files"
        return "A file could not be read" if len(self.troubles) == 1 else "Some files could not be read"


def remarks_about(collection: Collection) -> Remarks:
    """Collect them; blocking, as a wrapped payload is read again."""
    notes = (*_skipped(collection), *_unwrapped(collection), *_first(collection.notes))
    return Remarks(_first(collection.troubles), notes, *_csv(collection))


def _csv(collection: Collection) -> tuple[str, tuple[str, ...]]:
    """Find the first CSV file, and name its columns."""
    for source in tuple(collection.sources):
        if source.name.lower().endswith(CSV_ENDINGS):
            titles = csv_titles(source.head())
            if titles:
                return source.name, titles
    return "", ()


def _first(sentences: list[str]) -> tuple[str, ...]:
    shown = tuple(sentences[:SAID_AT_MOST])
    more = len(sentences) - len(shown)
    return (*shown, f"… and {more:,} more like these.") if more else shown


def _skipped(collection: Collection) -> tuple[str, ...]:
    count = collection.skipped.total()
    if not count:
        return ()
    reasons = [f"{number:,} × {reason}" for reason, number in collection.skipped.most_common(REASONS_SAID)]
    others = len(collection.skipped) - len(reasons)
    told = ", ".join([*reasons, *([f"{others:,} other reasons"] if others else [])])
    what = "record holds" if count == 1 else "records hold"
    return (f"{count:,} {what} no payload and {'is' if count == 1 else 'are'} not shown: {told}.",)


def _unwrapped(collection: Collection) -> tuple[str, ...]:
    marks = collection.columns["mark"].astype(np.uint8) & np.uint8(Mark.UNWRAPPED)
    rows = np.flatnonzero(marks)
    if not len(rows):
        return ()
    try:
        layers = collection.payload(int(rows[0]), judged=False, whole=False).wrapping.notes
    except OSError:
        layers = ()
    how = f" (first: {', in '.join(reversed(layers))})" if layers else ""
    verb = "payload was" if len(rows) == 1 else "payloads were"
    return (f"{len(rows):,} {verb} taken out of what stood around them{how}.",)
