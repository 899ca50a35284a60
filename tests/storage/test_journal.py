"""The journal holds every step when the call returns, and what is erased is gone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from vibes_desktop.model.change import ChangeId, ChangeKind, Intention, Outcome, SentRequest
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.journal import Journal
from vibes_desktop.storage.trouble import DiskFull

KEY = Identifier(IdentifierKind.PERSON_KEY, "key-1")
NUMBER = Identifier(IdentifierKind.MDN, "+13125550143")
Intend = Callable[..., Intention]


@pytest.fixture
def journal(desk: Desk) -> Journal:
    """The journal of an open desk."""
    return desk.journal


def test_an_intention_is_written_down(journal: Journal, intend: Intend, now: datetime) -> None:
    change = journal.begin(intend(), now=now)
    record = journal.record(change)
    assert record.intention == intend()
    assert (record.started_at, record.outcome, record.finished_at) == (now, Outcome.INTENDED, None)


def test_it_goes_through_its_steps(journal: Journal, intend: Intend, now: datetime) -> None:
    change = journal.begin(intend(), now=now)
    journal.sending(change)
    assert journal.record(change).outcome is Outcome.SENDING
    fields = (FieldRef("first_name"),)
    closed = journal.close(
        change, Outcome.DIFFERS, person=KEY, differing=fields, detail="d", display_name="Ana", now=now
    )
    assert closed == journal.record(change)
    assert (closed.outcome, closed.finished_at, closed.person) == (Outcome.DIFFERS, now, KEY)
    assert (closed.differing, closed.detail, closed.display_name) == (fields, "d", "Ana")


def test_the_request_that_is_sent_replaces_the_intended_one(
    journal: Journal, intend: Intend, now: datetime
) -> None:
    change = journal.begin(intend(), now=now)
    sent = SentRequest("PUT", "/other", "{}")
    journal.sending(change, sent)
    assert journal.record(change).intention == replace(intend(), request=sent)


def test_steps_are_taken_in_order_and_once(journal: Journal, intend: Intend, now: datetime) -> None:
    change = journal.begin(intend(), now=now)
    with pytest.raises(ValueError, match="no end"):
        journal.close(change, Outcome.SENDING)
    journal.sending(change)
    with pytest.raises(ValueError, match="not intended"):
        journal.sending(change)
    journal.close(change, Outcome.VERIFIED)
    with pytest.raises(ValueError, match="has ended"):
        journal.close(change, Outcome.NOT_SAVED)
    with pytest.raises(KeyError):
        journal.record(ChangeId(99))


def test_what_ended_unknown_may_become_known(journal: Journal, intend: Intend, now: datetime) -> None:
    change = journal.begin(intend(), now=now)
    journal.close(change, Outcome.UNKNOWN)
    assert journal.close(change, Outcome.VERIFIED).outcome is Outcome.VERIFIED


def test_open_records_are_those_that_owe_an_answer(journal: Journal, intend: Intend, now: datetime) -> None:
    intended, sending, closed, elsewhere = (
        journal.begin(intend(profile_id=ProfileId(name)), now=now) for name in ("a", "a", "a", "b")
    )
    journal.sending(sending)
    journal.close(closed, Outcome.UNKNOWN)
    assert [record.id for record in journal.open_records(ProfileId("a"))] == [intended, sending]
    assert [record.id for record in journal.open_records(ProfileId("b"))] == [elsewhere]


def test_records_come_newest_first_in_portions(journal: Journal, intend: Intend, now: datetime) -> None:
    ids = [journal.begin(intend(), now=now) for _ in range(5)]
    first = journal.records(ProfileId("main"), limit=2)
    assert [record.id for record in first] == [ids[4], ids[3]]
    rest = journal.records(ProfileId("main"), before=first[-1].id)
    assert [record.id for record in rest] == [ids[2], ids[1], ids[0]]
    assert journal.records(ProfileId("other")) == ()
    assert len(journal.records(None)) == 5


def test_every_word_must_occur_in_whatever_case(journal: Journal, intend: Intend, now: datetime) -> None:
    changes = (FieldChange(FieldRef("Straße"), ABSENT, "50%_off"),)
    change = journal.begin(intend(changes=changes, reason="Für ÖKO"), now=now)
    journal.close(change, Outcome.VERIFIED, display_name="Łucja")
    for text in ("", "STRASSE", "öko łucja", "50%_off", "agnes KEY-1", "crm-1"):
        assert len(journal.records(None, text=text)) == 1, text
    for text in ("nobody", "öko nobody", "50%x", "' OR 1"):
        assert journal.records(None, text=text) == (), text


def test_an_undo_names_what_it_undoes(journal: Journal, intend: Intend, now: datetime) -> None:
    change = journal.begin(intend(), now=now)
    undo = journal.begin(intend(kind=ChangeKind.UNDO, undo_of=change), now=now)
    assert journal.record(undo).intention.undo_of == change


def test_lone_surrogates_and_nul_are_no_obstacle(journal: Journal, intend: Intend, now: datetime) -> None:
    change = journal.begin(intend(reason="a\ud800\x00b", os_user="\udcff"), now=now)
    journal.close(change, Outcome.NOT_SAVED, display_name="\ud800", detail="\ud800")
    assert journal.record(change).intention.reason == "a?\x00b"


def test_a_number_is_never_given_twice(journal: Journal, intend: Intend, now: datetime) -> None:
    first = journal.begin(intend(), now=now)
    assert journal.begin(intend(), now=now) == first + 1


@pytest.mark.parametrize(
    "identifier",
    [
        KEY,
        NUMBER,
        Identifier(IdentifierKind.MDN, "3125550143"),
        Identifier(IdentifierKind.EXTERNAL_ID, "new"),
    ],
)
def test_forgetting_finds_a_change_by_anything_in_it(
    journal: Journal, intend: Intend, now: datetime, identifier: Identifier
) -> None:
    record = '{"person_key": "key-1", "mobile_phone": {"mdn": "3125550143"}}'
    changes = (FieldChange(EXTERNAL_ID, "old", "new"),)
    change = journal.begin(intend(record, changes=changes), now=now)
    other = journal.begin(intend('{"person_key": "key-2"}', target=None), now=now)
    assert journal.forget([identifier]) == 1
    assert journal.record(change).is_erased
    assert not journal.record(other).is_erased


def test_what_is_forgotten_keeps_what_when_and_outcome(
    journal: Journal, intend: Intend, now: datetime
) -> None:
    change = journal.begin(intend(), now=now)
    journal.sending(change)
    journal.close(change, Outcome.VERIFIED, person=KEY, display_name="Ana", detail="Ana was saved", now=now)
    journal.forget([KEY])
    record = journal.record(change)
    assert (record.outcome, record.started_at, record.finished_at) == (Outcome.VERIFIED, now, now)
    assert (record.person, record.display_name, record.detail) == (None, "", "")
    intention = record.intention
    assert (intention.target, intention.before, intention.reason) == (None, None, "")
    assert intention.changes == (FieldChange(FieldRef("first_name"), ABSENT, None),)
    assert intention.request == SentRequest("PUT", "", "")
    assert intention.os_user == "agnes"
    assert journal.records(None, text="ana") == ()
    assert journal.records(None, text="agnes first_name") == (record,)


def test_a_change_found_by_its_outcome_alone_is_forgotten(
    journal: Journal, intend: Intend, now: datetime
) -> None:
    change = journal.begin(intend(target=None, before=None, kind=ChangeKind.ADD), now=now)
    journal.close(change, Outcome.VERIFIED, person=KEY)
    assert journal.forget([KEY]) == 1
    assert journal.forget([KEY]) == 0


def test_forgetting_during_a_save_keeps_the_outcome_and_no_name(
    journal: Journal, intend: Intend, now: datetime
) -> None:
    change = journal.begin(intend(), now=now)
    journal.sending(change)
    journal.forget([KEY])
    assert journal.record(change).outcome is Outcome.UNKNOWN
    closed = journal.close(change, Outcome.VERIFIED, person=KEY, display_name="Ana", detail="Ana")
    assert (closed.outcome, closed.person, closed.display_name, closed.detail) == (
        *(Outcome.VERIFIED, None, "", ""),
    )
    assert journal.record(change) == closed


def test_forgetting_before_it_was_sent_keeps_it_from_being_sent(
    journal: Journal, intend: Intend, now: datetime
) -> None:
    change = journal.begin(intend(), now=now)
    journal.forget([KEY])
    with pytest.raises(StorageError) as caught:
        journal.sending(change, SentRequest("PUT", "/canary", "canary"))
    assert caught.value.done == "Nothing was sent."
    closed = journal.close(change, Outcome.NOT_SAVED, person=KEY)
    assert (closed.outcome, closed.person) == (Outcome.NOT_SAVED, None)


def test_expiry_keeps_the_reason_and_the_platforms_key(
    journal: Journal, intend: Intend, now: datetime
) -> None:
    by_key = journal.begin(intend(), now=now)
    by_number = journal.begin(intend(target=NUMBER), now=now)
    journal.close(by_number, Outcome.VERIFIED, person=NUMBER, display_name="Ana")
    young = journal.begin(intend(), now=now + timedelta(days=1))
    assert journal.expire(now + timedelta(hours=1)) == 2
    assert journal.expire(now + timedelta(hours=1)) == 0
    assert journal.record(by_key).intention.target == KEY
    assert journal.record(by_key).intention.reason == "Ticket 4711"
    assert journal.record(by_key).outcome is Outcome.NOT_SAVED
    assert journal.record(by_number).intention.target is None
    assert journal.record(by_number).person is None
    assert journal.record(by_number).outcome is Outcome.VERIFIED
    assert journal.record(young).intention == intend()
    assert journal.forget([KEY]) == 2


def test_on_a_full_disk_nothing_is_begun(desk: Desk, journal: Journal, intend: Intend, now: datetime) -> None:
    kept = journal.begin(intend(), now=now)
    pages = desk._database.rows("PRAGMA page_count")[0][0]
    desk._database.rows(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull):
        journal.begin(intend(reason="x" * 100_000), now=now)
    assert [record.id for record in journal.records(None)] == [kept]
