"""Before anybody was looked up: what waits for somebody."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Intention, Outcome, SentRequest
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.people.session import NEW_PERSON
from vibes_desktop.storage.drafts import Draft
from vibes_desktop.ui.people.start_view import NEW_PERSON_WORDS, StartView

NOW = datetime.now(UTC)
PERSON = Identifier(IdentifierKind.EXTERNAL_ID, "<b>CRM</b>")
DRAFT = Draft(ProfileId("p"), PERSON, "{}", NOW)
OPEN = ChangeRecord(
    ChangeId(1),
    Intention(
        ProfileId("p"), ChangeKind.ADD, None, None, (), SentRequest("POST", "/persons", "{}"), "someone"
    ),
    NOW,
    Outcome.SENDING,
)


def view_of(qtbot: QtBot) -> StartView:
    view = StartView()
    qtbot.addWidget(view)
    return view


def named(view: StartView, words: str) -> QPushButton:
    return next(each for each in view.findChildren(QPushButton) if words in each.accessibleName())


def test_a_draft_can_be_gone_on_with_or_discarded(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    view.show_waiting([DRAFT], [])
    told: list[tuple[str, Draft]] = []
    view.draft_opened.connect(lambda draft: told.append(("open", draft)))
    view.draft_discarded.connect(lambda draft: told.append(("discard", draft)))
    QTest.keyClick(named(view, "Compare and go on"), Qt.Key.Key_Return)
    QTest.keyClick(named(view, "Discard"), Qt.Key.Key_Return)
    assert told == [("open", DRAFT), ("discard", DRAFT)]
    assert any("<b>CRM</b>" in label.text() for label in view.findChildren(QLabel))


def test_a_person_to_be_added_has_no_id_to_show(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    view.show_waiting([Draft(ProfileId("p"), NEW_PERSON, "{}", NOW)], [])
    assert any(NEW_PERSON_WORDS in label.text() for label in view.findChildren(QLabel))


def test_what_is_open_can_be_found_out(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    view.show_waiting([], [OPEN])
    asked: list[ChangeRecord] = []
    view.resolve_requested.connect(asked.append)
    QTest.keyClick(named(view, "Find out"), Qt.Key.Key_Return)
    assert asked == [OPEN]


def test_what_was_waiting_goes_away(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    view.show_waiting([DRAFT], [OPEN])
    view.show_waiting([], [])
    left = [each for each in view.findChildren(QPushButton) if each.isVisibleTo(view)]
    assert [each.text() for each in left] == ["Recent people"]
