"""What was read back, compared with what was wanted."""

from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, MOBILE, FieldChange, FieldRef
from vibes_desktop.model.jsonvalue import JsonArray, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.outcome import Difference
from vibes_desktop.people.readback import differences, has_any_wanted, is_as_before, is_reviewed_record

A, B = FieldRef("a"), FieldRef("b")
CHANGES = (FieldChange(A, "old", "new"), FieldChange(B, ABSENT, None))


def person(**fields: object) -> Person:
    return Person(obj(person_key="k", custom_fields=obj(**fields)))  # type: ignore[arg-type]


def test_differences_name_what_was_wanted_and_what_came() -> None:
    assert differences(CHANGES, person(a="new", b=JsonArray()), ApiVersion.V2) == ()
    assert differences(CHANGES, person(a="NEW"), ApiVersion.V2) == (Difference(A, "new", "NEW"),)
    assert differences(CHANGES, person(), ApiVersion.V2) == (Difference(A, "new", ABSENT),)
    assert "NEW" not in repr(differences(CHANGES, person(a="NEW"), ApiVersion.V2))


def test_as_before_means_every_field() -> None:
    assert is_as_before(CHANGES, person(a="old"), ApiVersion.V2)
    assert not is_as_before(CHANGES, person(a="new"), ApiVersion.V2)
    assert not is_as_before(CHANGES, person(a="old", b="x"), ApiVersion.V2)


def test_a_part_that_arrived_is_seen() -> None:
    changes = (FieldChange(A, "old", "new"), FieldChange(B, None, "x"))
    assert has_any_wanted(changes, person(a="new"), ApiVersion.V2)
    assert not has_any_wanted(changes, person(a="old"), ApiVersion.V2)


def test_a_number_is_compared_in_the_version_it_was_read_in() -> None:
    read = Person(obj(mobile_phone=obj(mdn="3125550143")))
    change = (FieldChange(MOBILE, None, "+13125550143"),)
    assert differences(change, read, ApiVersion.V1) == ()
    assert differences(change, read, ApiVersion.V2) != ()


def test_a_re_keyed_record_is_the_same_and_a_created_one_is_not() -> None:
    change = (FieldChange(EXTERNAL_ID, "E", "F"),)
    known = Person(obj(external_person_id="E", created_at="1"))
    assert is_reviewed_record(known, Person(obj(external_person_id="F", created_at="1")), change)
    assert is_reviewed_record(known, known, change)
    assert not is_reviewed_record(known, Person(obj(external_person_id="F", created_at="2")), change)
    assert not is_reviewed_record(known, Person(obj(external_person_id="F", created_at="1")), ())
