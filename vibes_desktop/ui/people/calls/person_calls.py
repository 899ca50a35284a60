"""What support can do about a person who calls: the commands, their flows, and what they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.number_change import NumberChange
from vibes_desktop.model.person import Person
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.opt_in import OptInResult
from vibes_desktop.people.renumber import NumberResult
from vibes_desktop.people.session import PeopleSession
from vibes_desktop.people.stop_messages import StopReport
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.people.calls.number_flow import NumberFlow
from vibes_desktop.ui.people.calls.number_words import told
from vibes_desktop.ui.people.calls.opt_in_flow import OptInFlow, tone_of
from vibes_desktop.ui.people.calls.stop_flow import StopFlow
from vibes_desktop.ui.people.calls.stop_sheet import report_sentences, report_title, report_tone
from vibes_desktop.ui.people.calls.texted_flow import TextedFlow
from vibes_desktop.ui.people.change_bar import HOW_TO_UNLOCK
from vibes_desktop.ui.people.outcome_notice import NoticeText
from vibes_desktop.ui.people.page_note import PageNote
from vibes_desktop.ui.people.words import counted
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import PageId
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.pill import Tone

STOP, OPT_IN = "Stop messages…", "Opt in…"
NUMBER, WHY = "Change number…", "Why was this person texted?"
UNFINISHED = "A change of number is not finished"
UNFINISHED_WORDS = "It broke off, and the number may be removed without the new one being there."
ENDED = "The change of number was ended as it is"
ENDED_WORDS = "Nothing was sent: the record stays as the platform has it now."
SEE = "See where it stands"
EDITED = "There are unsaved edits"
SAVE_FIRST = "Save or discard them first: this is a change of its own."
HIDDEN, SHOW_FIRST = "Personal data are hidden", "Show them again first: what is changed must be seen."
READ_ONLY = "This profile is read-only"


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """What the calls ask about the record on screen."""

    person: Callable[[], Person]
    is_open: Callable[[], bool]  # a record that exists is in view
    can_change: Callable[[], bool]
    is_edited: Callable[[], bool]


class PersonCalls(QObject):
    """Runs the flows on the open record, and tells what came of them."""

    said = Signal(object)  # NoticeText about the open record
    owed = Signal(object, object)  # ChangeRecord of which the outcome is unknown, and a NoticeText
    read_again = Signal()  # the record, or what stands beside it, has changed
    open_requested = Signal(object)  # Person who exists already
    failed = Signal(object)  # VibesDesktopError

    def __init__(
        self,
        bridge: Bridge,
        page: QWidget,
        record: OpenRecord,
        note: PageNote,
        privacy: Privacy,
        times: Times,
    ) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._record = record
        self._note = note
        self._privacy = privacy
        self._session: PeopleSession | None = None
        self._waiting: tuple[NumberChange, ...] = ()
        self.stopping = StopFlow(bridge, page, privacy, times)
        self.opting_in = OptInFlow(bridge, page, privacy, times)
        self.numbers = NumberFlow(bridge, page, privacy, times)
        self.texted = TextedFlow(bridge, page, privacy, times)
        self._connect()

    def set_session(self, session: PeopleSession | None) -> None:
        """Work in another profile, and look whether a change of number was left there."""
        self._session = session
        self._waiting = ()
        self._look_for_unfinished(offers=True)

    def opened(self, person: Person) -> None:
        """Offer what is not finished of a person who was opened just now."""
        for change in self._waiting:
            if change.person == person.best_identifier:
                self._offer(change)

    def stop(self, list_id: str | None = None) -> None:
        """Stop messages: of one list, or of all active ones."""
        calls = self._changing()
        if calls is not None:
            self.stopping.start(calls, self._record.person(), list_id)

    def opt_in(self) -> None:
        """Opt the person in to a list."""
        calls = self._changing()
        if calls is not None:
            self.opting_in.start(calls, self._record.person())

    def change_number(self) -> None:
        """Give the person another number, or go on with what was begun."""
        calls = self._changing()
        if calls is None:
            return
        person = self._record.person()
        begun = next((each for each in self._waiting if each.person == person.best_identifier), None)
        if begun is not None:
            self.numbers.resume(calls, begun)
        else:
            self.numbers.start(calls, person)

    def why(self) -> None:
        """Collect why the person was texted."""
        if self._session is not None and self._record.is_open():
            self.texted.start(self._session, self._record.person())

    def commands(self) -> Sequence[Command]:
        """The four calls; those that change something are offered where something may be changed."""
        is_open, page = self._record.is_open, PageId.PEOPLE

        def can_change() -> bool:
            return is_open() and self._record.can_change()

        return (
            Command("record.stop", STOP, self.stop, "Ctrl+Shift+S", can_change, page),
            Command("record.opt_in", OPT_IN, self.opt_in, "Ctrl+Shift+O", can_change, page),
            Command("record.number", NUMBER, self.change_number, "Ctrl+Shift+N", can_change, page),
            Command("record.why", WHY, self.why, "Ctrl+Shift+Y", is_open, page),
        )

    def fill_menu(self, menu: QMenu) -> None:
        """Put the calls into the record's own menu."""
        changing = [
            menu.addAction(words, act)
            for words, act in ((STOP, self.stop), (OPT_IN, self.opt_in), (NUMBER, self.change_number))
        ]
        menu.addAction(WHY, self.why)
        menu.addSeparator()

        def enable() -> None:
            for action in changing:
                action.setEnabled(self._record.can_change())

        menu.aboutToShow.connect(enable)

    def _connect(self) -> None:
        self.stopping.finished.connect(self._say_stopped)
        self.stopping.tried.connect(self.read_again)
        self.opting_in.finished.connect(self._say_opted_in)
        self.numbers.finished.connect(self._say_number)
        self.numbers.stood.connect(lambda _: self.read_again.emit())
        self.numbers.stood.connect(lambda _: self._look_for_unfinished())
        self.numbers.left.connect(self._say_left)
        for flow in (self.stopping, self.numbers):
            flow.open_requested.connect(self.open_requested)

    def _changing(self) -> Calls | None:
        """Give what changes things; None, said why, where nothing may be changed now."""
        if self._session is None or not self._record.is_open():
            return None
        if not self._record.can_change():
            self.failed.emit(self._why_not())
        elif self._record.is_edited():
            self.failed.emit(InvalidInput(EDITED, SAVE_FIRST))
        else:
            return Calls(self._session)
        return None

    def _why_not(self) -> InvalidInput:
        if self._privacy.is_masking:
            return InvalidInput(HIDDEN, SHOW_FIRST)
        return InvalidInput(READ_ONLY, HOW_TO_UNLOCK)

    def _look_for_unfinished(self, *, offers: bool = False) -> None:
        session = self._session
        if session is None:
            return

        def keep(found: tuple[NumberChange, ...]) -> None:
            if self._session is session:
                self._waiting = found
                if offers and found:
                    self._offer(found[0])

        self._bridge.start(Calls(session).unfinished_numbers(), keep, self.failed.emit, owner=self)

    def _offer(self, change: NumberChange) -> None:
        count = len(self._waiting)
        title = UNFINISHED if count == 1 else f"{counted(count, 'change')} of number are not finished"
        self._note.tell(title, UNFINISHED_WORDS, SEE, lambda: self._resume(change), tone=Tone.WARN)

    def _resume(self, change: NumberChange) -> None:
        if self._session is None:
            return
        if self._record.can_change():
            self.numbers.resume(Calls(self._session), change)
        else:
            self.failed.emit(self._why_not())

    def _say_stopped(self, report: StopReport) -> None:
        words = tuple(report_sentences(report))
        self.said.emit(NoticeText(report_tone(report), report_title(report), words))

    def _say_opted_in(self, result: OptInResult) -> None:
        self.read_again.emit()
        words = NoticeText(tone_of(result), result.title, result.sentences)
        self.owed.emit(result.result.record, words)

    def _say_left(self) -> None:
        self._note.tell(ENDED, ENDED_WORDS)
        self._look_for_unfinished()

    def _say_number(self, result: NumberResult, names: Mapping[str, str]) -> None:
        person = result.person
        if person is not None and not (
            self._record.is_open() and self._record.person().is_same_person(person)
        ):
            self.open_requested.emit(person)  # it was gone on with from the start, or from elsewhere
        words = told(result, names)
        self.said.emit(NoticeText(words.tone, words.title, words.sentences))
