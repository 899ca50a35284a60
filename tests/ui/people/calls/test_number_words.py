"""Every state of a change of number has words, and says what is owed."""

from datetime import UTC, datetime

import pytest

from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.number_change import NumberChange, NumberChangeId, NumberStep
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.people.holders import Holder
from vibes_desktop.people.number_standing import Position, Standing
from vibes_desktop.people.renumber import NumberResult
from vibes_desktop.ui.people.calls.number_words import (
    MAY_YET_ARRIVE,
    NOT_KNOWN,
    state_words,
    told,
    waiting_words,
)
from vibes_desktop.ui.widgets.pill import Tone

PERSON = Person(obj(person_key="k"))
NAMES = {"SL1": "Deals"}


def change(step: NumberStep, lists: tuple[str, ...] = ("SL1",)) -> NumberChange:
    key = Identifier(IdentifierKind.PERSON_KEY, "k")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return NumberChange(
        NumberChangeId(1),
        ProfileId("p"),
        key,
        "E",
        "+12065550143",
        "+12065550187",
        lists,
        "me",
        "",
        now,
        step,
    )


@pytest.mark.parametrize("standing", list(Standing))
def test_each_standing_has_a_sentence(standing: Standing) -> None:
    result = NumberResult(
        change(NumberStep.ADDING), Position(standing), InvalidInput("It failed", "Do this.")
    )
    words = told(result, NAMES)
    assert words.tone is Tone.BAD
    assert words.sentences == (state_words(result), "It failed.", "Do this.")


@pytest.mark.parametrize("step", [each for each in NumberStep if not each.is_over])
def test_where_it_could_not_be_read_the_journal_speaks(step: NumberStep) -> None:
    result = NumberResult(change(step), None, StorageError("No connection", "", "Try again."))
    words = told(result, NAMES)
    assert words.title == NOT_KNOWN
    assert words.sentences[0] == waiting_words(change(step)) != ""


def test_what_may_yet_arrive_is_said() -> None:
    position = Position(Standing.HAS_OLD)
    result = NumberResult(
        change(NumberStep.REMOVING), position, is_uncertain=True, journal_error=StorageError("Full", "", "")
    )
    assert MAY_YET_ARRIVE in told(result, NAMES).sentences
    assert any("Full" in each for each in told(result, NAMES).sentences)


def test_an_end_says_what_became_of_the_opt_ins() -> None:
    kept = Subscription(obj(subscription_list=obj(id="SL1")))
    position = Position(Standing.HAS_NEW, PERSON)
    done = NumberResult(change(NumberStep.DONE), position, holder=Holder(PERSON, (kept,)))
    assert told(done, NAMES).tone is Tone.OK
    lost = NumberResult(change(NumberStep.DONE), position, holder=Holder(PERSON))
    assert told(lost, NAMES).tone is Tone.WARN
    assert "did not carry over: Deals" in told(lost, NAMES).sentences[1]
    unread = NumberResult(change(NumberStep.RESTORED), position)
    assert "could not be read" in told(unread, NAMES).sentences[1]
    none = NumberResult(change(NumberStep.DONE, ()), position, holder=Holder(PERSON))
    assert len(told(none, NAMES).sentences) == 1


def test_unchanged_says_so_and_why() -> None:
    result = NumberResult(change(NumberStep.UNCHANGED), Position(Standing.HAS_OLD), InvalidInput("No", "Do"))
    assert told(result, NAMES).title == "The number was not changed"
    assert told(result, NAMES).sentences == ("The old number is still there.", "No.", "Do")
