"""The catalogue: learned, fixed, merged, exported."""

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import ABSENT, FieldKind, FieldSpec, Value
from vibes_desktop.model.jsonvalue import JsonArray, JsonNumber, JsonObject, obj, parse
from vibes_desktop.model.person import Person
from vibes_desktop.people.catalogue import (
    editor_kind,
    export_json,
    import_json,
    kind_of,
    learn,
    merge,
    options_for,
    set_kind,
    spec_of,
)

MALE = obj(id=JsonNumber("1"), name="Male", option_key="M", active=True)
FEMALE = obj(id=None, name="Female", option_key="F")


def person(**fields: Value) -> Person:
    return Person(obj(custom_fields=JsonObject(tuple((n, v) for n, v in fields.items() if v is not ABSENT))))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, FieldKind.UNKNOWN),
        (ABSENT, FieldKind.UNKNOWN),
        ("02134", FieldKind.TEXT),
        ("", FieldKind.TEXT),
        ("1990-12-01T00:00:00z", FieldKind.DATE),
        ("2017-02-18T15:34:52+0000", FieldKind.DATE),
        ("2017-01-15", FieldKind.DATE),
        (True, FieldKind.YES_NO),
        (JsonNumber("1"), FieldKind.NUMBER),
        (MALE, FieldKind.SINGLE_CHOICE),
        (obj(a=None), FieldKind.JSON),
        (JsonArray((MALE,)), FieldKind.MULTIPLE_CHOICE),
        (JsonArray(), FieldKind.MULTIPLE_CHOICE),
        (JsonArray(("x",)), FieldKind.JSON),
    ],
)
def test_the_kind_of_a_value(value: Value, kind: FieldKind) -> None:
    assert kind_of(value) is kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((None, "x"), FieldKind.TEXT),
        (("x", None), FieldKind.TEXT),
        (("1990-12-01", "x"), FieldKind.TEXT),
        (("x", "1990-12-01"), FieldKind.TEXT),
        (("1990-12-01", ""), FieldKind.DATE),
        ((JsonArray(), JsonArray((MALE,))), FieldKind.MULTIPLE_CHOICE),
        ((JsonArray((MALE,)), JsonArray()), FieldKind.MULTIPLE_CHOICE),
        ((JsonArray(), JsonArray(("x",))), FieldKind.JSON),
        ((JsonNumber("1"), "x"), FieldKind.JSON),
        ((MALE, None, FEMALE), FieldKind.SINGLE_CHOICE),
    ],
)
def test_a_kind_is_learned_from_all_values_seen(values: tuple[Value, ...], kind: FieldKind) -> None:
    specs: tuple[FieldSpec, ...] = ()
    for value in values:
        specs = learn(specs, person(a=value))
    assert specs[0].kind is kind


def test_options_are_collected_once_in_their_newest_shape() -> None:
    newer = obj(id=JsonNumber("1"), name="Man", option_key="M")
    specs = learn((), person(gender=MALE, stores=JsonArray((MALE, FEMALE))))
    specs = learn(specs, person(gender=newer))
    specs = learn(specs, person(gender=FEMALE))
    gender = spec_of(specs, "gender")
    assert gender is not None
    assert gender.options == (newer, FEMALE)
    assert [spec.name for spec in specs] == ["gender", "stores"]


def test_nothing_new_is_told_by_the_same_catalogue() -> None:
    specs = learn((), person(gender=MALE, a="x"))
    assert learn(specs, person(gender=MALE, a="y")) is specs


def test_a_kind_told_by_a_person_stays() -> None:
    specs = set_kind(learn((), person(a="x")), "a", FieldKind.DATE)
    specs = learn(specs, person(a="not a date"))
    assert specs == (FieldSpec("a", FieldKind.DATE, is_fixed=True),)
    assert learn(set_kind(specs, "a", FieldKind.UNKNOWN), person(a=True))[0].kind is FieldKind.YES_NO
    assert set_kind((), "new", FieldKind.NUMBER) == (FieldSpec("new", FieldKind.NUMBER, is_fixed=True),)


@pytest.mark.parametrize(
    ("spec_kind", "value", "kind"),
    [
        (FieldKind.DATE, None, FieldKind.DATE),
        (FieldKind.DATE, "x", FieldKind.TEXT),
        (FieldKind.TEXT, "1990-12-01", FieldKind.TEXT),
        (FieldKind.JSON, "x", FieldKind.JSON),
        (FieldKind.SINGLE_CHOICE, "x", FieldKind.TEXT),
        (FieldKind.TEXT, MALE, FieldKind.SINGLE_CHOICE),
        (FieldKind.NUMBER, obj(a=None), FieldKind.JSON),
        (FieldKind.UNKNOWN, True, FieldKind.YES_NO),
    ],
)
def test_the_editor_fits_the_value(spec_kind: FieldKind, value: Value, kind: FieldKind) -> None:
    assert editor_kind(FieldSpec("a", spec_kind), value) is kind


def test_the_chosen_option_stands_in_the_shape_it_was_read_in() -> None:
    read = obj(id=JsonNumber("1"), name="Male", option_key="M", active=False, new=None)
    spec = FieldSpec("gender", FieldKind.SINGLE_CHOICE, (MALE, FEMALE))
    assert options_for(spec, read) == (read, FEMALE)
    assert options_for(None, JsonArray((MALE,))) == (MALE,)
    assert options_for(spec, None) == (MALE, FEMALE)


def test_a_catalogue_comes_back_from_its_file() -> None:
    specs = learn((), person(gender=MALE, zip="02134", nothing=None, j=obj(x=JsonArray(("y",)))))
    specs = set_kind(specs, "nothing", FieldKind.NUMBER)
    assert import_json(export_json(specs)) == specs


def test_a_field_without_a_name_is_not_learned() -> None:
    specs = learn((), person(**{"": "x", "a": "y"}))
    assert [spec.name for spec in specs] == ["a"]
    assert import_json(export_json(specs)) == specs


def test_an_imported_catalogue_wins_and_no_option_is_lost() -> None:
    mine = (FieldSpec("g", FieldKind.TEXT, (MALE,)), FieldSpec("mine", FieldKind.TEXT))
    theirs = (FieldSpec("g", FieldKind.SINGLE_CHOICE, (FEMALE,)), FieldSpec("theirs", FieldKind.DATE))
    assert merge(mine, theirs) == (
        FieldSpec("g", FieldKind.SINGLE_CHOICE, (MALE, FEMALE)),
        FieldSpec("mine", FieldKind.TEXT),
        FieldSpec("theirs", FieldKind.DATE),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Line 1"),
        ("[]", "exported"),
        ('{"vibes_desktop_catalogue":2,"fields":[]}', "exported"),
        ('{"vibes_desktop_catalogue":1,"fields":[3]}', "Field 1"),
        ('{"vibes_desktop_catalogue":1,"fields":[{"name":"a","kind":"text"},{"kind":"text"}]}', "Field 2"),
        ('{"vibes_desktop_catalogue":1,"fields":[{"name":"a","kind":"colour"}]}', "kind"),
        ('{"vibes_desktop_catalogue":1,"fields":[{"name":"a","kind":"text","options":["x"]}]}', "options"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        import_json(text)
    assert reason in refused.value.advice


def test_repeated_and_deep_values_are_learned_without_harm() -> None:
    raw = parse('{"custom_fields":{"a":1,"a":"x","deep":' + "[" * 200 + "]" * 200 + ',"n":NaN}}')
    assert isinstance(raw, JsonObject)
    specs = learn((), Person(raw))
    assert [spec.name for spec in specs] == ["a", "deep", "n"]
