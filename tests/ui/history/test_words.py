"""What the history says in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from vibes_desktop.model.change import (
    ChangeId,
    ChangeKind,
    ChangeRecord,
    Intention,
    Outcome,
    SentRequest,
)
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.ui.history.words import (
    NEW_PERSON,
    NOT_KEPT,
    OUTCOMES,
    change_words,
    outcome_words,
    person_words,
    short_time,
    utc_time,
)

NOON = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)


def _record(*names: str, kind: ChangeKind = ChangeKind.UPDATE, before: Person | None = None) -> ChangeRecord:
    changes = tuple(FieldChange(FieldRef(name), "old", "new") for name in names)
    intention = Intention(ProfileId("p"), kind, None, before, changes, SentRequest("PUT", "/", ""), "mia")
    return ChangeRecord(ChangeId(1), intention, NOON, Outcome.VERIFIED)


def test_every_outcome_has_words() -> None:
    assert set(OUTCOMES) == set(Outcome)


def test_a_person_is_named_by_what_is_known() -> None:
    record = _record("email")
    assert person_words(record) == NEW_PERSON
    named = Person(obj(custom_fields=obj(first_name="Grace", last_name="Hopper")))
    assert person_words(_record("email", before=named)) == "Grace Hopper"
    by_key = Identifier(IdentifierKind.PERSON_KEY, "key\u202e1")
    shown = ChangeRecord(ChangeId(1), record.intention, NOON, Outcome.VERIFIED, person=by_key)
    assert person_words(shown) == "key⟨U+202E⟩1"


def test_an_erased_change_names_nobody() -> None:
    record = _record("email").erased(entirely=True)
    assert person_words(record) == NOT_KEPT


def test_a_change_names_its_fields_and_its_kind() -> None:
    assert change_words(_record("email", "last_name")) == "email, last_name"
    assert change_words(_record("email", kind=ChangeKind.UNDO)) == "Undone · email"
    assert change_words(_record(kind=ChangeKind.ADD)) == "Added"
    assert change_words(_record(*"abcdefgh")) == "a, b, c, d, e, f and 2 more"


def test_a_time_is_local_in_the_table_and_utc_in_the_tooltip() -> None:
    assert short_time(NOON, timezone(timedelta(hours=2))) == "1 Mar 2026, 14:00"
    assert utc_time(NOON) == "2026-03-01 12:00:05 UTC"


@pytest.mark.parametrize("kind", [ChangeKind.STOP, ChangeKind.OPT_IN])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_stops_and_opt_ins_are_not_called_saved(kind: ChangeKind, outcome: Outcome) -> None:
    words = outcome_words(replace(_record("Weekly deals", kind=kind), outcome=outcome))
    assert "saved" not in words.pill
    if outcome not in {Outcome.UNKNOWN, Outcome.INTENDED, Outcome.SENDING}:
        assert words != OUTCOMES[outcome]


def test_other_changes_have_the_usual_words() -> None:
    assert outcome_words(_record("email")) is OUTCOMES[_record("email").outcome]
