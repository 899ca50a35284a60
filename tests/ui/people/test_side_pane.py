"""Beside the record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, ChangeKind, ChangeRecord, Intention, Outcome, SentRequest
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.fields import FieldChange, FieldRef
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ProfileId
from vibes_desktop.model.subscription import Subscription
from vibes_desktop.ui.people.side_pane import CHANGES_SHOWN, SidePane

KEY = Identifier(IdentifierKind.PERSON_KEY, "k")
CHANGE = ChangeRecord(
    ChangeId(1),
    Intention(
        ProfileId("p"),
        ChangeKind.UPDATE,
        KEY,
        Person(obj(person_key="k")),
        (FieldChange(FieldRef("email"), "a", "b"),),
        SentRequest("PUT", "/p", "{}"),
        "someone",
    ),
    datetime.now(UTC),
    Outcome.VERIFIED,
    person=KEY,
)


def pane_of(qtbot: QtBot) -> SidePane:
    pane = SidePane()
    qtbot.addWidget(pane)
    pane.resize(330, 600)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def texts(pane: SidePane) -> str:
    labels = [label for label in pane.findChildren(QLabel) if label.isVisible()]
    return "|".join(label.accessibleName() or label.text() for label in labels)


def says(qtbot: QtBot, pane: SidePane, *words: str) -> None:
    """Wait until the pane shows all of these; Qt shows what is added to a layout a turn later."""
    qtbot.waitUntil(lambda: all(each in texts(pane) for each in words))


def test_subscriptions_have_the_lists_name_or_its_id(qtbot: QtBot) -> None:
    pane = pane_of(qtbot)
    active = Subscription(obj(subscription_list=obj(id="1"), opt_in_date="2017-01-15T12:00:00Z"))
    ended = Subscription(
        obj(
            subscription_list=obj(id="2"),
            opt_in_date="2017-01-15T12:00:00Z",
            opt_out_date="2017-02-18T12:00:00Z",
            opt_out_reason="user_opt_out",
        )
    )
    pane.show_subscriptions([active, ended], {"1": "Weekly deals"})
    says(qtbot, pane, "Weekly deals", "since 15 Jan 2017", "List 2", "left 18 Feb 2017")
    says(qtbot, pane, "joined 15 Jan 2017 · they opted out")


def test_a_failed_reading_is_not_called_none(qtbot: QtBot) -> None:
    pane = pane_of(qtbot)
    pane.show_subscriptions_problem(StorageError("No connection", "", ""))
    says(qtbot, pane, "Not known: No connection.")
    pane.show_subscriptions([], {})
    says(qtbot, pane, "None, and none that ended.")


def test_devices_that_are_not_known_are_not_called_none(qtbot: QtBot) -> None:
    pane = pane_of(qtbot)
    pane.devices.show_problem(StorageError("No connection", "", ""))
    says(qtbot, pane, "Not known: No connection.")


def test_a_change_can_be_undone_from_here(qtbot: QtBot) -> None:
    pane = pane_of(qtbot)
    pane.show_changes([CHANGE])
    wanted: list[ChangeRecord] = []
    pane.undo_requested.connect(wanted.append)
    undo = next(each for each in pane.findChildren(QPushButton) if each.text() == "Undo")
    QTest.keyClick(undo, Qt.Key.Key_Return)
    assert wanted == [CHANGE]
    says(qtbot, pane, "today")


def test_what_was_not_saved_offers_no_undo(qtbot: QtBot) -> None:
    pane = pane_of(qtbot)
    pane.show_changes([replace(CHANGE, outcome=Outcome.NOT_SAVED)])
    assert not [each for each in pane.findChildren(QPushButton) if each.text() == "Undo"]
    says(qtbot, pane, "not saved")


def test_many_changes_end_in_a_link_to_the_history(qtbot: QtBot) -> None:
    pane = pane_of(qtbot)
    old = datetime.now(UTC) - timedelta(days=40)
    pane.show_changes([replace(CHANGE, started_at=old)] * (CHANGES_SHOWN + 1))
    link = next(each for each in pane.findChildren(QPushButton) if "History" in each.text())
    with qtbot.waitSignal(pane.history_requested, timeout=1000):
        QTest.keyClick(link, Qt.Key.Key_Return)


def test_callbacks_are_said_not_to_be_open(qtbot: QtBot) -> None:
    pane = pane_of(qtbot)
    says(qtbot, pane, "No callbacks are open.")
    link = next(each for each in pane.findChildren(QPushButton) if "Callbacks" in each.text())
    with qtbot.waitSignal(pane.callbacks_requested, timeout=1000):
        QTest.keyClick(link, Qt.Key.Key_Return)
