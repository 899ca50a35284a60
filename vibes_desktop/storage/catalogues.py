"""What each profile has learned about its custom fields."""

import sqlite3
from collections.abc import Iterable

from vibes_desktop.model.fields import FieldKind, FieldSpec
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonObject, dump, parse
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.database import Database


class Catalogues:
    """One catalogue per profile, in its order. All calls raise StorageError; blocking; any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, profile_id: ProfileId) -> tuple[FieldSpec, ...]:
        """Read a profile's catalogue; empty where nothing was learned."""
        rows = self._database.rows("SELECT document FROM catalogues WHERE profile_id = ?", (profile_id,))
        return tuple(_spec_from(item) for row in rows for item in _items(parse(row[0])))

    def save(self, profile_id: ProfileId, specs: Iterable[FieldSpec]) -> None:
        """Replace a profile's catalogue."""
        document = dump(JsonArray(tuple(_spec_to_json(spec) for spec in specs)))
        with self._database.transaction() as connection:
            sql = "INSERT OR REPLACE INTO catalogues (profile_id, document) VALUES (?, ?)"
            connection.execute(sql, (profile_id, document))

    def clear(self, profile_id: ProfileId) -> None:
        """Drop a profile's catalogue."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM catalogues WHERE profile_id = ?", (profile_id,))


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the table, as of version 1 of the file."""
    connection.execute(
        "CREATE TABLE catalogues (profile_id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL) STRICT"
    )


def _spec_to_json(spec: FieldSpec) -> Json:
    """Write a spec; each option as text, so that it may be nested as deeply as any JSON."""
    options = JsonArray(tuple(dump(option) for option in spec.options))
    return JsonArray((spec.name, spec.kind.value, options, spec.is_fixed))


def _spec_from(value: Json) -> FieldSpec:
    name, kind, texts, is_fixed = _items(value)
    options = (parse(str(text)) for text in _items(texts))
    shapes = tuple(option for option in options if isinstance(option, JsonObject))
    return FieldSpec(str(name), FieldKind(str(kind)), shapes, bool(is_fixed))


def _items(value: Json) -> tuple[Json, ...]:
    assert isinstance(value, JsonArray)  # noqa: S101 - what was written above
    return value.items
