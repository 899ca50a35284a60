"""The edit model: three states, nothing sent that was not edited; driven by hypothesis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.jsonvalue import (
    Json,
    JsonArray,
    JsonNumber,
    JsonObject,
    dump,
    first_unsendable,
    obj,
    parse,
    same,
)
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.drafts import from_document, to_document
from vibes_desktop.people.edit import (
    CANNOT_REMOVE_ONLY_ID,
    HOW_TO_CHANGE_A_NUMBER,
    NO_IDENTIFIER,
    FieldState,
    PersonEdit,
    PhoneRemoval,
)

V2 = ApiVersion.V2
A, B, NEW = FieldRef("a"), FieldRef("b"), FieldRef("new")


def person(text: str) -> Person:
    raw = parse(text)
    assert isinstance(raw, JsonObject)
    return Person(raw)


STEVE = person(
    """{"person_key": "k", "external_person_id": "E1", "mobile_phone": {"mdn": "+13125550143"},
    "custom_fields": {"a": "one", "b": null, "gender": {"id": 1, "name": "Male", "option_key": "M"},
    "n": 1.10},
    "created_at": "2017-01-15T14:30Z", "future": {"x": 1}}"""
)


def test_a_fresh_edit_is_untouched_and_sends_nothing() -> None:
    edit = PersonEdit(STEVE, V2)
    assert not edit.is_changed
    assert edit.changes == ()
    assert edit.body() == JsonObject()
    assert edit.problems() == {}
    assert [field.name for field in edit.fields] == [
        "external_person_id",
        "mobile_phone",
        "a",
        "b",
        "gender",
        "n",
    ]


def test_set_cleared_and_reverted() -> None:
    edit = PersonEdit(STEVE, V2).set(A, "two")
    assert edit.state(A) is FieldState.SET
    assert edit.value(A) == "two"
    assert edit.original(A) == "one"
    edit = edit.clear(A)
    assert edit.state(A) is FieldState.CLEARED
    assert edit.value(A) is None
    edit = edit.revert(A)
    assert edit.state(A) is FieldState.UNTOUCHED
    assert edit.value(A) == "one"


def test_the_value_it_had_leaves_a_field_untouched() -> None:
    edit = PersonEdit(STEVE, V2).set(A, "two").set(A, "one")
    assert not edit.is_changed
    assert not PersonEdit(STEVE, V2).set(FieldRef("n"), JsonNumber("1.1")).is_changed
    assert (
        not PersonEdit(STEVE, V2)
        .set(FieldRef("gender"), parse('{"name":"Male","id":1,"option_key":"M"}'))
        .is_changed
    )


def test_blank_is_not_null() -> None:
    blank = PersonEdit(STEVE, V2).set(B, "")
    assert blank.state(B) is FieldState.SET
    assert dump(blank.body()) == '{"custom_fields":{"b":""}}'
    assert dump(PersonEdit(STEVE, V2).clear(A).body()) == '{"custom_fields":{"a":null}}'


def test_what_is_not_there_can_not_be_cleared() -> None:
    assert not PersonEdit(STEVE, V2).clear(B).is_changed
    assert not PersonEdit(STEVE, V2).clear(NEW).is_changed
    assert PersonEdit(STEVE, V2).original(NEW) is ABSENT


def test_a_body_holds_edited_fields_alone_in_the_platforms_order() -> None:
    edit = PersonEdit(STEVE, V2).set(NEW, True).set(FieldRef("gender"), obj(option_key="F")).clear(A)
    edit = edit.clear(MOBILE).set(EXTERNAL_ID, "E2")
    assert dump(edit.body()) == (
        '{"external_person_id":"E2","mobile_phone":null,'
        '"custom_fields":{"a":null,"gender":{"option_key":"F"},"new":true}}'
    )
    assert edit.revert_all().body() == JsonObject()


def test_a_number_is_removed_in_either_spelling_and_changed_in_none() -> None:
    removed = PersonEdit(STEVE, V2).clear(MOBILE)
    assert dump(removed.body()) == '{"mobile_phone":null}'
    other = removed.with_phone_removal(PhoneRemoval.MDN_NULL)
    assert dump(other.body()) == '{"mobile_phone":{"mdn":null}}'
    changed = PersonEdit(STEVE, V2).set(MOBILE, "+13125550144")
    assert changed.problems() == {MOBILE: HOW_TO_CHANGE_A_NUMBER}
    with pytest.raises(InvalidInput) as refused:
        changed.body()
    assert refused.value.field == "mobile_phone"


def test_a_missing_number_is_sent_in_the_form_of_the_version() -> None:
    without = person('{"person_key":"k","mobile_phone":null}')
    assert dump(PersonEdit(without, V2).set(MOBILE, "+13125550143").body()) == (
        '{"mobile_phone":{"mdn":"+13125550143"}}'
    )
    assert dump(PersonEdit(without, ApiVersion.V1).set(MOBILE, "+13125550143").body()) == (
        '{"mobile_phone":{"mdn":"3125550143"}}'
    )
    assert MOBILE in PersonEdit(without, ApiVersion.V1).set(MOBILE, "+442079460018").problems()
    assert MOBILE in PersonEdit(without, V2).set(MOBILE, "+13125550143").warnings()


def test_a_number_read_under_version_1_is_the_same_number() -> None:
    edit = PersonEdit(person('{"person_key":"k","mobile_phone":{"mdn":"3125550143"}}'), ApiVersion.V1)
    assert edit.original(MOBILE) == "+13125550143"
    assert not edit.set(MOBILE, "+13125550143").is_changed


def test_an_edit_goes_over_to_another_version() -> None:
    edit = PersonEdit(person('{"person_key":"k","mobile_phone":{"mdn":"3125550143"}}'), ApiVersion.V1).set(
        A, "x"
    )
    moved = edit.in_version(V2)
    assert moved.opened.mdn == "+13125550143"
    assert moved.original(MOBILE) == edit.original(MOBILE)
    assert moved.entries == edit.entries
    assert moved.in_version(ApiVersion.V1).opened.mdn == "3125550143"
    foreign = PersonEdit(person('{"mobile_phone":{"mdn":"+442079460018"}}'), V2).in_version(ApiVersion.V1)
    assert foreign.original(MOBILE) == "+442079460018"
    assert PersonEdit.of_new_person(V2).in_version(ApiVersion.V1).is_new


def test_the_only_id_is_not_removed() -> None:
    keyless = PersonEdit(person('{"external_person_id":"E1"}'), V2)
    assert keyless.clear(EXTERNAL_ID).problems() == {EXTERNAL_ID: CANNOT_REMOVE_ONLY_ID}
    assert keyless.set(EXTERNAL_ID, "E2").problems() == {}
    with_old_id = PersonEdit(person('{"person_id":"987654","external_person_id":"E1"}'), V2)
    assert with_old_id.clear(EXTERNAL_ID).problems() == {EXTERNAL_ID: CANNOT_REMOVE_ONLY_ID}
    assert PersonEdit(STEVE, V2).clear(EXTERNAL_ID).problems() == {}


def test_a_new_person_needs_an_identifier() -> None:
    edit = PersonEdit.of_new_person(V2).set(A, "x")
    assert edit.is_new
    assert edit.problems() == {EXTERNAL_ID: NO_IDENTIFIER}
    assert edit.set(MOBILE, "+13125550143").problems() == {}
    assert edit.set(EXTERNAL_ID, "E").problems() == {}
    assert edit.set(EXTERNAL_ID, "").problems() != {}


def test_an_unfinished_text_blocks_and_stays() -> None:
    edit = PersonEdit(STEVE, V2).set_unfinished(A, "{", "Line 1")
    assert edit.is_changed
    assert edit.state(A) is FieldState.SET
    assert edit.problems() == {A: "Line 1"}
    assert edit.changes == ()
    with pytest.raises(InvalidInput):
        edit.body()
    assert edit.set(A, "fine").problems() == {}
    assert "{" not in repr(edit)


def test_fields_are_added_by_new_names_alone() -> None:
    edit = PersonEdit(STEVE, V2).add_field("new", "x")
    assert edit.fields[-1] == NEW
    for name in ("", " ", "a", "new", "\ud800"):
        with pytest.raises(InvalidInput):
            edit.add_field(name, "x")


def test_edits_are_carried_over_to_another_reading() -> None:
    edit = PersonEdit(STEVE, V2).set(A, "two").set(B, "three").set_unfinished(NEW, "?", "no")
    moved = edit.on(person('{"person_key":"k","custom_fields":{"a":"two","b":"other"}}'))
    assert list(moved.entries) == [B, NEW]
    assert moved.original(B) == "other"


@pytest.mark.parametrize("text", ['{"a": NaN}', '[1, {"x": "\\ud83d"}]', '{"a":1,"a":2}'])
def test_json_that_can_not_be_sent_is_refused_and_untouched_it_stays(text: str) -> None:
    held = person('{"person_key":"k","custom_fields":{"odd":' + text + "}}")
    assert PersonEdit(held, V2).set(A, "x").problems() == {}
    odd = FieldRef("odd")
    assert odd in PersonEdit(held, V2).set(odd, JsonArray((held.custom_fields.get("odd"),))).problems()


def test_a_repr_tells_no_value() -> None:
    edit = PersonEdit(STEVE, V2).set(A, "canary-value").set(MOBILE, "+13125550199")
    assert "canary" not in repr(edit)
    assert "555" not in repr(edit)
    assert "canary" not in repr(edit.changes)


# properties

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=8),
    st.sampled_from(
        [JsonNumber("1"), JsonNumber("1.0"), JsonNumber("-0"), JsonNumber("1e400"), JsonNumber("NaN")]
    ),
)
JSON: st.SearchStrategy[Json] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: JsonArray(tuple(items))),
        st.lists(st.tuples(st.text(max_size=4), inner), max_size=3).map(
            lambda members: JsonObject(tuple(members))
        ),
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(["a", "b", "new", "Home_Zip", "ünï", " "])
PEOPLE = st.builds(
    lambda fields, mdn, external: Person(
        obj(
            person_key="k",
            external_person_id=external,
            mobile_phone=None if mdn is None else obj(mdn=mdn),
            custom_fields=JsonObject(tuple(fields.items())),
            later=obj(x="unknown"),
        )
    ),
    st.dictionaries(NAMES, JSON, max_size=4),
    st.sampled_from([None, "+13125550143", "+1999999999"]),
    st.one_of(st.none(), st.text(min_size=1, max_size=130)),
)


class EditMachine(RuleBasedStateMachine):
    """Any sequence of edits against a plain dictionary of what should be."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = PersonEdit(STEVE, V2)
        self.model: dict[FieldRef, Json] = {}

    @precondition(lambda self: not self.model)
    @rule(opened=PEOPLE, version=st.sampled_from(list(ApiVersion)))
    def open(self, opened: Person, version: ApiVersion) -> None:
        self.edit = PersonEdit(opened, version)

    @rule(name=NAMES, value=JSON)
    def set_custom(self, name: str, value: Json) -> None:
        self._set(FieldRef(name), value)

    @rule(value=st.one_of(st.none(), st.text(max_size=140)))
    def set_external_id(self, value: str | None) -> None:
        self._set(EXTERNAL_ID, value)

    @rule(value=st.sampled_from([None, "+13125550143", "+442079460018", "+1"]))
    def set_number(self, value: str | None) -> None:
        self._set(MOBILE, value)

    @rule(name=NAMES)
    def clear(self, name: str) -> None:
        self.edit = self.edit.clear(FieldRef(name))
        self._note(FieldRef(name), None)

    @rule(name=NAMES)
    def revert(self, name: str) -> None:
        self.edit = self.edit.revert(FieldRef(name))
        self.model.pop(FieldRef(name), None)

    @rule()
    def revert_all(self) -> None:
        self.edit = self.edit.revert_all()
        self.model.clear()

    @rule()
    def through_a_draft(self) -> None:
        self.edit = from_document(to_document(self.edit))

    def _set(self, name: FieldRef, value: Json) -> None:
        self.edit = self.edit.set(name, value)
        self._note(name, value)

    def _note(self, name: FieldRef, value: Json) -> None:
        original = self.edit.original(name)
        if same(None if original is ABSENT else original, value):
            self.model.pop(name, None)
        else:
            self.model[name] = value

    @invariant()
    def the_edit_is_what_was_done(self) -> None:
        assert {change.field: change.after for change in self.edit.changes} == self.model
        assert self.edit.is_changed is bool(self.model)

    @invariant()
    def states_follow_values(self) -> None:
        for name in self.edit.fields:
            wanted = FieldState.UNTOUCHED
            if name in self.model:
                wanted = FieldState.CLEARED if self.model[name] is None else FieldState.SET
            assert self.edit.state(name) is wanted

    @invariant()
    def a_body_is_exactly_the_edited_fields_or_refused(self) -> None:
        if self.edit.problems():
            with pytest.raises(InvalidInput):
                self.edit.body()
            return
        body = self.edit.body()
        assert first_unsendable(body) is None
        custom = body.get("custom_fields")
        sent = {FieldRef(name) for name in custom} if isinstance(custom, JsonObject) else set()
        sent |= {FieldRef(name, is_custom=False) for name in body if name != "custom_fields"}
        assert sent == set(self.model)
        dump(body).encode()


TestEditMachine = EditMachine.TestCase


@given(PEOPLE, st.dictionaries(NAMES, JSON, max_size=4))
def test_applying_a_body_as_the_platform_does_gives_the_edited_values(
    opened: Person, values: dict[str, Json]
) -> None:
    edit = PersonEdit(opened, V2)
    for name, value in values.items():
        edit = edit.set(FieldRef(name), value)
    if edit.problems():
        return
    custom = edit.body().get("custom_fields", JsonObject())
    assert isinstance(custom, JsonObject)
    after = {name: opened.custom_fields.get(name) for name in opened.custom_fields}
    after |= {name: custom.get(name) for name in custom}
    for name, value in values.items():
        assert same(after.get(name), value)
    for name in set(opened.custom_fields) - set(values):
        assert after[name] is opened.custom_fields.get(name)


@given(PEOPLE, st.dictionaries(NAMES, JSON, max_size=4))
def test_reverting_each_edit_leaves_nothing(opened: Person, values: dict[str, Json]) -> None:
    edit = PersonEdit(opened, V2)
    for name, value in values.items():
        edit = edit.set(FieldRef(name), value)
    for name in values:
        edit = edit.revert(FieldRef(name))
    assert edit == PersonEdit(opened, V2)
