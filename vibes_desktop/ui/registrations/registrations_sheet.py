"""Where the platform sends callbacks: the list, and from it registering, changing, ending, testing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from vibes_desktop.accounts.registering import Draft, Plan, Result, draft_of
from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.model.registration import CallbackRegistration, QueuedEvent
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.registrations.desk import RegistrationDesk
from vibes_desktop.ui.registrations.form_sheet import FormSheet
from vibes_desktop.ui.registrations.registration_list import RegistrationList, RowActions, title_of
from vibes_desktop.ui.registrations.words import LIVE, LIVE_END, LIVE_TEST, LOCKED, outcome_words
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.send_sheet import SendSheet
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog
from vibes_desktop.ui.widgets.skeleton import Skeleton
from vibes_desktop.vibes.request import Request

WIDTH = 980
EMPTY = "The platform sends no callbacks for this account yet."
EXAMPLE = (
    "Register an address, and the platform posts every event of a type to it: a person was updated, "
    "somebody left a list."
)


class RegistrationsSheet(SheetDialog):
    """Reads the list when it opens, and again after every change."""

    def __init__(
        self, bridge: Bridge, desk: RegistrationDesk, address: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Callback registrations",
            safety=desk.profile.safety,
            subtitle=desk.subtitle,
            width=WIDTH,
            parent=parent,
        )
        self._bridge = bridge
        self._desk = desk
        self._address = address
        self.notice = Notice(Tone.NEUTRAL, "", closable=True)
        self.notice.hide()
        self.shown: QWidget = Skeleton(3)
        self.add(self.notice)
        self.add(self.shown)
        self.register = button("Register…", ButtonRole.PRIMARY, on_click=self._on_register)
        self.again = self.add_button(button("Read again", on_click=self.read))
        self.add_button(self.register)
        self.close_button = self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject))
        self.set_default(self.close_button)
        self._may_change = not desk.is_locked()
        self.register.setEnabled(self._may_change)
        self.set_note("" if self._may_change else LOCKED)
        self.finished.connect(self.deleteLater)
        self.read()

    def read(self) -> None:
        """Read the list again."""
        self.again.setEnabled(False)
        reading = self._bridge.start(
            self._desk.registering.all(),
            self._show,
            self._show_problem,
            title="Reading registrations",
            owner=self,
        )
        self.finished.connect(reading.cancel)

    def _show(self, registrations: Sequence[CallbackRegistration]) -> None:
        self.again.setEnabled(True)
        if not registrations:
            self._put(EmptyState(EMPTY, example=EXAMPLE, picture=Icon.CALLBACKS))
            return
        actions = RowActions(self._on_test, self._on_change, self._on_end)
        self._put(RegistrationList(registrations, actions, may_change=self._may_change))

    def _show_problem(self, error: VibesDesktopError) -> None:
        self.again.setEnabled(True)
        self._put(plain_label("The list could not be read.", TextRole.MUTED))
        self.notice.show_problem(error)
        self.fit()

    def _put(self, widget: QWidget) -> None:
        self.shown.hide()
        self.shown.deleteLater()
        self.shown = widget
        self.add(widget)
        widget.show()
        self.fit()

    @property
    def _over(self) -> QWidget:
        """What further sheets are shown over: the window, as this one may be too small for them."""
        return self.parentWidget() or self

    def _on_register(self) -> None:
        def wanted(draft: Draft) -> None:
            plan = self._desk.registering.plan_register(draft)
            form.accept()
            self._review(plan, LIVE)

        form = FormSheet(self._desk, Draft("person_updated", self._address), wanted, parent=self._over)
        form.finished.connect(form.deleteLater)
        form.open()

    def _on_change(self, registration: CallbackRegistration) -> None:
        def wanted(draft: Draft) -> None:
            plan = self._desk.registering.plan_change(registration, draft)
            form.accept()
            self._review(plan, LIVE)

        form = FormSheet(self._desk, draft_of(registration), wanted, is_new=False, parent=self._over)
        form.finished.connect(form.deleteLater)
        form.open()

    def _on_end(self, registration: CallbackRegistration) -> None:
        try:
            plan = self._desk.registering.plan_end(registration)
        except InvalidInput as error:
            self.notice.show_problem(error)
            return
        self._review(plan, f"{title_of(registration)}. {LIVE_END}")

    def _review(self, plan: Plan, sentence: str) -> None:
        sheet = self._send_sheet(f"{plan.act.value} a callback", plan.act.value, sentence, plan.request)

        def done(result: Result) -> None:
            sheet.close_finished()
            tone, title, words = outcome_words(plan, result)
            self.notice.set_content(tone, title, [words])
            self.notice.show()
            self.read()

        def send() -> None:
            sheet.show_progress("Sending, then reading it again")
            self._bridge.start(
                self._desk.registering.send(plan), done, sheet.show_problem, title="Registering", owner=sheet
            )

        sheet.sent.connect(send)
        sheet.open()

    def _on_test(self, registration: CallbackRegistration) -> None:
        request = self._desk.registering.plan_test(registration)
        words = f"{title_of(registration)}. {LIVE_TEST}"
        sheet = self._send_sheet("Send a test event", "Send the test", words, request)

        def done(queued: QueuedEvent | None) -> None:
            sheet.close_finished()
            event_id = queued.event_id if queued is not None else None
            named = f" Its event ID is {event_id}." if event_id else ""
            self.notice.set_content(
                Tone.OK, "The test event is on its way", [f"The platform queued it.{named}"]
            )
            self.notice.show()
            self.fit()

        def send() -> None:
            sheet.show_progress("Asking for the test")
            self._bridge.start(
                self._desk.registering.test(request), done, sheet.show_problem, title="Testing", owner=sheet
            )

        sheet.sent.connect(send)
        sheet.open()

    def _send_sheet(self, title: str, button_words: str, sentence: str, request: Request) -> SendSheet:
        sheet = SendSheet(
            title, self._desk.profile.safety, self._desk.subtitle, self._over, asks_reason=False
        )
        sheet.finished.connect(sheet.deleteLater)
        sheet.show_content([plain_label(sentence, wrap=True)], button_words, request)
        return sheet


def open_registrations(
    bridge: Bridge, desk: RegistrationDesk, address: str, parent: QWidget
) -> RegistrationsSheet:
    """Show the registrations of the account in use; `address` is offered for a new one."""
    sheet = RegistrationsSheet(bridge, desk, address, parent)
    sheet.open()
    return sheet
