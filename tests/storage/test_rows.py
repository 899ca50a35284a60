"""Values become columns and come back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from vibes_desktop.model.change import ChangeId, ChangeRecord, Intention, Outcome
from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldChange
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.storage.rows import (
    all_spellings,
    identifier_columns,
    identifier_from,
    identifiers_of_change,
    identifiers_of_person,
    storable,
    time_column,
    time_from,
)


def test_lone_surrogates_are_replaced() -> None:
    assert storable("a\ud800b 🌍") == "a?b 🌍"


def test_times_sort_as_texts_whatever_their_zone() -> None:
    early = datetime(2025, 1, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    late = datetime(2025, 1, 1, 8, 0, 0, 1, tzinfo=UTC)
    assert time_column(early) < time_column(late)
    assert time_from(time_column(early)) == early


def test_an_identifier_comes_back() -> None:
    identifier = Identifier(IdentifierKind.EXTERNAL_ID, "a/b 🌍")
    assert identifier_from(*identifier_columns(identifier)) == identifier
    assert identifier_from(*identifier_columns(None)) is None


def test_a_person_is_known_by_every_id_and_both_spellings_of_the_number() -> None:
    person = Person(
        obj(person_key="k", person_id="7", external_person_id="e", mobile_phone=obj(mdn="3125550143"))
    )
    assert {(known.kind.value, known.value) for known in identifiers_of_person(person)} == {
        ("person_key", "k"),
        ("person_id", "7"),
        ("external_person_id", "e"),
        ("mdn", "3125550143"),
        ("mdn", "+13125550143"),
    }
    assert list(identifiers_of_person(Person(JsonObject()))) == []


def test_a_change_speaks_of_everyone_in_it(intend: Callable[..., Intention], now: datetime) -> None:
    changes = (
        FieldChange(EXTERNAL_ID, "old", "new"),
        FieldChange(MOBILE, None, "+442079460958"),
    )
    record = ChangeRecord(
        ChangeId(1),
        intend(changes=changes),
        now,
        Outcome.VERIFIED,
        person=Identifier(IdentifierKind.PERSON_ID, "7"),
    )
    assert {known.value for known in identifiers_of_change(record)} == {
        *("key-1", "CRM-1", "+13125550143", "old", "new", "+442079460958", "7")
    }


def test_a_number_is_searched_in_both_spellings() -> None:
    given = Identifier(IdentifierKind.MDN, "3125550143")
    assert all_spellings([given]) == {("mdn", "3125550143"), ("mdn", "+13125550143")}
