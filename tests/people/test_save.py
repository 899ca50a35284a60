"""Saving against the sandbox: each outcome by its name, the platform's state by raw reads."""

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.change import ChangeKind, Outcome
from vibes_desktop.model.errors import Conflict, InvalidInput, Unauthorized, Unprocessable
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject, obj
from vibes_desktop.people.edit import PhoneRemoval
from vibes_desktop.people.outcome import SaveStep
from vibes_desktop.people.review import Resolution, ReviewOutdated
from vibes_desktop.sandbox.faults import Change, Fault, FaultKind

if TYPE_CHECKING:
    from tests.people.conftest import World

LAST = FieldRef("last_name")
EXTERNAL = IdentifierKind.EXTERNAL_ID


def test_an_edit_is_saved_and_verified(world: "World") -> None:
    result = world.save(world.edit({"last_name": "Miller", "birthdate": None}))
    assert result.outcome is Outcome.VERIFIED
    assert result.title == "Saved and verified"
    after = world.read_raw()
    assert after["custom_fields"]["last_name"] == "Miller"
    assert after["custom_fields"]["birthdate"] is None
    assert after["custom_fields"]["first_name"] == "Steve"
    assert result.person is not None
    assert result.person.custom_fields.get("last_name") == "Miller"


def test_only_edited_fields_are_sent_exactly_as_reviewed(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.save(review)
    sent = [request for request in world.sandbox.requests if request.method == "PUT"]
    assert len(sent) == 1
    assert review.request is not None
    assert sent[0].target == review.request.path
    assert sent[0].body.decode() == review.request.body == '{"custom_fields":{"last_name":"Miller"}}'


def test_the_journal_has_the_whole_story(world: "World") -> None:
    result = world.save(world.edit({"last_name": "Miller"}))
    (record,) = world.journal()
    assert record == result.record
    assert record.intention.kind is ChangeKind.UPDATE
    assert record.intention.reason == "TICKET-1"
    assert record.intention.os_user == "tester"
    assert record.intention.before is not None
    assert record.intention.before.custom_fields.get("last_name") == "Millar"
    assert [(c.field, c.before, c.after) for c in record.intention.changes] == [(LAST, "Millar", "Miller")]
    assert record.intention.request.body == '{"custom_fields":{"last_name":"Miller"}}'
    assert record.person == Identifier(IdentifierKind.PERSON_KEY, world.read_raw()["person_key"])
    assert record.display_name == "Steve Miller"
    assert record.finished_at is not None


def test_every_kind_of_value_is_saved(world: "World") -> None:
    female = obj(id=JsonNumber("4102"), name="Female", option_key="female", active=True)
    store = obj(option_key="bakery")
    edit = world.edit(
        {
            "gender": female,
            "favorite_stores": JsonArray((store,)),
            "visits": JsonNumber("12.50"),
            "newsletter": False,
            "preferences": obj(a=JsonArray((None, True, "x")), b=JsonNumber("1e3")),
            "notes": '=cmd() <img src=x> \u0007\u2028\ufeff no\u00a0break 👩\u200d👧 "quoted"\\',
            "birthdate": "1951-01-02T00:00:00Z",
            "Home_Zip": "",
        }
    )
    result = world.save(edit)
    assert result.outcome is Outcome.VERIFIED
    fields = world.read_raw()["custom_fields"]
    assert fields["gender"]["option_key"] == "female"
    assert [each["name"] for each in fields["favorite_stores"]] == ["Corner Bakery"]
    assert fields["visits"] == 12.5
    assert fields["newsletter"] is False
    assert fields["preferences"] == {"a": [None, True, "x"], "b": 1000}
    assert fields["notes"] == '=cmd() <img src=x> \u0007\u2028\ufeff no\u00a0break 👩\u200d👧 "quoted"\\'
    assert fields["Home_Zip"] == ""


def test_a_multiple_choice_that_is_cleared_reads_back_as_an_empty_array(world: "World") -> None:
    result = world.save(world.edit({"favorite_stores": None}))
    assert result.outcome is Outcome.VERIFIED
    assert world.custom_raw("favorite_stores") == []


def test_untouched_odd_values_stay_as_they_are(world: "World") -> None:
    world.sandbox.platform.people.by_key("c5235a10-e243-42d7-979c-7f6234a21b60").custom_fields["notes"] = (  # type: ignore[union-attr]
        "\ufeff\u2028 no\u00a0break \ud83d" + "x" * 1_000_000
    )
    result = world.save(world.edit({"last_name": "Miller"}))
    assert result.outcome is Outcome.VERIFIED
    assert world.custom_raw("notes") == "\ufeff\u2028 no\u00a0break \ud83d" + "x" * 1_000_000


@pytest.mark.parametrize("levels", [200, 298])
def test_a_deeply_nested_value_is_saved_read_back_and_kept(world: "World", levels: int) -> None:
    value: Json = "end"
    for _ in range(levels):
        value = JsonArray((value,))
    result = world.save(world.edit({"preferences": value}))
    assert result.outcome is Outcome.VERIFIED
    assert world.journal()[0].intention.changes[0].after == value
    again = world.save(world.edit({"preferences": None}))
    assert again.outcome is Outcome.VERIFIED
    assert world.journal()[0].intention.changes[0].before == value


def test_a_success_that_changed_a_value_is_told_field_by_field(world: "World") -> None:
    world.sandbox.faults.add(
        Fault(FaultKind.CHANGED_VALUE, method="PUT", field="last_name", change=Change.UPPER)
    )
    result = world.save(world.edit({"last_name": "Miller", "email": "s@example.com"}))
    assert result.outcome is Outcome.DIFFERS
    assert [(d.field, d.wanted, d.came) for d in result.differences] == [(LAST, "Miller", "MILLER")]
    assert result.record.differing == (LAST,)
    assert world.custom_raw("last_name") == "MILLER"


def test_a_success_that_dropped_a_value_is_told(world: "World") -> None:
    world.sandbox.faults.add(
        Fault(FaultKind.CHANGED_VALUE, method="PUT", field="last_name", change=Change.DROP)
    )
    result = world.save(world.edit({"last_name": "Miller"}))
    assert result.outcome is Outcome.DIFFERS
    assert [d.came for d in result.differences] == ["Millar"]


def test_an_unknown_field_is_not_saved_and_the_refusal_names_it(world: "World") -> None:
    result = world.save(world.edit({"shoe_size": "44", "last_name": "Miller"}))
    assert result.outcome is Outcome.NOT_SAVED
    assert isinstance(result.error, Unprocessable)
    assert [complaint.field for complaint in result.error.complaints] == ["shoe_size"]
    assert world.custom_raw("last_name") == "Millar"
    assert world.journal()[0].outcome is Outcome.NOT_SAVED


def test_a_number_on_a_record_without_one_is_refused_by_the_platform_and_told(world: "World") -> None:
    edit = world.edit({})
    cleared = world.save(edit.clear(MOBILE))
    assert cleared.outcome is Outcome.VERIFIED
    assert world.read_raw()["mobile_phone"] is None
    again = world.save(world.edit({}).set(MOBILE, "+13125550143"))
    assert again.outcome is Outcome.NOT_SAVED
    assert isinstance(again.error, Conflict)
    assert world.read_raw()["mobile_phone"] is None


def test_a_number_is_removed_in_the_other_spelling_too(world: "World") -> None:
    edit = world.edit({}).clear(MOBILE).with_phone_removal(PhoneRemoval.MDN_NULL)
    review = world.review(edit)
    assert review.request is not None
    assert review.request.body == '{"mobile_phone":{"mdn":null}}'
    assert world.save(review).outcome is Outcome.VERIFIED


def test_an_external_id_is_changed_and_verified_by_key(world: "World") -> None:
    result = world.save(world.edit({}).set(EXTERNAL_ID, "NEW/1 %"))
    assert result.outcome is Outcome.VERIFIED
    assert world.read_raw(Identifier(EXTERNAL, "EXT542342")) is None
    assert world.read_raw(Identifier(EXTERNAL, "NEW/1 %"))["custom_fields"]["first_name"] == "Steve"


def test_an_external_id_is_removed(world: "World") -> None:
    assert world.save(world.edit({}).clear(EXTERNAL_ID)).outcome is Outcome.VERIFIED
    assert world.read_raw()["external_person_id"] is None


def test_an_external_id_that_is_taken_is_not_saved(world: "World") -> None:
    taken = world.sandbox.platform.people
    other = next(
        person.external_person_id for person in taken if person.external_person_id not in {None, "EXT542342"}
    )
    result = world.save(world.edit({}).set(EXTERNAL_ID, str(other)))
    assert result.outcome is Outcome.NOT_SAVED
    assert world.read_raw()["external_person_id"] == "EXT542342"


def test_a_disjoint_change_goes_on_and_is_pointed_out(world: "World") -> None:
    edit = world.edit({"last_name": "Miller"})
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"email": "new@example.com"}})
    review = world.review(edit)
    assert [change.field.name for change in review.changed_meanwhile] == ["email"]
    result = world.save(review)
    assert result.outcome is Outcome.VERIFIED
    assert [change.now for change in result.changed_meanwhile] == ["new@example.com"]
    assert world.custom_raw("email") == "new@example.com"


def test_a_conflict_asks_and_mine_wins_when_chosen(world: "World") -> None:
    edit = world.edit({"last_name": "Miller"})
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Müller"}})
    review = world.review(edit)
    assert review.open_conflicts == (LAST,)
    assert review.request is None
    with pytest.raises(InvalidInput):
        world.save(review)
    result = world.save(review.resolve(LAST, Resolution.MINE))
    assert result.outcome is Outcome.VERIFIED
    assert result.record.intention.changes[0].before == "Müller"
    assert world.custom_raw("last_name") == "Miller"


def test_a_conflict_where_theirs_is_chosen_leaves_it(world: "World") -> None:
    edit = world.edit({"last_name": "Miller", "email": "s@example.com"})
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Müller"}})
    result = world.save(world.review(edit).resolve(LAST, Resolution.THEIRS))
    assert result.outcome is Outcome.VERIFIED
    assert [change.field.name for change in result.record.intention.changes] == ["email"]
    assert world.custom_raw("last_name") == "Müller"


def test_a_change_after_the_review_stops_the_save_and_shows_a_new_review(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Müller"}})
    with pytest.raises(ReviewOutdated) as outdated:
        world.save(review)
    assert outdated.value.review.open_conflicts == (LAST,)
    assert world.custom_raw("last_name") == "Müller"
    assert world.journal() == ()


def test_a_choice_made_is_kept_only_while_theirs_stays_the_same(world: "World") -> None:
    edit = world.edit({"last_name": "Miller"})
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Müller"}})
    review = world.review(edit).resolve(LAST, Resolution.MINE)
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Moeller"}})
    with pytest.raises(ReviewOutdated) as outdated:
        world.save(review)
    assert outdated.value.review.open_conflicts == (LAST,)


def test_a_value_that_is_there_already_is_not_sent(world: "World") -> None:
    edit = world.edit({"last_name": "Miller", "email": "s@example.com"})
    world.raw("PUT", "/external/EXT542342", {"custom_fields": {"last_name": "Miller"}})
    review = world.review(edit)
    assert review.already_there == (LAST,)
    assert review.request is not None
    assert review.request.body == '{"custom_fields":{"email":"s@example.com"}}'


def test_a_person_who_is_gone_is_told(world: "World") -> None:
    edit = world.edit({"last_name": "Miller"})
    people = world.sandbox.platform.people
    del people._by_key["c5235a10-e243-42d7-979c-7f6234a21b60"]
    people._by_person_id.pop("987654")
    with pytest.raises(InvalidInput) as gone:
        world.review(edit)
    assert gone.value.title == "This person is no longer there"
    assert world.received("PUT") == 0


def test_nothing_edited_and_nothing_sendable_are_refused(world: "World") -> None:
    with pytest.raises(InvalidInput):
        world.review(world.edit({}))
    with pytest.raises(InvalidInput) as refused:
        world.review(world.edit({}).set(EXTERNAL_ID, "x" * 129))
    assert refused.value.field == "external_person_id"


def test_a_sign_in_that_ended_sends_nothing(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    world.sandbox.faults.add(Fault(FaultKind.STATUS, status=401))
    with pytest.raises(Unauthorized):
        world.save(review)
    assert world.received("PUT") == 0


def test_the_steps_are_told_in_order(world: "World") -> None:
    review = world.review(world.edit({"last_name": "Miller"}))
    steps: list[SaveStep] = []
    world.save(review, steps.append)
    assert steps == [SaveStep.READING, SaveStep.WRITING_DOWN, SaveStep.SENDING, SaveStep.READING_BACK]


def test_a_record_with_every_oddity_is_reviewed(world: "World") -> None:
    for person in list(world.sandbox.platform.people)[:40]:
        identifier = Identifier(IdentifierKind.PERSON_KEY, person.person_key)
        result = world.save(world.edit({"loyalty_id": "L-1"}, identifier))
        assert result.outcome is Outcome.VERIFIED
        assert world.custom_raw("loyalty_id", identifier) == "L-1"


def test_an_edit_of_nothing_but_json_keeps_its_numbers(world: "World") -> None:
    result = world.save(world.edit({"preferences": JsonObject((("n", JsonNumber("1.10")),))}))
    assert result.outcome is Outcome.VERIFIED
    assert result.record.intention.request.body == '{"custom_fields":{"preferences":{"n":1.10}}}'
