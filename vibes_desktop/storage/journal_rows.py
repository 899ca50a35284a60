"""A change record as a row of the journal, and back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Intention, Outcome, SentRequest
from vibes_desktop.model.fields import ABSENT, FieldChange, FieldRef, Value
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonObject, dump, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.database import Row
from vibes_desktop.storage.rows import (
    identifier_columns,
    identifier_from,
    identifiers_of_change,
    storable,
    time_column,
    time_from,
)

SEARCHED_CHARACTERS = 2_000  # of one value
COLUMNS = (
    "id",
    "profile_id",
    "kind",
    "outcome",
    "started_at",
    "finished_at",
    "os_user",
    "reason",
    "undo_of",
    "target_kind",
    "target_value",
    "person_kind",
    "person_value",
    "display_name",
    "detail",
    "before",
    "changes",
    "request",
    "differing",
    "is_erased",
    "list_id",
)


def columns_of(record: ChangeRecord) -> dict[str, Any]:
    """Write a record, without its id and with the text that is searched."""
    intention = record.intention
    target_kind, target_value = identifier_columns(intention.target)
    person_kind, person_value = identifier_columns(record.person)
    request = intention.request
    return {
        "profile_id": intention.profile_id,
        "kind": intention.kind.value,
        "outcome": record.outcome.value,
        "started_at": time_column(record.started_at),
        "finished_at": time_column(record.finished_at) if record.finished_at else None,
        "os_user": storable(intention.os_user),
        "reason": storable(intention.reason),
        "undo_of": intention.undo_of,
        "target_kind": target_kind,
        "target_value": target_value,
        "person_kind": person_kind,
        "person_value": person_value,
        "display_name": storable(record.display_name),
        "detail": storable(record.detail),
        "before": dump(intention.before.raw) if intention.before else None,
        "changes": dump(JsonArray(tuple(_change_to_json(change) for change in intention.changes))),
        "request": dump(JsonArray((request.method, request.path, request.body))),
        "differing": dump(JsonArray(tuple(_field_to_json(field) for field in record.differing))),
        "is_erased": int(record.is_erased),
        "list_id": intention.list_id,
        "searched": _searched(record),
    }


def record_from(row: Row) -> ChangeRecord:
    """Read a row of COLUMNS."""
    column = dict(zip(COLUMNS, row, strict=True))
    return ChangeRecord(
        id=ChangeId(column["id"]),
        intention=_intention_from(column),
        started_at=time_from(column["started_at"]),
        outcome=Outcome(column["outcome"]),
        finished_at=_time_or_none(column["finished_at"]),
        person=identifier_from(column["person_kind"], column["person_value"]),
        display_name=column["display_name"],
        differing=tuple(_field_from_json(item) for item in _items(parse(column["differing"]))),
        detail=column["detail"],
        is_erased=bool(column["is_erased"]),
    )


def _intention_from(column: Mapping[str, Any]) -> Intention:
    before = None if column["before"] is None else parse(column["before"])
    method, path, body = (str(item) for item in _items(parse(column["request"])))
    return Intention(
        profile_id=ProfileId(column["profile_id"]),
        kind=ChangeKind(column["kind"]),
        target=identifier_from(column["target_kind"], column["target_value"]),
        before=Person(before) if isinstance(before, JsonObject) else None,
        changes=tuple(_change_from_json(item) for item in _items(parse(column["changes"]))),
        request=SentRequest(method, path, body),
        os_user=column["os_user"],
        reason=column["reason"],
        undo_of=None if column["undo_of"] is None else ChangeId(column["undo_of"]),
        list_id=column["list_id"],
    )


def _searched(record: ChangeRecord) -> str:
    """Collect what a person may look for, without case."""
    intention = record.intention
    parts = [record.display_name, intention.reason, intention.os_user, record.detail]
    parts += [identifier.value for identifier in identifiers_of_change(record)]
    for change in intention.changes:
        parts += [change.field.name, _spoken(change.before), _spoken(change.after)]
    return storable("\n".join(part for part in parts if part)).casefold()


def _spoken(value: Value) -> str:
    if value is ABSENT or value is None:
        return ""
    return (value if isinstance(value, str) else dump(value))[:SEARCHED_CHARACTERS]


def _change_to_json(change: FieldChange) -> Json:
    """Write field, before (null where it was absent) and after; values as text, however deeply nested."""
    before = None if change.before is ABSENT else dump(change.before)
    return JsonArray((_field_to_json(change.field), before, dump(change.after)))


def _change_from_json(value: Json) -> FieldChange:
    field, before, after = _items(value)
    former = ABSENT if before is None else parse(str(before))
    return FieldChange(_field_from_json(field), former, parse(str(after)))


def _field_to_json(field: FieldRef) -> Json:
    return JsonArray((field.name, field.is_custom))


def _field_from_json(value: Json) -> FieldRef:
    name, is_custom = _items(value)
    return FieldRef(str(name), bool(is_custom))


def _items(value: Json) -> Iterable[Json]:
    assert isinstance(value, JsonArray)  # noqa: S101 - what was written above
    return value.items


def _time_or_none(column: str | None) -> datetime | None:
    return None if column is None else time_from(column)
