"""What can be done with a change, and the words when it can't."""

from __future__ import annotations

from collections.abc import Callable

from vibes_desktop.model.change import ChangeId, ChangeKind, Outcome
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.undo import CREATED, NEVER_SAVED, STILL_OPEN
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.history.actions import GONE_PROFILE, Profiles, person_of, why_not_here, why_not_undo

Write = Callable[..., ChangeId]
DEMO, ACME = ProfileId("demo"), ProfileId("acme")


def test_undo_says_why_it_is_not_possible(
    journal: Journal, write: Write, profiles: tuple[Profile, ...]
) -> None:
    here = Profiles.of(profiles, DEMO)

    def reason(**how: object) -> str | None:
        return why_not_undo(journal.record(write(**how)), here)

    assert reason() is None
    assert reason(outcome=Outcome.NOT_SAVED) == NEVER_SAVED
    assert reason(outcome=Outcome.SENDING) == STILL_OPEN
    assert reason(kind=ChangeKind.ADD) == CREATED
    assert "“Acme Retail”" in (reason(profile=ACME) or "")


def test_a_change_of_a_removed_profile_is_for_reading_only(journal: Journal, write: Write) -> None:
    assert why_not_here(journal.record(write()), Profiles()) == GONE_PROFILE


def test_the_person_is_addressed_as_it_was_after_the_change(journal: Journal, write: Write) -> None:
    key = Identifier(IdentifierKind.PERSON_KEY, "key-Ann")
    assert person_of(journal.record(write("Ann"))) == key
    assert person_of(journal.record(write("Ann", outcome=Outcome.INTENDED))) == key
    assert person_of(journal.record(write(kind=ChangeKind.ADD, outcome=Outcome.INTENDED))) is None
