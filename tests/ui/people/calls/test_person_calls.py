"""The calls as commands: offered where they can be made, refused with a reason where they can't."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from vibes_desktop.ui.people.calls.person_calls import EDITED, HIDDEN, NUMBER, OPT_IN, READ_ONLY, STOP, WHY
from vibes_desktop.ui.people.calls.stop_sheet import StopSheet
from vibes_desktop.ui.people.calls.texted_sheet import TextedSheet

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

CHANGING = ("record.stop", "record.opt_in", "record.number")


def enabled(stage: "Stage") -> set[str]:
    return {each.id for each in stage.page.calls.commands() if each.enabled()}


def test_without_a_record_none_is_offered(stage: "Stage") -> None:
    assert enabled(stage) == set()
    stage.page.calls.why()
    stage.page.calls.stop()
    assert QApplication.activeModalWidget() is None


def test_a_locked_profile_offers_only_what_reads(stage: "Stage") -> None:
    stage.look_up()
    assert enabled(stage) == {*CHANGING, "record.why"}
    stage.page.set_locked(True)
    assert enabled(stage) == {"record.why"}
    for act in (stage.page.calls.stop, stage.page.calls.opt_in, stage.page.calls.change_number):
        act()
        assert QApplication.activeModalWidget() is None
        assert stage.page.problem.text.startswith(READ_ONLY)
    stage.page.calls.why()
    stage.sheet(TextedSheet).reject()


def test_hidden_data_are_not_changed_unseen(stage: "Stage") -> None:
    stage.look_up()
    stage.page.desk.privacy.set_masking(True)
    assert enabled(stage) == {"record.why"}
    stage.page.calls.stop()
    assert QApplication.activeModalWidget() is None
    assert stage.page.problem.text.startswith(HIDDEN)
    stage.page.calls.why()
    sheet = stage.sheet(TextedSheet)
    stage.qtbot.waitUntil(lambda: sheet.page is not None, timeout=20_000)
    for secret in ("Steve", "Millar", "0143", "EXT542342"):
        assert secret not in sheet.text
        assert secret not in sheet.windowTitle()
    sheet.reject()


def test_unsaved_edits_come_first(stage: "Stage") -> None:
    stage.look_up()
    stage.put("first_name", "Stefan")
    stage.page.calls.stop()
    assert QApplication.activeModalWidget() is None
    assert stage.page.problem.text.startswith(EDITED)


def test_each_is_in_the_records_menu(stage: "Stage") -> None:
    stage.look_up()
    menu = stage.page._menu
    menu.aboutToShow.emit()
    actions = {action.text(): action for action in menu.actions()}
    assert all(actions[words].isEnabled() for words in (STOP, OPT_IN, NUMBER, WHY))
    stage.page.set_locked(True)
    menu.aboutToShow.emit()
    assert not any(actions[words].isEnabled() for words in (STOP, OPT_IN, NUMBER))
    assert actions[WHY].isEnabled()


@pytest.mark.parametrize("words", [STOP, OPT_IN, NUMBER, WHY])
def test_each_is_found_in_the_palette(stage: "Stage", words: str) -> None:
    stage.look_up()
    titles = [each.title for each in stage.page.commands()]
    assert words in titles


def test_a_link_beside_the_record_stops_one_list(stage: "Stage") -> None:
    stage.look_up()
    stage.page.record.side.subscriptions.stop_requested.emit("SL1002")
    sheet = stage.sheet(StopSheet)
    stage.qtbot.waitUntil(lambda: [each.list_id for each in sheet.chosen] == ["SL1002"], timeout=20_000)
    sheet.reject()


def test_the_explanation_beside_the_number_leads_to_changing_it(stage: "Stage") -> None:
    from vibes_desktop.ui.people.calls.number_sheet import NumberSheet

    stage.look_up()
    stage.page.record.identity.number_wanted.emit()
    stage.sheet(NumberSheet).reject()
