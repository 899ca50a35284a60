"""What the question's box offers while somebody types: fields, and the values that occur."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS, DAY_MS, KINDS, WORDED
from vibes_desktop.callbacks.compare import leaves
from vibes_desktop.callbacks.dates import iso_seconds
from vibes_desktop.callbacks.findings import CODES
from vibes_desktop.callbacks.matching import shown
from vibes_desktop.callbacks.query import FIELDS, WORDS, Takes, write
from vibes_desktop.callbacks.query import Term as QueryTerm

MOST = 50
SAMPLE = 150  # payloads that are looked into for their members
FEW_LETTERS = 2  # from here on a bare word is also looked for among the values
TERM = re.compile(r'(?:[^\s()"]|"(?:[^"\\]|\\.)*"?)*')
DAY = len("2026-11-01")
TIMES = {"date": "time", "received": "received", "optout": "opt_out"}
NUMBERS = {"attempt": "attempt", "answered": "answered"}


@dataclass(frozen=True, slots=True)
class Completion:
    """Put `text` in place of what stands from `begin` to before `end`. `count`: rows, None where unknown."""

    begin: int
    end: int
    text: str
    shown: str
    count: int | None = None


def completions(text: str, cursor: int, collection: Collection) -> tuple[Completion, ...]:
    """Offer what may stand at the cursor; the most frequent values come first."""
    begin, end = _term_at(text, cursor)
    typed = text[begin:cursor].lstrip("-")
    begin += len(text[begin:cursor]) - len(typed)
    field, colon, value = typed.partition(":")
    if not colon:
        return tuple(_bare(typed, begin, end, collection))[:MOST]
    if field.lower() not in FIELDS:
        return ()
    values = _values(field.lower(), value, collection)
    found = _latest(values, value) if field.lower() in TIMES else _ranked(values, _unquoted(value))
    return tuple(Completion(begin, end, _written(field.lower(), each), each, count) for each, count in found)[
        :MOST
    ]


def _term_at(text: str, cursor: int) -> tuple[int, int]:
    """Find the condition that the cursor is in, or a place for one."""
    place = 0
    while place < len(text):
        match = TERM.match(text, place)
        end = match.end() if match else place
        if place <= cursor <= end and end > place:
            return place, end
        place = max(end, place + 1)
    return cursor, cursor


def _bare(typed: str, begin: int, end: int, collection: Collection) -> Iterator[Completion]:
    """Offer fields, and values of any field that begin like the word."""
    for field in FIELDS:
        if field.startswith(typed.lower()):
            yield Completion(begin, end, f"{field}:", f"{field}:")
    if len(typed) < FEW_LETTERS:
        return
    for field in ("type", "reason", "list", "campaign", "is", "has", "finding"):
        for value, count in _ranked(_values(field, typed, collection), typed):
            written = _written(field, value)
            yield Completion(begin, end, written, f"{field}:{value}", count)


def _ranked(values: Iterable[tuple[str, int | None]], typed: str) -> list[tuple[str, int | None]]:
    """Take those that match; whatever begins like what was typed comes first, then the most frequent."""
    wanted = typed.casefold().rstrip("*")
    found = [(value, count) for value, count in values if wanted in value.casefold()]
    return sorted(
        found, key=lambda pair: (not pair[0].casefold().startswith(wanted), -(pair[1] or 0), pair[0])
    )


def _latest(values: Iterable[tuple[str, int | None]], typed: str) -> list[tuple[str, int | None]]:
    return sorted((pair for pair in values if pair[0].startswith(typed)), reverse=True)


def _values(field: str, typed: str, collection: Collection) -> Iterator[tuple[str, int | None]]:
    """Name the values of a field that occur, with how many rows have each where that is cheap to tell."""
    columns = collection.columns
    if field in WORDED:
        yield from _counted(columns[field], columns.words[field])
    elif field == "source":
        yield from _counted(columns["file"], [source.name for source in collection.sources])
    elif field == "kind":
        yield from _counted(columns["kind"], [kind.value for kind in KINDS])
    elif field in NUMBERS:
        counts = np.bincount(columns[NUMBERS[field]], minlength=1)
        yield from (
            (str(number), int(counts[number])) for number in np.flatnonzero(counts).tolist() if number
        )
    elif field in TIMES:
        yield from _days(columns[TIMES[field]], typed)
    elif field == "finding":
        judged = collection.judged
        known = dict(judged.counts(np.arange(len(columns)))) if judged is not None else {}
        yield from ((code, known.get(code, 0) if judged is not None else None) for code in CODES)
    elif field == "path":
        yield from _members(typed, collection)
    elif FIELDS[field] is Takes.WORD:
        yield from ((word, None) for word in WORDS[field])


def _members(typed: str, collection: Collection) -> Iterator[tuple[str, int | None]]:
    """Name the paths that some payloads have; after `=` the values that stand there."""
    path, equals, _ = typed.partition("=")
    rows = np.linspace(0, max(len(collection) - 1, 0), num=min(SAMPLE, len(collection))).astype(np.int64)
    found: Counter[str] = Counter()
    for row in rows.tolist():
        try:
            members = dict(leaves(collection.payload(row, judged=False).value))
        except OSError:  # whoever looks at the row is told
            continue
        if not equals:
            found.update(members.keys())
        elif isinstance(members.get(path), (str, int)):
            found[f"{path}={shown(members[path])}"] += 1
    yield from ((each, None) for each, _ in found.most_common())


def _counted(codes: np.typing.NDArray[np.integer], words: list[str]) -> Iterator[tuple[str, int]]:
    counts = np.bincount(codes, minlength=len(words))
    yield from ((words[code], int(counts[code])) for code in np.flatnonzero(counts).tolist() if words[code])


def _days(moments: np.typing.NDArray[np.int64], typed: str) -> Iterator[tuple[str, int]]:
    """Name the days that occur; after `..` as the end of a range."""
    begun, dots, _ = typed.rpartition("..")
    days = moments[moments != ABSENT_MS] // DAY_MS
    if not len(days):
        return
    first = int(days.min())
    counts = np.bincount(days - first)
    for day in np.flatnonzero(counts).tolist():
        yield f"{begun}{dots}{iso_seconds((first + day) * DAY_MS)[:DAY]}", int(counts[day])


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value.removeprefix('"').removesuffix('"'))


def _written(field: str, value: str) -> str:
    """Write a condition; in quotes where the value could be taken for something else."""
    has_meaning = re.search(r'[\s()"\\*]', value) is not None or (
        ".." in value and FIELDS[field] is Takes.TEXT
    )
    return write(QueryTerm(field, value, is_quoted=has_meaning or not value))
