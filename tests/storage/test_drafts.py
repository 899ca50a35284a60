"""Drafts survive, expire and are forgotten."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.drafts import Draft, Drafts

MAIN, OTHER = ProfileId("main"), ProfileId("other")
ANA = Identifier(IdentifierKind.PERSON_KEY, "ana")
BEN = Identifier(IdentifierKind.PERSON_KEY, "ben")
NUMBER = Identifier(IdentifierKind.MDN, "+13125550143")


@pytest.fixture
def drafts(desk: Desk) -> Drafts:
    """The drafts of an open desk."""
    return desk.drafts


def test_a_draft_comes_back(drafts: Drafts, now: datetime) -> None:
    drafts.put(MAIN, ANA, '{"a": 1}', now=now)
    assert drafts.get(MAIN, ANA) == Draft(MAIN, ANA, '{"a": 1}', now)
    assert drafts.get(MAIN, BEN) is None
    assert drafts.get(OTHER, ANA) is None


def test_the_newer_draft_replaces_the_older(drafts: Drafts, now: datetime) -> None:
    drafts.put(MAIN, ANA, "1", now=now, also_known_as=[NUMBER])
    drafts.put(MAIN, ANA, "2", now=now + timedelta(seconds=1))
    assert [draft.document for draft in drafts.all(MAIN)] == ["2"]
    assert drafts.forget([NUMBER]) == 0


def test_all_are_listed_newest_first(drafts: Drafts, now: datetime) -> None:
    drafts.put(MAIN, ANA, "old", now=now)
    drafts.put(MAIN, BEN, "new", now=now + timedelta(microseconds=1))
    drafts.put(OTHER, ANA, "other", now=now)
    assert [draft.document for draft in drafts.all(MAIN)] == ["new", "old"]


def test_a_deleted_draft_is_gone_and_deleting_twice_is_no_matter(drafts: Drafts) -> None:
    drafts.put(MAIN, ANA, "1")
    drafts.delete(MAIN, ANA)
    drafts.delete(MAIN, ANA)
    assert drafts.get(MAIN, ANA) is None


def test_a_profile_is_cleared_alone(drafts: Drafts) -> None:
    drafts.put(MAIN, ANA, "1")
    drafts.put(OTHER, ANA, "2")
    drafts.clear(MAIN)
    assert (len(drafts.all(MAIN)), len(drafts.all(OTHER))) == (0, 1)


@pytest.mark.parametrize("identifier", [ANA, NUMBER, Identifier(IdentifierKind.MDN, "3125550143")])
def test_a_person_is_forgotten_by_any_name_in_every_profile(drafts: Drafts, identifier: Identifier) -> None:
    for profile in (MAIN, OTHER):
        drafts.put(profile, ANA, "1", also_known_as=[NUMBER])
    drafts.put(MAIN, BEN, "2")
    assert drafts.forget([identifier]) == 2
    assert [draft.person for draft in drafts.all(MAIN)] == [BEN]


def test_old_drafts_expire(drafts: Drafts, now: datetime) -> None:
    drafts.put(MAIN, ANA, "old", now=now)
    drafts.put(MAIN, BEN, "new", now=now + timedelta(seconds=2))
    assert drafts.expire(now + timedelta(seconds=1)) == 1
    assert [draft.document for draft in drafts.all(MAIN)] == ["new"]


def test_a_draft_of_a_million_characters_and_odd_ones_is_kept(drafts: Drafts) -> None:
    person = Identifier(IdentifierKind.EXTERNAL_ID, "a/b?#%\u202e\x00 🌍")
    document = '{"big": "' + "x\u2028" * 500_000 + '"}'
    drafts.put(MAIN, person, document)
    assert drafts.all(MAIN)[0].document == document
    assert drafts.all(MAIN)[0].person == person


def test_a_draft_survives_without_closing(tmp_path: Path, drafts: Drafts) -> None:
    drafts.put(MAIN, ANA, "1")
    second = Desk(tmp_path / "data" / "desk.sqlite3")
    assert second.drafts.get(MAIN, ANA) is not None
    second.close()


def test_its_repr_tells_no_value(drafts: Drafts) -> None:
    drafts.put(MAIN, Identifier(IdentifierKind.MDN, "+1canary"), "canary")
    assert "canary" not in repr(drafts.all(MAIN))
