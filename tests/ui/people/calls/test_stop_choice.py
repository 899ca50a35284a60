"""Ticks for everybody on a number."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.display import heading
from vibes_desktop.people.holders import Holder
from vibes_desktop.people.stopping import StopPlan
from vibes_desktop.sandbox.people import SHARED_MDN
from vibes_desktop.ui.people.calls.stop_choice import OPEN, StopChoice
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage


def plan_of(stage: "Stage") -> StopPlan:
    platform = stage.sandbox.platform
    for record in platform.people.by_mdn(SHARED_MDN)[:2]:
        platform.subscriptions.subscribe(record, "SL1003")
    person = stage.result_of(stage.session.client.persons_by_mdn(SHARED_MDN))[0]
    return stage.result_of(Calls(stage.session).plan_stop(person))


def choice_of(plan: StopPlan, qtbot: QtBot) -> StopChoice:
    made = StopChoice(
        plan,
        plan.on_list(None),
        lambda person: heading(person, ApiVersion.V2),
        lambda person: person.person_key or "",
        Times(),
    )
    qtbot.addWidget(made)
    return made


def test_the_own_are_ticked_and_the_others_in_sight(stage: "Stage", qtbot: QtBot) -> None:
    plan = plan_of(stage)
    choice = choice_of(plan, qtbot)
    assert choice.chosen == plan.on_list(None)
    assert choice.forgotten > 0
    for tick in choice.ticks:
        tick.setChecked(True)
    assert choice.forgotten == 0
    assert choice.chosen == plan.stoppable
    names = [tick.accessibleName() for tick in choice.ticks]
    assert len(set(names)) == len(names)  # each says whose it is


def test_another_record_can_be_opened(stage: "Stage", qtbot: QtBot) -> None:
    plan = plan_of(stage)
    choice = choice_of(plan, qtbot)
    opened: list[object] = []
    choice.open_requested.connect(opened.append)
    link = next(each for each in choice.findChildren(Button) if OPEN in each.accessibleName())
    link.click()
    assert opened == [plan.others[0].person]


def test_what_is_not_known_of_somebody_is_said(stage: "Stage", qtbot: QtBot) -> None:
    plan = plan_of(stage)
    unknown = Holder(plan.others[0].person, trouble=StorageError("No answer", "", ""))
    own = tuple(each for each in plan.stoppable if each.is_own)
    choice = choice_of(StopPlan(plan.own, (unknown,), own), qtbot)
    words = [label.text() for label in choice.findChildren(QLabel)]
    assert "What they are subscribed to is not known: No answer." in words
    assert choice.forgotten == 0
