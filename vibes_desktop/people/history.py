"""The history of changes: filter it, and export it as CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from vibes_desktop.model.change import ChangeRecord, Outcome
from vibes_desktop.model.fields import ABSENT, FieldChange, Value
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject, dump, obj
from vibes_desktop.people.display import one_line

BYTE_ORDER_MARK = "\ufeff"  # lets Excel read UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = (
    "change",
    "started_utc",
    "finished_utc",
    "profile",
    "kind",
    "undo_of",
    "outcome",
    "os_user",
    "reason",
    "person",
    "identified_by",
    "identifier",
    "field",
    "before_state",
    "before",
    "after_state",
    "after",
    "differs",
    "method",
    "path",
    "detail",
)


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What to show. `since` and `until` are days of the calendar in the reader's zone, both included."""

    text: str = field(default="", repr=False)
    outcomes: frozenset[Outcome] = frozenset()  # empty: all
    since: date | None = None
    until: date | None = None

    def matches(self, record: ChangeRecord, zone: tzinfo | None = None) -> bool:
        """Tell whether a change is shown; every word of `text` must occur somewhere in it."""
        day = record.started_at.astimezone(zone).date()
        if (self.since is not None and day < self.since) or (self.until is not None and day > self.until):
            return False
        if self.outcomes and record.outcome not in self.outcomes:
            return False
        words = self.text.casefold().split()
        return not words or _has_all(words, _searched(record))


def filtered(
    records: Iterable[ChangeRecord], chosen: HistoryFilter, zone: tzinfo | None = None
) -> tuple[ChangeRecord, ...]:
    """Keep the changes that match, in their order."""
    return tuple(record for record in records if chosen.matches(record, zone))


def to_csv(records: Iterable[ChangeRecord], *, byte_order_mark: bool = True) -> Iterator[str]:
    """Write one row per changed field, as RFC 4180 asks; chunks of text.

    No cell can begin a formula: one that would gets an apostrophe in front. Removing it gives the
    value back, a phone number with its + included.
    """
    yield (BYTE_ORDER_MARK if byte_order_mark else "") + _csv_line(COLUMNS)
    for record in records:
        for change in record.intention.changes or (None,):
            yield _csv_line([_safe(cell) for cell in _cells(record, change)])


def to_json(records: Iterable[ChangeRecord]) -> Iterator[str]:
    """Write the changes as one JSON array, values as they came; chunks of text."""
    yield "["
    for i, record in enumerate(records):
        yield ("," if i else "") + "\n" + dump(_exported(record), indent=2)
    yield "\n]\n"


def _searched(record: ChangeRecord) -> Iterator[str]:
    intention = record.intention
    yield from (record.display_name, record.detail, intention.reason, intention.os_user)
    yield from (intention.kind.value, record.outcome.value.replace("_", " "), intention.request.path)
    for identifier in (record.person, intention.target):
        if identifier is not None:
            yield identifier.value
    for change in intention.changes:
        yield change.field.name
        yield from (one_line(change.before), one_line(change.after))


def _has_all(words: list[str], texts: Iterable[str]) -> bool:
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words)


def _cells(record: ChangeRecord, change: FieldChange | None) -> Iterator[str]:
    intention = record.intention
    person = record.person or intention.target
    yield from (str(record.id), _utc(record.started_at), _utc(record.finished_at), intention.profile_id)
    yield from (intention.kind.value, "" if intention.undo_of is None else str(intention.undo_of))
    yield from (record.outcome.value, intention.os_user, intention.reason, record.display_name)
    yield from ("", "") if person is None else (person.kind.value, person.value)
    if change is None:
        yield from ("",) * 6
    else:
        yield change.field.name
        yield from (_state(change.before), _cell(change.before))
        yield from (_state(change.after), _cell(change.after))
        yield "yes" if change.field in record.differing else ""
    yield from (intention.request.method, intention.request.path, record.detail)


def _state(value: Value) -> str:
    """Tell null and absence from a text, which `before` and `after` alone could not."""
    if value is ABSENT:
        return "absent"
    return "null" if value is None else "value"


def _cell(value: Value) -> str:
    if value is None or value is ABSENT:
        return ""
    return value if isinstance(value, str) else dump(value)


def _safe(cell: str) -> str:
    text = cell.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "␀")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _utc(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _exported(record: ChangeRecord) -> JsonObject:
    intention, request = record.intention, record.intention.request
    return obj(
        change=JsonNumber(str(record.id)),
        started_at=_utc(record.started_at),
        finished_at=_utc(record.finished_at) or None,
        profile=str(intention.profile_id),
        kind=intention.kind.value,
        undo_of=None if intention.undo_of is None else JsonNumber(str(intention.undo_of)),
        outcome=record.outcome.value,
        detail=record.detail,
        os_user=intention.os_user,
        reason=intention.reason,
        name=record.display_name,
        person=_identifier(record.person),
        target=_identifier(intention.target),
        request=obj(method=request.method, path=request.path, body=request.body),
        changes=JsonArray(tuple(_change(record, change) for change in intention.changes)),
        before=None if intention.before is None else intention.before.raw,
    )


def _identifier(identifier: Identifier | None) -> Json:
    return None if identifier is None else obj(kind=identifier.kind.value, value=identifier.value)


def _change(record: ChangeRecord, change: FieldChange) -> JsonObject:
    before = () if change.before is ABSENT else (("before", change.before),)
    return obj(
        (
            ("field", change.field.name),
            ("custom", change.field.is_custom),
            *before,
            ("after", change.after),
            ("differs", change.field in record.differing),
        )
    )
