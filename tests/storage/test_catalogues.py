"""Each profile's catalogue comes back in its order."""

from vibes_desktop.model.fields import FieldKind, FieldSpec
from vibes_desktop.model.jsonvalue import MAX_DEPTH, JsonObject, dump, obj, parse
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.desk import Desk

MAIN, OTHER = ProfileId("main"), ProfileId("other")


def test_specs_come_back(desk: Desk) -> None:
    specs = (
        FieldSpec("Home_Zip", FieldKind.TEXT),
        FieldSpec(
            "gender", FieldKind.SINGLE_CHOICE, (obj(id=None, name="F"), obj(id=None, name="M")), is_fixed=True
        ),
        FieldSpec("", FieldKind.UNKNOWN),
        FieldSpec("\ud800 \x00 🌍", FieldKind.JSON),
    )
    desk.catalogues.save(MAIN, specs)
    assert desk.catalogues.load(MAIN) == specs
    assert desk.catalogues.load(OTHER) == ()


def test_the_newer_replaces_the_older(desk: Desk) -> None:
    desk.catalogues.save(MAIN, [FieldSpec("a", FieldKind.TEXT), FieldSpec("b", FieldKind.DATE)])
    desk.catalogues.save(MAIN, [FieldSpec("b", FieldKind.NUMBER)])
    assert desk.catalogues.load(MAIN) == (FieldSpec("b", FieldKind.NUMBER),)


def test_a_profile_is_cleared_alone(desk: Desk) -> None:
    for profile in (MAIN, OTHER):
        desk.catalogues.save(profile, [FieldSpec("a", FieldKind.TEXT)])
    desk.catalogues.clear(MAIN)
    assert (len(desk.catalogues.load(MAIN)), len(desk.catalogues.load(OTHER))) == (0, 1)


def test_the_deepest_option_comes_back(desk: Desk) -> None:
    depth = MAX_DEPTH - 1
    option = parse('{"a": ' + "[" * depth + "]" * depth + "}")
    assert isinstance(option, JsonObject)
    desk.catalogues.save(MAIN, [FieldSpec("a", FieldKind.SINGLE_CHOICE, (option,))])
    ((loaded,),) = (spec.options for spec in desk.catalogues.load(MAIN))
    assert dump(loaded) == dump(option)
