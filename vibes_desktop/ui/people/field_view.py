"""A field as the form shows it: what was opened, what stands there now, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from vibes_desktop.model.fields import ABSENT, FieldRef, Value
from vibes_desktop.people.edit import FieldState, PersonEdit, Unfinished

Shown = Value | Unfinished


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the edit. `problem` keeps it from being sent; `warning` does not."""

    original: Value = dataclass_field(repr=False)
    value: Shown = dataclass_field(repr=False)
    state: FieldState
    problem: str | None = None
    warning: str | None = None


def is_set(value: Shown) -> bool:
    """Tell a value from null and from no field at all."""
    return value is not None and value is not ABSENT


def view_of(edit: PersonEdit, name: FieldRef) -> FieldView:
    """View one field."""
    return views_of(edit, [name])[name]


def views_of(edit: PersonEdit, names: Iterable[FieldRef]) -> dict[FieldRef, FieldView]:
    """View many fields in one pass: reading a record field by field is quadratic."""
    custom = dict(edit.opened.custom_fields.members)
    problems, warnings = edit.problems(), edit.warnings()
    views = {}
    for name in names:
        original = custom.get(name.name, ABSENT) if name.is_custom else edit.original(name)
        value = edit.entries.get(name, original)
        views[name] = FieldView(original, value, edit.state(name), problems.get(name), warnings.get(name))
    return views
