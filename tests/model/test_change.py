"""A change record can lose its values and names, and its repr never had them."""

from datetime import UTC, datetime

import pytest

from vibes_desktop.model.change import (
    ChangeId,
    ChangeKind,
    ChangeRecord,
    Intention,
    Outcome,
    SentRequest,
)
from vibes_desktop.model.fields import ABSENT, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId

KEY = Identifier(IdentifierKind.PERSON_KEY, "canary-key")
NUMBER = Identifier(IdentifierKind.MDN, "+canary")
INTENTION = Intention(
    profile_id=ProfileId("main"),
    kind=ChangeKind.UPDATE,
    target=KEY,
    before=Person(obj(person_key="canary-key", custom_fields=obj(first_name="canary"))),
    changes=(FieldChange(FieldRef("first_name"), "canary", "canary"),),
    request=SentRequest("PUT", "/persons/canary-key", '{"first_name": "canary"}'),
    os_user="agnes",
    reason="canary called",
    undo_of=ChangeId(3),
)
RECORD = ChangeRecord(
    id=ChangeId(7),
    intention=INTENTION,
    started_at=datetime(2025, 11, 23, tzinfo=UTC),
    outcome=Outcome.DIFFERS,
    finished_at=datetime(2025, 11, 24, tzinfo=UTC),
    person=NUMBER,
    display_name="canary",
    differing=(FieldRef("first_name"),),
    detail="canary differs",
)


def test_reprs_tell_no_value() -> None:
    assert "canary" not in repr(RECORD) + repr(INTENTION) + repr(INTENTION.request)
    assert repr(RECORD) == "ChangeRecord(7, update, differs)"


@pytest.mark.parametrize("outcome", Outcome)
def test_open_means_that_an_answer_is_owed(outcome: Outcome) -> None:
    assert outcome.is_open == (outcome in {Outcome.INTENDED, Outcome.SENDING})


def test_erased_entirely_only_what_when_who_and_outcome_stay() -> None:
    erased = RECORD.erased(entirely=True)
    assert erased.is_erased
    assert (erased.id, erased.started_at, erased.finished_at) == (
        *(RECORD.id, RECORD.started_at, RECORD.finished_at),
    )
    assert (erased.outcome, erased.differing) == (Outcome.DIFFERS, RECORD.differing)
    assert (erased.person, erased.display_name, erased.detail) == (None, "", "")
    assert erased.intention == Intention(
        profile_id=ProfileId("main"),
        kind=ChangeKind.UPDATE,
        target=None,
        before=None,
        changes=(FieldChange(FieldRef("first_name"), ABSENT, None),),
        request=SentRequest("PUT", "", ""),
        os_user="agnes",
        reason="",
        undo_of=ChangeId(3),
    )


def test_expired_the_reason_and_the_platforms_own_key_stay() -> None:
    erased = RECORD.erased(entirely=False)
    assert erased.intention.reason == "canary called"
    assert erased.intention.target == KEY
    assert erased.intention.before is None
    assert erased.person is None


def test_what_was_erased_stays_so() -> None:
    erased = RECORD.erased(entirely=False)
    assert erased.erased(entirely=False) == erased
    assert erased.erased(entirely=True) == RECORD.erased(entirely=True)


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Outcome.INTENDED, Outcome.NOT_SAVED),
        (Outcome.SENDING, Outcome.UNKNOWN),
        (Outcome.VERIFIED, Outcome.VERIFIED),
        (Outcome.UNKNOWN, Outcome.UNKNOWN),
    ],
)
def test_an_open_record_ends_when_it_is_erased(outcome: Outcome, after: Outcome) -> None:
    record = ChangeRecord(ChangeId(1), INTENTION, RECORD.started_at, outcome)
    assert record.erased(entirely=True).outcome is after
