"""The texts of a row that no column holds: read from the payload itself. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import KINDS
from vibes_desktop.callbacks.facts import part, text
from vibes_desktop.callbacks.fast import REFUSED, fast_row
from vibes_desktop.callbacks.payload import Json, Kind

MAX_READ_BYTES = 4 << 20  # a row of a larger payload shows what its columns hold
NAMES = ("first_name", "last_name")


@dataclass(frozen=True, slots=True, repr=False)
class RowTexts:
    """Who and what a row is about, as its payload says; empty for what it doesn't say."""

    event_id: str = ""
    person_key: str = ""
    person_id: str = ""
    external_id: str = ""
    mobile: str = ""
    name: str = ""

    def __repr__(self) -> str:
        """Tell nothing: a repr may end in a log."""
        return "RowTexts(…)"


NO_TEXTS = RowTexts()


class _Fields(msgspec.Struct, gc=False):
    first_name: str | None = None
    last_name: str | None = None


class _Person(msgspec.Struct, gc=False):
    custom_fields: _Fields | None = None


class _Event(msgspec.Struct, gc=False):
    person: _Person | None = None


_named = msgspec.json.Decoder(_Event).decode


def texts_of(collection: Collection, rows: Iterable[int]) -> Mapping[int, RowTexts]:
    """Read the texts of rows; a row that can't be read has none."""
    found = {}
    for row in rows:
        try:
            found[row] = _texts(collection, row)
        except (OSError, ValueError, IndexError):  # the file went away meanwhile; other rows may be there
            found[row] = NO_TEXTS
    return found


def _texts(collection: Collection, row: int) -> RowTexts:
    columns = collection.columns
    length = columns.at("length", row)
    if length > MAX_READ_BYTES or KINDS[columns.at("kind", row)] is Kind.UNREADABLE:
        return NO_TEXTS
    if collection.is_plain(row):
        source = collection.sources[columns.at("file", row)]
        line = source.read_all(columns.at("offset", row), length)
        quick = _quick(line)
        if quick is not None:
            return quick
    payload = collection.payload(row, judged=False, whole=False)
    who = payload.facts.person
    return RowTexts(
        payload.facts.event_id or "",
        who.person_key or "",
        who.person_id or "",
        who.external_person_id or "",
        who.mdn or "",
        name_in(payload.value),
    )


def _quick(line: bytes) -> RowTexts | None:
    row = fast_row(line, harmless=True)
    if row is None:
        return None
    return RowTexts(row[1] or "", row[4] or "", row[5] or "", row[6] or "", row[7] or "", _quick_name(line))


def _quick_name(line: bytes) -> str:
    try:
        person = _named(line).person
    except REFUSED:
        return ""
    fields = person.custom_fields if person is not None else None
    return " ".join(filter(None, (fields.first_name, fields.last_name))) if fields is not None else ""


def name_in(value: Json) -> str:
    """Read somebody's name, where the payload has it in the usual custom fields."""
    if not isinstance(value, dict):
        return ""
    person = part(value, "person") or value
    fields = part(person, "custom_fields")
    return " ".join(filter(None, (text(fields, name) for name in NAMES)))
