"""Opt in: onto which list, through which campaign, with whose word that the person agreed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.model.subscription import Campaign, SubscriptionList
from vibes_desktop.people.display import visible
from vibes_desktop.people.opting_in import (
    FEWEST_CONSENT_CHARACTERS,
    SENDS_A_TEXT,
    OptInPlan,
    Standing,
)
from vibes_desktop.ui.people.calls.call_sheet import CallSheet
from vibes_desktop.ui.people.calls.day import day_of
from vibes_desktop.ui.people.calls.rows import labelled, stacked
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.fields import ComboBox, line_edit
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import literal

LIST, CAMPAIGN, CONSENT = "List", "Campaign", "Consent"
CONSENT_HINT = "How and when this person agreed, for example: asked for it on the phone, 3 May"
CONSENT_FIRST = "Write the consent first: it is kept in History with the opt-in."
READING_LISTS = "Reading the lists"
READING_CAMPAIGNS = "Reading the campaigns"
READING_STAND = "Reading how they stand"
NO_LISTS = "The platform names no subscription list."
NO_CAMPAIGN = (
    "No campaign leads into this list now, and without one nobody can be opted in. Choose another list, or "
    "have a campaign started on the platform."
)


class OptInSheet(CallSheet):
    """Asks for a list, a campaign and the consent, in that order; can send only with all three."""

    list_chosen = Signal(object)  # SubscriptionList
    campaign_chosen = Signal(object, object)  # SubscriptionList, Campaign

    def __init__(
        self, person: Person, profile: Profile, privacy: Privacy, times: Times, parent: QWidget | None = None
    ) -> None:
        super().__init__("Opt in", profile, privacy, parent, is_for_good=True)
        self.set_title(f"Opt in {self.name(person)}")
        self._times = times
        self._lists: tuple[SubscriptionList, ...] = ()
        self._campaigns: tuple[Campaign, ...] = ()
        self.plan: OptInPlan | None = None
        self.list = ComboBox(LIST)
        self.campaign = ComboBox(CAMPAIGN)
        self.consent = line_edit(CONSENT, placeholder=CONSENT_HINT)
        self.consent.textChanged.connect(lambda _: self._on_consent())
        self.list.activated.connect(lambda _: self._on_list())
        self.campaign.activated.connect(lambda _: self._on_campaign())
        rows = ((LIST, self.list), (CAMPAIGN, self.campaign), (CONSENT, self.consent))
        self.form = stacked(*(labelled(words, field) for words, field in rows))
        self.body.insertWidget(1, self.form)
        self.set_note(CONSENT_FIRST)
        self.send.set_text("Send the opt-in")
        self._choose_nothing()
        self.progress.start(READING_LISTS)

    @property
    def onto(self) -> SubscriptionList | None:
        """The list that is chosen."""
        place = self.list.currentIndex()
        return self._lists[place] if 0 <= place < len(self._lists) else None

    def may_send(self) -> bool:
        """Tell whether the consent is stated."""
        return len(self.consent.text().strip()) >= FEWEST_CONSENT_CHARACTERS

    def show_lists(self, lists: Sequence[SubscriptionList], preferred: str | None = None) -> None:
        """Offer these lists, and go on with the preferred one, or the first."""
        self._lists = tuple(lists)
        self.list.clear()
        self.list.addItems([literal(visible(each.name or f"List {each.id}")) for each in lists])
        ids = [each.id for each in lists]
        self.list.setCurrentIndex(ids.index(preferred) if preferred in ids else 0)
        self.list.setEnabled(bool(lists))
        if not lists:
            self._say(Notice(Tone.WARN, "Nothing to opt in to", [NO_LISTS]))
            return
        self.list.setFocus()
        self._on_list()

    def show_campaigns(self, campaigns: Sequence[Campaign]) -> None:
        """Offer these ways into the list, and go on with the first."""
        self._campaigns = tuple(campaigns)
        self.campaign.clear()
        self.campaign.addItems([literal(_campaign_words(each)) for each in campaigns])
        self.campaign.setEnabled(bool(campaigns))
        if campaigns:
            self._on_campaign()
        else:
            self._say(Notice(Tone.WARN, "No way into this list", [NO_CAMPAIGN]))

    def show_plan(self, plan: OptInPlan) -> None:
        """Show how the person stands, and what would be sent."""
        self.plan = plan
        reason = plan.reason_not_to_send
        if reason is not None:
            self._say(Notice(Tone.NEUTRAL, "Nothing to send", [reason, self._stand_words(plan)]))
            return
        self.consent.setEnabled(True)
        notices = [Notice(Tone.WARN, "A real text message", [SENDS_A_TEXT])]
        self.show_requests(notices, "Send the opt-in", [plan.request])

    def _stand_words(self, plan: OptInPlan) -> str:
        stand = plan.stand
        since = f"Since {day_of(stand.since, self._times)}." if stand.since else ""
        if stand.standing is Standing.PENDING and stand.until:
            return f"{since} It lapses on {day_of(stand.until, self._times)}.".strip()
        return since

    def _on_list(self) -> None:
        self._choose_nothing()
        self.progress.start(READING_CAMPAIGNS)
        if self.onto is not None:
            self.list_chosen.emit(self.onto)

    def _on_campaign(self) -> None:
        self._forget_plan()
        self.progress.start(READING_STAND)
        place = self.campaign.currentIndex()
        if self.onto is not None and 0 <= place < len(self._campaigns):
            self.campaign_chosen.emit(self.onto, self._campaigns[place])

    def _choose_nothing(self) -> None:
        self._campaigns = ()
        self.campaign.clear()
        self.campaign.setEnabled(False)
        self._forget_plan()

    def _forget_plan(self) -> None:
        self.plan = None
        self.notice.hide()
        self.consent.setEnabled(True)
        self.show_content([], "Send the opt-in", None)

    def _say(self, notice: Notice) -> None:
        self.show_content([notice], "Nothing to send", None)

    def _on_consent(self) -> None:
        self.ask_again_whether_to_send()
        self.set_note("" if self.may_send() else CONSENT_FIRST)


def _campaign_words(campaign: Campaign) -> str:
    name = visible(campaign.description or f"Campaign {campaign.id}")
    keywords = ", ".join(visible(each) for each in campaign.keywords)
    return f"{name} · keywords {keywords}" if keywords else name
