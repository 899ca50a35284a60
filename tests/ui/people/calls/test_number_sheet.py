"""The sheet of another number: look first, then change."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.renumbering import NumberPlan
from vibes_desktop.sandbox.people import SHARED_MDN
from vibes_desktop.ui.people.calls.number_sheet import NO_NUMBER_YET, NumberSheet
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

KEY = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
NEW = "+12065550187"
WAIT_MS = 20_000


def sheet_of(stage: "Stage") -> NumberSheet:
    person = stage.result_of(stage.session.client.person(KEY))
    sheet = NumberSheet(person, stage.session.profile, Privacy(), stage.window)
    sheet.open()
    return sheet


def plan_of(stage: "Stage", number: str = NEW) -> NumberPlan:
    person = stage.result_of(stage.session.client.person(KEY))
    return stage.result_of(Calls(stage.session).plan_number(person, number))


def words(sheet: NumberSheet) -> str:
    said = [each.text for each in sheet.findChildren(Notice) if not each.isHidden()]
    said += [each.accessibleName() or each.text() for each in sheet.findChildren(QLabel)]
    return "\n".join(said)


def test_enter_looks_a_number_up_in_any_notation(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    asked: list[str] = []
    sheet.look_up_requested.connect(asked.append)
    stage.qtbot.waitUntil(sheet.number.hasFocus)
    QTest.keyClicks(sheet.number, "206 555")
    assert not sheet.look_up.isEnabled()
    stage.qtbot.waitUntil(lambda: NO_NUMBER_YET in words(sheet))
    QTest.keyClicks(sheet.number, " 0187")
    QTest.keyClick(sheet.number, Qt.Key.Key_Return)
    assert asked == [NEW]
    assert sheet.isVisible()
    sheet.done(0)


def test_a_plan_shows_the_steps_the_requests_and_what_may_be_lost(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    sheet.number.setText("206 555 0187")
    sheet.show_plan(plan_of(stage))
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    for part in (
        "Nobody has this number yet.",
        "Opt-ins may not carry over",
        "On Weekly deals, Order updates now.",
    ):
        assert part in words(sheet)
    assert "1. Remove the old number" in words(sheet)
    assert sheet.code.toPlainText().index("PUT") < sheet.code.toPlainText().index("POST")
    sheet.number.setText("206 555 0188")  # the plan was made for another number
    assert not sheet.send.isEnabled()
    assert sheet.plan is None
    sheet.done(0)


def test_who_has_the_number_is_shown_and_can_be_opened(stage: "Stage") -> None:
    platform = stage.sandbox.platform
    platform.subscriptions.subscribe(platform.people.by_mdn(SHARED_MDN)[2], "SL1003")
    sheet = sheet_of(stage)
    sheet.show_plan(plan_of(stage, SHARED_MDN))
    assert "Somebody else has the new number" in words(sheet)
    assert "Spring sale" in words(sheet)
    assert not sheet.send.isEnabled()
    opened: list[object] = []
    sheet.open_requested.connect(opened.append)
    from vibes_desktop.ui.widgets.buttons import Button

    link = next(each for each in sheet.findChildren(Button) if each.accessibleName().startswith("Open this"))
    link.click()
    assert len(opened) == 1
    assert not sheet.isVisible()


def test_a_shared_old_number_is_a_warning(stage: "Stage") -> None:
    platform = stage.sandbox.platform
    platform.people.set_phone(platform.people.by_mdn(SHARED_MDN)[0], "+12065550143")
    sheet = sheet_of(stage)
    sheet.show_plan(plan_of(stage))
    assert "The old number is shared" in words(sheet)
    sheet.done(0)


def test_who_can_not_be_changed_at_all_is_refused_before_anything_is_typed(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    sheet.refuse(InvalidInput("It can't", "Do this.", done="Nothing was removed."))
    assert not sheet.number.isEnabled()
    assert sheet.notice.text == "It can't\nNothing was removed.\nDo this."
    sheet.done(0)


def test_after_trouble_the_number_can_be_looked_up_again(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    sheet.number.setText("206 555 0187")
    sheet.show_problem(InvalidInput("It can't", "Do this."))
    stage.qtbot.waitUntil(sheet.number.hasFocus)
    assert sheet.look_up.isEnabled()
    sheet.done(0)
