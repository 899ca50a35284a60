"""What the record asks for is done, and what came of it is said on the record."""

from typing import TYPE_CHECKING

from vibes_desktop.ui.people.calls.opt_in_sheet import OptInSheet
from vibes_desktop.ui.people.calls.texted_sheet import TextedSheet
from vibes_desktop.ui.people.outcome_notice import NoticeText
from vibes_desktop.ui.widgets.pill import Tone

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage


def test_the_links_beside_the_record_open_their_sheets(stage: "Stage") -> None:
    stage.look_up()
    side = stage.page.record.side.subscriptions
    side.opt_in_requested.emit()
    stage.sheet(OptInSheet).reject()
    stage.settle()
    side.why_requested.emit()
    stage.sheet(TextedSheet).reject()
    stage.settle()


def test_what_came_of_a_call_is_said_on_the_record(stage: "Stage") -> None:
    stage.look_up()
    stage.page.calls.said.emit(NoticeText(Tone.OK, "Done", ("So it is.",)))
    assert stage.page.record.notice.text == "Done\nSo it is."
    assert stage.page.record.notice.isVisible()
