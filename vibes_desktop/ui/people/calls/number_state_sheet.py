"""A change of number that stopped: where it stands exactly, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.number_change import NumberChange
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import show
from vibes_desktop.model.profile import ApiVersion, Profile
from vibes_desktop.people.number_standing import Offer
from vibes_desktop.people.renumber import NumberResult
from vibes_desktop.ui.people.calls.call_sheet import identifiers_line, name_of
from vibes_desktop.ui.people.calls.day import milliseconds
from vibes_desktop.ui.people.calls.number_words import told, waiting_words
from vibes_desktop.ui.people.calls.rows import muted, stacked
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole, button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog

TITLE = "A change of number is not finished"
LOOKING = "Looking where it stands"
GO_ON, RESTORE, LOOK_AGAIN, LEAVE = "Go on", "Restore the old number", "Look again", "End it as it is"
LEFT_ALONE = "Ending it sends nothing: the record stays as the platform has it now."
OPEN = "Open this record"


class NumberStateSheet(SheetDialog):
    """Shows one change of number; which buttons act follows from what the platform holds."""

    acted = Signal(object)  # Offer
    stopped = Signal()
    open_requested = Signal(object)  # Person

    def __init__(
        self,
        change: NumberChange,
        profile: Profile,
        privacy: Privacy,
        times: Times,
        parent: QWidget | None = None,
    ) -> None:
        subtitle = f"{profile.name} · {profile.region_label}"
        super().__init__(TITLE, safety=profile.safety, subtitle=subtitle, parent=parent)
        self._profile = profile
        self._privacy = privacy
        self._times = times
        self._is_working = False
        self.state: NumberResult | None = None
        self.notice = Notice(Tone.WARN, LOOKING, privacy=privacy)
        self._people = QVBoxLayout()
        self.progress = ProgressLine()
        self._fill(change)
        self.finished.connect(self.deleteLater)
        self.start(LOOKING)

    @property
    def buttons(self) -> Mapping[Offer, Button]:
        """The ways on, each with its button."""
        return self._buttons_of

    def start(self, words: str) -> None:
        """Say what is going on; nothing else can be asked for until it is over."""
        self._is_working = True
        self.progress.start(words)
        for made in self._buttons_of.values():
            made.setEnabled(False)
        self.close_button.set_text("Stop")

    def show_result(self, result: NumberResult, names: Mapping[str, str]) -> None:
        """Show where it stands, and offer what can be done from there."""
        self._end()
        self.state = result
        words = told(result, names)
        self.notice.set_content(words.tone, words.title, words.sentences)
        for offer, made in self._buttons_of.items():
            made.setEnabled(offer in result.offers)
        self._show_others(() if result.position is None else result.position.others)
        self._focus_safest()

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say what went wrong, with nothing sent."""
        self._end()
        self.notice.show_problem(error)
        for offer in (Offer.LOOK_AGAIN, Offer.LEAVE):
            self._buttons_of[offer].setEnabled(True)
        self._focus_safest()

    def reject(self) -> None:
        """Leave; while something is under way, only ask for it to be stopped."""
        if not self._is_working:
            super().reject()
            return
        self.close_button.setEnabled(False)
        self.stopped.emit()

    def close_finished(self) -> None:
        """Close now that it is over."""
        self._is_working = False
        self.accept()

    def _fill(self, change: NumberChange) -> None:
        old, new = (self._written(each) for each in (change.old_number, change.new_number))
        card = Card("The change")
        card.add(plain_label(f"From {old} to {new}", TextRole.STRONG, wrap=True))
        when = self._times.moment(milliseconds(change.started_at), with_zone=True)
        begun = f"Begun {when} by {change.os_user}"
        card.add(muted(self._privacy.text(f"{begun} · {change.reason}" if change.reason else begun)))
        card.add(muted(f"When it broke off: {waiting_words(change)}"))
        self._people.setSpacing(12)
        for widget in (self.notice, card):
            self.add(widget)
        self.body.addLayout(self._people)
        self.add(stacked(muted(LEFT_ALONE)))
        self.set_foot(self.progress)
        self._buttons_of = {
            Offer.LEAVE: self._offer(LEAVE, Offer.LEAVE),
            Offer.LOOK_AGAIN: self._offer(LOOK_AGAIN, Offer.LOOK_AGAIN),
            Offer.RESTORE: self._offer(RESTORE, Offer.RESTORE),
            Offer.GO_ON: self._offer(GO_ON, Offer.GO_ON, ButtonRole.PRIMARY),
        }
        self.close_button = button("Close", shortcut_hint="Esc", on_click=self.reject)
        self.set_default(self.add_button(self.close_button))

    def _offer(self, words: str, offer: Offer, role: ButtonRole = ButtonRole.SECONDARY) -> Button:
        return self.add_button(button(words, role, on_click=lambda: self.acted.emit(offer)))

    def _end(self) -> None:
        self._is_working = False
        self.progress.stop()
        self.close_button.setEnabled(True)
        self.close_button.set_text("Close")

    def _focus_safest(self) -> None:
        self.close_button.setFocus()
        QTimer.singleShot(0, self, self.fit)  # once the layout knows its new rows

    def _show_others(self, people: tuple[Person, ...]) -> None:
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for person in people:
            self._people.addWidget(self._card(person))

    def _card(self, person: Person) -> Card:
        name = name_of(person, self._profile, self._privacy)
        link = link_button(OPEN, small=True, on_click=lambda: self._open(person))
        link.setAccessibleName(f"{OPEN}: {name}")
        card = Card("Has the new number", link)
        card.add(ElidedLabel(name, TextRole.STRONG))
        card.add(ElidedLabel(identifiers_line(person, self._privacy), TextRole.MONO_MUTED))
        return card

    def _open(self, person: Person) -> None:
        self.reject()
        self.open_requested.emit(person)

    def _written(self, e164: str | None) -> str:
        return "no number" if e164 is None else self._privacy.number(show(e164, ApiVersion.V2).text)
