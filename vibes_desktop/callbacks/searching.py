"""Rows that only their text or their payload can tell: read, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import Mark
from vibes_desktop.callbacks.matching import matcher, value_matcher, word_matcher
from vibes_desktop.callbacks.payload import Json
from vibes_desktop.callbacks.query import Term
from vibes_desktop.callbacks.repeats import with_repeat
from vibes_desktop.callbacks.source import FileSource
from vibes_desktop.callbacks.texts import texts_of

Rows = npt.NDArray[np.int64]
SEARCH_BYTES = 1 << 20  # longer calls would hold up the window
OF_FINDINGS = frozenset((("has", "findings"),))
PLAIN_WORD = re.compile(r"[A-Za-z0-9_-]+")
NOT_STRICT = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def is_searched(term: Term) -> bool:
    """Tell whether a condition is about the text, or about a member that the text must name."""
    return term.field in {"", "path"} and bool(term.value)


def asked(term: Term, collection: Collection, rows: Rows) -> Rows:
    """Read the payloads of these rows and ask each. Raises OSError."""
    if not term.field:
        has_word = word_matcher(term.value)
        return np.array([row for row in rows.tolist() if has_word(collection.text(row))], dtype=np.int64)
    matches = matcher(term)
    judged = term.field == "finding" or (term.field, term.value) in OF_FINDINGS
    if not judged:
        found = [row for row in rows.tolist() if matches(collection.payload(row, judged=False))]
        return np.array(found, dtype=np.int64)
    repeats = collection.repeats().findings
    found = [row for row in rows.tolist() if matches(with_repeat(collection.payload(row), repeats.get(row)))]
    return np.array(found, dtype=np.int64)


def searched(term: Term, collection: Collection, rows: Rows) -> Rows:
    """Look into the text of plain rows block by block, and ask those of the others that may hold it.

    Raises OSError.
    """
    marks = collection.columns.of("mark", rows).astype(np.uint8)
    plain = (marks & np.uint8(Mark.FULL)) == 0
    clean = rows[plain]
    if term.field == "path":
        found = _with_member(term, collection, clean)
    elif term.value.isascii():
        found = _with_word(term.value.encode().lower(), collection, clean)
    else:
        found = _with_letters(term, collection, clean)
    if plain.all():
        return found
    others = asked(term, collection, _worth_asking(term, collection, rows[~plain]))
    return np.sort(np.concatenate((found, others)))


def _worth_asking(term: Term, collection: Collection, rows: Rows) -> Rows:
    """Leave out wrapped payloads whose record doesn't hold the word at all.

    Wrappers escape quotation marks and the like; plain words are hidden by Base64 alone.
    """
    word = term.value
    if term.field == "path":
        word = word.partition("=")[0].strip(".").rpartition(".")[2]
    if not PLAIN_WORD.fullmatch(word) or (term.field == "path" and word.isdigit()):
        return rows
    words = [word.lower().encode(), b"base64"]
    if term.field == "path":
        words.append(b"\\u00")  # a key may be spelled with escapes
    found = [block.rows[_with_any(words, block)] for block in _blocks(collection, rows)]
    return np.unique(np.concatenate((np.empty(0, np.int64), *found)))


def _with_any(words: Sequence[bytes], block: Block) -> list[bool]:
    """Tell which pieces hold any of the words; several rows may be parts of one record."""
    text = block.text.lower()
    places = list(zip(block.begins, block.ends, strict=True))
    holds = {place: any(text.find(word, *place) >= 0 for word in words) for place in dict.fromkeys(places)}
    return [holds[place] for place in places]


def _with_member(term: Term, collection: Collection, rows: Rows) -> Rows:
    """Decode only what names the last member of the path at all; an escaped spelling counts as well."""
    name = term.value.partition("=")[0].strip(".").rpartition(".")[2]
    matches = value_matcher(term)
    if not (name.isascii() and name.isprintable()) or name.isdigit() or set(name) & set('"\\'):
        may_have = rows
    else:
        word = f'"{name}"'.encode()
        may_have = np.union1d(
            _with_word(word.lower(), collection, rows), _with_word(b"\\u", collection, rows)
        )
    texts = zip(may_have.tolist(), texts_of(collection, may_have), strict=True)
    found = [row for row, text in texts if matches(_value(text, collection, row))]
    return np.array(found, dtype=np.int64)


def _value(text: bytes, collection: Collection, row: int) -> Json:
    try:
        value: Json = msgspec.json.decode(text)
    except NOT_STRICT:
        return collection.payload(row, judged=False).value
    return value


def _with_letters(term: Term, collection: Collection, rows: Rows) -> Rows:
    """Compare letters beyond ASCII, as they are or as JSON's escapes; a block with neither is passed over."""
    has_word, is_plain = word_matcher(term.value), term.value.casefold().isascii()
    found = [
        row
        for block in _blocks(collection, rows)
        if is_plain or not block.text.isascii() or b"\\u" in block.text
        for row, begin, end in zip(block.rows.tolist(), block.begins, block.ends, strict=True)
        if has_word(block.text[begin:end])
    ]
    return np.sort(np.array(found, dtype=np.int64))


def _with_word(word: bytes, collection: Collection, rows: Rows) -> Rows:
    found = [
        block.rows[_holders(word, block.text.lower(), block.begins, block.ends)]
        for block in _blocks(collection, rows)
    ]
    return np.sort(np.concatenate((np.empty(0, np.int64), *found)))


@dataclass(frozen=True, slots=True)
class Block:
    """Rows whose texts lie close together in one file, and where each begins and ends in `text`."""

    rows: Rows
    text: bytes = field(repr=False)
    begins: list[int]
    ends: list[int]


def _blocks(collection: Collection, rows: Rows) -> Iterator[Block]:
    files = collection.columns.of("file", rows)
    for file in np.unique(files).tolist():
        source, inside = collection.sources[file], rows[files == file]
        if isinstance(source, FileSource):
            yield from _in_file(collection, source, inside)
        else:
            for row in inside.tolist():
                text = collection.text(row)
                yield Block(np.array([row]), text, [0], [len(text)])


def _in_file(collection: Collection, source: FileSource, rows: Rows) -> Iterator[Block]:
    """Read rows that lie in one file in ascending order."""
    offsets = collection.columns.of("offset", rows)
    ends = offsets + collection.columns.of("length", rows)
    first = 0
    while first < len(rows):
        begin = int(offsets[first])
        last = int(np.searchsorted(ends, begin + SEARCH_BYTES, "right"))
        last = max(last, int(np.searchsorted(offsets, begin, "right")))  # one record may be many rows
        text = source.read_all(begin, int(ends[last - 1]) - begin)
        begins, stops = offsets[first:last] - begin, ends[first:last] - begin
        yield Block(rows[first:last], text, begins.tolist(), stops.tolist())
        first = last


def _holders(word: bytes, text: bytes, begins: list[int], ends: list[int]) -> list[int]:
    """Tell which pieces of a text hold a word: from a hit on, the search goes on in the next piece."""
    found: list[int] = []
    place, piece, find, length = text.find(word), 0, text.find, len(word)
    while place >= 0:
        while ends[piece] <= place:
            piece += 1
            if piece == len(ends):
                return found
        if begins[piece] <= place and place + length <= ends[piece]:
            found.append(piece)
            place = find(word, ends[piece])
        else:
            place = find(word, place + 1)
    return found
