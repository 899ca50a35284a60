"""What became of a change, in words."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Intention, Outcome, SentRequest
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.outcome import Difference, SaveResult
from vibes_desktop.people.review import MeanwhileChange
from vibes_desktop.ui.people.outcome_notice import OutcomeNotice, notice_of
from vibes_desktop.ui.widgets.pill import Tone

EMAIL = FieldRef("email")
ERROR = StorageError("The disk is full", "Nothing was sent.", "Make space.")


def record(outcome: Outcome, detail: str = "") -> ChangeRecord:
    key = Identifier(IdentifierKind.PERSON_KEY, "k")
    intention = Intention(
        ProfileId("p"),
        ChangeKind.UPDATE,
        key,
        Person(obj(person_key="k")),
        (FieldChange(EMAIL, "old", "new"),),
        SentRequest("PUT", "/p", "{}"),
        "someone",
    )
    return ChangeRecord(ChangeId(1), intention, datetime.now(UTC), outcome, person=key, detail=detail)


def test_verified_names_what_was_compared() -> None:
    words = notice_of(SaveResult(record(Outcome.VERIFIED)))
    assert words.tone is Tone.OK
    assert words.title == "Saved and verified"
    assert words.sentences == ("Read back and compared: email.",)


def test_differences_show_both_values_as_text() -> None:
    result = SaveResult(record(Outcome.DIFFERS), differences=(Difference(EMAIL, "<b>new</b>", "other"),))
    words = notice_of(result)
    assert words.tone is Tone.WARN
    assert "<b>new</b>" in words.sentences[0]
    assert "other" in words.sentences[0]


def test_not_saved_has_the_errors_three_parts_and_what_is_known_besides() -> None:
    result = SaveResult(record(Outcome.NOT_SAVED, "Refused before it left."), error=ERROR)
    assert notice_of(result).sentences == (
        "The disk is full.",
        "Nothing was sent.",
        "Make space.",
        "Refused before it left.",
    )


def test_what_others_changed_and_an_unwritten_outcome_are_said() -> None:
    result = SaveResult(
        record(Outcome.VERIFIED),
        changed_meanwhile=(MeanwhileChange(FieldRef("zip"), "1", "2"),),
        journal_error=ERROR,
    )
    text = " ".join(notice_of(result).sentences)
    assert "zip" in text
    assert "could not be written into History" in text


@pytest.mark.parametrize(
    ("outcome", "undo", "look"),
    [
        (Outcome.VERIFIED, True, False),
        (Outcome.DIFFERS, True, False),
        (Outcome.NOT_SAVED, False, False),
        (Outcome.UNKNOWN, False, True),
    ],
)
def test_each_outcome_offers_what_can_be_done_next(
    qtbot: QtBot, outcome: Outcome, undo: bool, look: bool
) -> None:
    notice = OutcomeNotice()
    qtbot.addWidget(notice)
    notice.tell_result(SaveResult(record(outcome)))
    assert (not notice.undo.isHidden(), not notice.look.isHidden()) == (undo, look)


def test_what_is_no_outcome_offers_nothing(qtbot: QtBot) -> None:
    notice = OutcomeNotice()
    qtbot.addWidget(notice)
    notice.tell_result(SaveResult(record(Outcome.VERIFIED)))
    notice.tell(Tone.WARN, "Something else", "In a sentence.")
    assert notice.undo.isHidden()
    assert notice.look.isHidden()
    assert "In a sentence." in notice.text
