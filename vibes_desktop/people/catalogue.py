"""The catalogue of a profile's custom fields: learned from values seen, as the platform publishes none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vibes_desktop.model.errors import NOTHING_CHANGED, InvalidInput
from vibes_desktop.model.fields import FieldKind, FieldSpec, Value
from vibes_desktop.model.jsonvalue import (
    Json,
    JsonArray,
    JsonNumber,
    JsonObject,
    JsonSyntaxError,
    dump,
    obj,
    parse,
)
from vibes_desktop.model.person import Person
from vibes_desktop.people.compare import is_choice, is_choices, same_choice
from vibes_desktop.people.dates import read_stamp

Specs = tuple[FieldSpec, ...]

MAX_OPTIONS = 1_000  # of one field; beyond, new ones are not kept
FORMAT_VERSION = 1
_FORMAT_KEY = "vibes_desktop_catalogue"
_CHOICES = frozenset({FieldKind.SINGLE_CHOICE, FieldKind.MULTIPLE_CHOICE})


def kind_of(value: Value) -> FieldKind:
    """Tell the kind a single value suggests; UNKNOWN for null and absence."""
    match value:
        case bool():
            return FieldKind.YES_NO
        case str():
            return FieldKind.TEXT if read_stamp(value) is None else FieldKind.DATE
        case JsonNumber():
            return FieldKind.NUMBER
        case JsonObject():
            return FieldKind.SINGLE_CHOICE if is_choice(value) else FieldKind.JSON
        case JsonArray():
            return FieldKind.MULTIPLE_CHOICE if not len(value) or is_choices(value) else FieldKind.JSON
        case _:
            return FieldKind.UNKNOWN


def editor_kind(spec: FieldSpec | None, value: Value) -> FieldKind:
    """Choose the editor that shows a value without loss: the catalogue's kind where it fits."""
    seen = kind_of(value)
    if spec is None or spec.kind is FieldKind.UNKNOWN:
        return seen
    if seen is FieldKind.UNKNOWN or seen is spec.kind or spec.kind is FieldKind.JSON:
        return spec.kind
    if spec.kind is FieldKind.TEXT and isinstance(value, str):
        return FieldKind.TEXT
    return FieldKind.TEXT if isinstance(value, str) else seen


def options_for(spec: FieldSpec | None, value: Value) -> tuple[JsonObject, ...]:
    """List a choice's options; those chosen now stand in the shape they were read in."""
    known = spec.options if spec is not None else ()
    return _merged(known, _options_in(value))


def spec_of(specs: Iterable[FieldSpec], name: str) -> FieldSpec | None:
    """Find a field by its exact name."""
    return next((spec for spec in specs if spec.name == name), None)


def learn(specs: Specs, person: Person) -> Specs:
    """Add what a record shows. Returns `specs` itself when there is nothing new.

    A field without a name is left out: nothing can be sent to it.
    """
    known = {spec.name: spec for spec in specs}
    for name, value in person.custom_fields.members:
        if not name:
            continue
        old = known.get(name)
        known[name] = (
            FieldSpec(name, kind_of(value), _options_in(value)) if old is None else _seen(old, value)
        )
    learned = tuple(known.values())
    return specs if learned == specs else learned


def set_kind(specs: Specs, name: str, kind: FieldKind) -> Specs:
    """Fix a field's kind as a person tells it; UNKNOWN lets it be learned again."""
    old = spec_of(specs, name) or FieldSpec(name, kind)
    new = replace(old, kind=kind, is_fixed=kind is not FieldKind.UNKNOWN)
    return _put(specs, new)


def merge(specs: Specs, imported: Specs) -> Specs:
    """Take over an imported catalogue: its kinds win, options of both are kept."""
    for new in imported:
        old = spec_of(specs, new.name)
        specs = _put(specs, new if old is None else replace(new, options=_merged(old.options, new.options)))
    return specs


def export_json(specs: Specs) -> str:
    """Write a catalogue as JSON for a file."""
    fields = JsonArray(tuple(_exported(spec) for spec in specs))
    return dump(obj([(_FORMAT_KEY, JsonNumber(str(FORMAT_VERSION))), ("fields", fields)]), indent=2) + "\n"


def import_json(text: str) -> Specs:
    """Read an exported catalogue. Raises InvalidInput, which names the entry that can't be read."""
    try:
        document = parse(text)
    except JsonSyntaxError as error:
        raise _bad_file(f"Line {error.line}, column {error.column}: {error.message}.") from None
    if not isinstance(document, JsonObject) or document.get(_FORMAT_KEY) != JsonNumber(str(FORMAT_VERSION)):
        raise _bad_file("Choose a file that was exported from a catalogue page.")
    fields = document.get("fields")
    entries = fields.items if isinstance(fields, JsonArray) else ()
    read = tuple(_imported(entry, i + 1) for i, entry in enumerate(entries))
    return tuple({spec.name: spec for spec in read}.values())


def _seen(spec: FieldSpec, value: Value) -> FieldSpec:
    options = _merged(spec.options, _options_in(value))
    kind = spec.kind if spec.is_fixed else _joined(spec.kind, value)
    if kind is spec.kind and options == spec.options:
        return spec
    return replace(spec, kind=kind, options=options)


def _joined(old: FieldKind, value: Value) -> FieldKind:
    new = kind_of(value)
    if new is FieldKind.UNKNOWN or new is old or value == "":
        return old if old is not FieldKind.UNKNOWN else new
    if old is FieldKind.UNKNOWN:
        return new
    if {old, new} == {FieldKind.TEXT, FieldKind.DATE}:
        return FieldKind.TEXT
    return FieldKind.JSON


def _options_in(value: Value) -> tuple[JsonObject, ...]:
    if isinstance(value, JsonObject) and is_choice(value):
        return (value,)
    if isinstance(value, JsonArray) and is_choices(value):
        return tuple(item for item in value.items if isinstance(item, JsonObject))
    return ()


def _merged(old: tuple[JsonObject, ...], new: tuple[JsonObject, ...]) -> tuple[JsonObject, ...]:
    """Join two lists of options; of the same option the newer shape stays, in the older's place."""
    options = list(old)
    for option in new:
        places = [i for i, known in enumerate(options) if same_choice(known, option)]
        if places:
            options[places[0]] = option
        elif len(options) < MAX_OPTIONS:
            options.append(option)
    return tuple(options)


def _put(specs: Specs, new: FieldSpec) -> Specs:
    if spec_of(specs, new.name) is None:
        return (*specs, new)
    return tuple(new if spec.name == new.name else spec for spec in specs)


def _exported(spec: FieldSpec) -> JsonObject:
    members: dict[str, Json] = {"name": spec.name, "kind": spec.kind.value, "fixed": spec.is_fixed}
    if spec.kind in _CHOICES or spec.options:
        members["options"] = JsonArray(spec.options)
    return _object(members)


def _object(members: Mapping[str, Json]) -> JsonObject:
    return JsonObject(tuple(members.items()))


def _imported(entry: Json, number: int) -> FieldSpec:
    if not isinstance(entry, JsonObject):
        raise _bad_file(f"Field {number} is not an object.")
    name, kind, options = entry.get("name"), entry.get("kind"), entry.get("options", JsonArray())
    if not isinstance(name, str) or not name:
        raise _bad_file(f"Field {number} has no name.")
    if not isinstance(kind, str) or kind not in set(FieldKind):
        raise _bad_file(f"Field {number} has a kind this version does not know.")
    if not isinstance(options, JsonArray) or not all(is_choice(option) for option in options):
        raise _bad_file(f"Field {number} has options that are none.")
    kept = tuple(option for option in options.items[:MAX_OPTIONS] if isinstance(option, JsonObject))
    return FieldSpec(name, FieldKind(kind), kept, is_fixed=entry.get("fixed") is True)


def _bad_file(advice: str) -> InvalidInput:
    return InvalidInput("This is not a catalogue", advice, done=f"{NOTHING_CHANGED} The catalogue stays.")
