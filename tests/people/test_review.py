"""Three ways: as opened, mine, now."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonObject, obj, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.review import (
    Resolution,
    Review,
    check_sendable,
    compare_three_ways,
    is_same_record,
    target_of,
)
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.request import Request, Route, make_request

KEY = Identifier(IdentifierKind.PERSON_KEY, "k")
A, B, C = FieldRef("a"), FieldRef("b"), FieldRef("c")
ACCOUNT = Account("demo", "http://127.0.0.1:1", "user", ApiVersion.V2, "pass")


def make(target: Identifier, body: JsonObject) -> Request:
    return make_request(ACCOUNT, "PUT", Route.PERSON, ids={"person_key": target.value}, body=body)


def person(text: str) -> Person:
    raw = parse(text)
    assert isinstance(raw, JsonObject)
    return Person(raw)


def custom(**fields: Json) -> Person:
    return Person(obj(person_key="k", custom_fields=obj(**fields)))


def compare(
    opened: Person, mine: Mapping[FieldRef, Json], now: Person, version: ApiVersion = ApiVersion.V2
) -> Review:
    edit = PersonEdit(opened, version)
    for name, value in mine.items():
        edit = edit.set(name, value)
    return compare_three_ways(edit, now, KEY, make)


def sent(review: Review) -> str | None:
    return review.request.body if review.request is not None else None


def test_nothing_else_changed() -> None:
    review = compare(custom(a="1", b="2"), {A: "x"}, custom(a="1", b="2"))
    (row,) = review.rows
    assert (row.field, row.opened, row.now, row.after) == (A, "1", "1", "x")
    assert row.is_sent
    assert not row.is_conflict
    assert review.changed_meanwhile == ()
    assert sent(review) == '{"custom_fields":{"a":"x"}}'
    assert review.target == KEY


def test_disjoint_changes_are_pointed_out_and_left_alone() -> None:
    review = compare(custom(a="1", b="2", c="3"), {A: "x"}, custom(a="1", b="9", d="new"))
    assert [(each.field.name, each.opened, each.now) for each in review.changed_meanwhile] == [
        ("b", "2", "9"),
        ("c", "3", ABSENT),
        ("d", ABSENT, "new"),
    ]
    assert sent(review) == '{"custom_fields":{"a":"x"}}'


def test_identity_and_time_zone_count_as_changes_and_timestamps_do_not() -> None:
    opened = person('{"person_key":"k","external_person_id":"E","timezone":"US/Central","updated_at":"1"}')
    now = person(
        '{"person_key":"k","external_person_id":"F","timezone":"UTC","updated_at":"2","mobile_phone":{"mdn":"+1"}}'
    )
    review = compare(opened, {A: "x"}, now)
    assert [each.field.name for each in review.changed_meanwhile] == [
        "external_person_id",
        "mobile_phone",
        "timezone",
    ]


def test_the_same_field_on_both_sides_asks() -> None:
    review = compare(custom(a="1", b="2"), {A: "mine", B: "x"}, custom(a="theirs", b="2"))
    assert review.open_conflicts == (A,)
    assert review.rows[0].needs_choice
    assert review.request is None
    mine = review.resolve(A, Resolution.MINE)
    assert sent(mine) == '{"custom_fields":{"a":"mine","b":"x"}}'
    assert [change.before for change in mine.changes] == ["theirs", "2"]
    theirs = mine.resolve(A, Resolution.THEIRS)
    assert sent(theirs) == '{"custom_fields":{"b":"x"}}'
    assert [change.field for change in theirs.changes] == [B]
    assert theirs.resolve(A, None).request is None


def test_clearing_what_somebody_else_changed_asks_too() -> None:
    assert compare(custom(a="1"), {A: None}, custom(a="2")).open_conflicts == (A,)


def test_what_is_there_already_falls_away_with_a_note() -> None:
    review = compare(custom(a="1", b="2"), {A: "x", B: None}, custom(a="x", b=None))
    assert review.already_there == (A, B)
    assert review.rows == ()
    assert review.request is None


def test_the_same_meaning_is_no_conflict() -> None:
    opened = custom(a="1950-12-01T00:00:00z", g=obj(name="Male", option_key="M"))
    now = custom(a="1950-12-01T00:00:00Z", g=obj(option_key="M", name="Male", active=True))
    review = compare(opened, {A: "1960-01-01T00:00:00Z", FieldRef("g"): None}, now)
    assert review.open_conflicts == ()


def test_one_field_is_reverted_and_the_choices_stay() -> None:
    review = compare(custom(a="1", b="2"), {A: "mine", B: "x"}, custom(a="theirs", b="2"))
    review = review.resolve(A, Resolution.MINE).revert(B)
    assert sent(review) == '{"custom_fields":{"a":"mine"}}'
    assert list(review.edit.entries) == [A]
    assert review.revert(A).request is None


def test_a_number_somebody_else_added_can_not_be_overwritten() -> None:
    opened = person('{"person_key":"k"}')
    now = person('{"person_key":"k","mobile_phone":{"mdn":"+13125550199"}}')
    review = compare(opened, {MOBILE: "+13125550143"}, now)
    assert review.open_conflicts == (MOBILE,)
    mine = review.resolve(MOBILE, Resolution.MINE)
    assert mine.rows[0].problem is not None
    assert mine.request is None
    assert mine.resolve(MOBILE, Resolution.THEIRS).request is None


def test_numbers_of_version_1_are_shown_in_one_form() -> None:
    opened = person('{"person_key":"k","mobile_phone":{"mdn":"3125550143"}}')
    review = compare(opened, {MOBILE: None}, opened, ApiVersion.V1)
    assert review.rows[0].now == "+13125550143"
    assert not review.rows[0].is_conflict


def test_unfinished_texts_are_no_rows() -> None:
    edit = PersonEdit(custom(a="1"), ApiVersion.V2).set_unfinished(A, "{", "no")
    with pytest.raises(Exception, match="InvalidInput"):
        check_sendable(edit)
    assert compare_three_ways(edit, custom(a="1"), KEY, make).rows == ()


@pytest.mark.parametrize(
    ("known", "fresh", "same"),
    [
        ('{"person_key":"k"}', '{"person_key":"k","external_person_id":"E"}', True),
        ('{"person_key":"k"}', '{"person_key":"l"}', False),
        ('{"person_id":"1","created_at":"x"}', '{"person_id":1,"created_at":"y"}', True),
        ('{"external_person_id":"E"}', '{"external_person_id":"E"}', True),
        ('{"external_person_id":"E","created_at":"1"}', '{"external_person_id":"E","created_at":"1"}', True),
        ('{"external_person_id":"E","created_at":"1"}', '{"external_person_id":"E","created_at":"2"}', False),
        ('{"external_person_id":"E"}', '{"external_person_id":"F"}', False),
        ("{}", "{}", False),
    ],
)
def test_a_record_is_recognised(known: str, fresh: str, same: bool) -> None:
    assert is_same_record(person(known), person(fresh)) is same


def test_the_key_is_the_target_wherever_there_is_one() -> None:
    external = Identifier(IdentifierKind.EXTERNAL_ID, "E")
    assert target_of(person('{"person_key":"k","external_person_id":"E"}'), external) == KEY
    assert target_of(person('{"external_person_id":"E"}'), external) == external


def test_a_review_tells_no_value_in_its_repr() -> None:
    review = compare(custom(a="canary-1"), {A: "canary-2", EXTERNAL_ID: "canary-3"}, custom(a="canary-4"))
    assert "canary" not in repr(review)


VALUES = st.one_of(st.none(), st.text(max_size=2), st.booleans())
FIELDS = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4)


@given(FIELDS, FIELDS, FIELDS, st.booleans())
def test_nobody_elses_change_is_ever_overwritten_unasked(
    opened: dict[str, Json], mine: dict[str, Json], now: dict[str, Json], choose_mine: bool
) -> None:
    review = compare(custom(**opened), {FieldRef(k): v for k, v in mine.items()}, custom(**now))
    for row in review.rows:
        theirs_changed = opened.get(row.field.name) != now.get(row.field.name)
        assert row.is_conflict is theirs_changed
    for name in review.open_conflicts:
        review = review.resolve(name, Resolution.MINE if choose_mine else Resolution.THEIRS)
    body = parse(review.request.body) if review.request is not None and review.request.body else obj()
    assert isinstance(body, JsonObject)
    fields = body.get("custom_fields", obj())
    assert isinstance(fields, JsonObject)
    for key in fields:
        assert key in mine
        assert fields.get(key) == mine[key]
        assert fields.get(key) != now.get(key)
        assert choose_mine or opened.get(key) == now.get(key)
