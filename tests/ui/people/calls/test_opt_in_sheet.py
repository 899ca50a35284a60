"""The sheet of an opt-in: a list, a campaign, the consent, and nothing sent without all three."""

from typing import TYPE_CHECKING

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonArray, obj
from vibes_desktop.model.subscription import Campaign, SubscriptionList
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.opting_in import OptInPlan
from vibes_desktop.ui.people.calls.opt_in_sheet import CONSENT_FIRST, OptInSheet
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

KEY = Identifier(IdentifierKind.PERSON_KEY, "c5235a10-e243-42d7-979c-7f6234a21b60")
DEALS = SubscriptionList(obj(id="SL1001", name="Weekly deals"))
SPRING = SubscriptionList(obj(id="SL1003", name="Spring & sale"))
WELCOME = Campaign(
    obj(
        acquisition_id="ACQ1001",
        description="Welcome",
        status="active",
        acquisition_campaign=obj(keywords=JsonArray(("DEALS",))),
    )
)
WAIT_MS = 20_000


def sheet_of(stage: "Stage") -> OptInSheet:
    person = stage.result_of(stage.session.client.person(KEY))
    sheet = OptInSheet(person, stage.session.profile, Privacy(), Times(), stage.window)
    sheet.open()
    return sheet


def plan_of(stage: "Stage", *, is_free: bool) -> OptInPlan:
    platform = stage.sandbox.platform
    record = platform.people.by_key(KEY.value)
    assert record is not None
    if is_free:
        platform.subscriptions.unsubscribe(record, "SL1001")
    person = stage.result_of(stage.session.client.person(KEY))
    return stage.result_of(Calls(stage.session).plan_opt_in(person, DEALS, WELCOME))


def told(sheet: OptInSheet) -> str:
    return "\n".join(each.text for each in sheet.findChildren(Notice) if not each.isHidden())


def test_choosing_a_list_asks_for_its_campaigns_and_then_how_they_stand(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    asked: list[object] = []
    sheet.list_chosen.connect(asked.append)
    sheet.campaign_chosen.connect(lambda onto, campaign: asked.append((onto, campaign)))
    sheet.show_lists([DEALS, SPRING], preferred="SL1003")
    assert asked == [SPRING]
    assert sheet.list.currentText() == "Spring && sale"
    sheet.show_campaigns([WELCOME])
    assert asked[1] == (SPRING, WELCOME)
    assert sheet.campaign.currentText() == "Welcome · keywords DEALS"
    sheet.list.setCurrentIndex(0)
    sheet.list.activated.emit(0)
    assert asked[2] == DEALS
    assert not sheet.campaign.isEnabled()
    sheet.done(0)


def test_without_the_consent_it_can_not_be_sent(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    sheet.show_lists([DEALS])
    sheet.show_campaigns([WELCOME])
    sheet.show_plan(plan_of(stage, is_free=True))
    assert "real text message" in told(sheet)
    stage.qtbot.waitUntil(lambda: "person_key" in sheet.code.toPlainText(), timeout=WAIT_MS)
    assert not sheet.send.isEnabled()
    sheet.consent.setText("said yes on the phone")
    stage.qtbot.waitUntil(sheet.send.isEnabled, timeout=WAIT_MS)
    sheet.consent.setText("yes")
    assert not sheet.send.isEnabled()
    assert sheet._note.text() == CONSENT_FIRST
    sheet.done(0)


def test_who_is_on_the_list_is_said_and_not_texted(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    sheet.show_lists([DEALS])
    sheet.show_campaigns([WELCOME])
    sheet.consent.setText("said yes on the phone")
    sheet.show_plan(plan_of(stage, is_free=False))
    assert "They are on this list already." in told(sheet)
    assert "Since 15 Jan 2017." in told(sheet)
    assert not sheet.send.isEnabled()
    sheet.done(0)


def test_no_list_and_no_campaign_have_words(stage: "Stage") -> None:
    sheet = sheet_of(stage)
    sheet.show_lists([])
    assert "Nothing to opt in to" in told(sheet)
    assert sheet.onto is None
    sheet.show_lists([DEALS])
    sheet.show_campaigns([])
    assert "No way into this list" in told(sheet)
    assert not sheet.send.isEnabled()
    sheet.done(0)
