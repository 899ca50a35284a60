"""Adding or changing a profile: the form, the connection test, and saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.accounts.enrolment import Enrolment
from vibes_desktop.accounts.ladder import Rung
from vibes_desktop.accounts.profiles import new_profile_id
from vibes_desktop.accounts.secret_keeper import Keeping, Whereabouts
from vibes_desktop.model.errors import InvalidInput, SecretError, StorageError, VibesDesktopError
from vibes_desktop.model.policy import is_managed
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.display import visible
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.settings.entries import FormEntries
from vibes_desktop.ui.settings.keyring_notice import KeyringNotice
from vibes_desktop.ui.settings.ladder_card import LadderCard
from vibes_desktop.ui.settings.profile_form import ProfileForm
from vibes_desktop.ui.settings.profile_work import Examined, ProfileWork
from vibes_desktop.ui.settings.section import Section
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole, button, link_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.progress_line import ProgressLine

TYPE_IT = "Type the password: it is kept in memory until the program ends."


class ProfileEditor(Section):
    """One profile at a time. Checks, tests and keeping are done in the background."""

    saved = Signal(object)  # the ProfileId
    saved_badly = Signal(object, object)  # the ProfileId, and the StorageError: it holds until the end
    left = Signal()  # nothing was saved

    def __init__(self, bridge: Bridge, work: ProfileWork, parent: QWidget | None = None) -> None:
        super().__init__("Profile", parent)
        self._bridge = bridge
        self._work = work
        self._profile_id = ProfileId("")
        self._task: Task[Any] | None = None
        self._again = self.save
        self._is_first = False
        self.form = ProfileForm()
        self.form.expanded.connect(lambda: self._set_first(is_first=False))
        self.ladder = LadderCard()
        self.keyring_notice = KeyringNotice(self._use_for_session, lambda: self._again())
        self.progress = ProgressLine()
        self.test_button = button("Test connection", on_click=self.test)
        self.cancel_button = button("Cancel", on_click=self._leave)
        self.save_button = button("Save profile", ButtonRole.PRIMARY, on_click=self.save)
        self.back_link = link_button("Profiles", on_click=self._leave)
        self.back_link.setAccessibleName("Back to the profiles")
        self._starters = (self.test_button, self.save_button)
        self._pressed: Button | None = None  # what has the focus and is greyed out meanwhile
        self._heading = ElidedLabel(role=TextRole.STRONG)
        self._lay_out()

    def open_new(self) -> None:
        """Begin a profile."""
        self._open(new_profile_id(), FormEntries(), "New profile", has_secrets=False)
        self.form.set_secret_words("It goes into this computer's keyring, never into a file.")

    def open_first(self) -> None:
        """Ask for the four things that a first sign-in needs; they are kept once the ladder was climbed."""
        self.open_new()
        self._heading.set_full_text("Connect to Vibes")
        self._set_first(is_first=True)

    def open_profile(self, profile: Profile, problems: Sequence[InvalidInput] = ()) -> None:
        """Change a profile; `problems` are shown at their places."""
        self._open(profile.id, FormEntries.of(profile), visible(profile.name), has_secrets=True)
        self._show_problems(problems)

        def found(whereabouts: Whereabouts) -> None:
            if self._profile_id == profile.id:
                self._show_whereabouts(whereabouts)

        work = self._work.whereabouts(profile)
        self._bridge.start(work, found, self._fail, title="Asking the keyring", owner=self)

    def initial_focus(self) -> QWidget:
        if self._is_first:
            return self.form.company_key.edit
        return self.form.password.edit if is_managed(self._profile_id) else self.form.name.edit

    @property
    def is_busy(self) -> bool:
        """Whether something is being checked, tested or saved."""
        return self._task is not None and self._task.is_running

    def save(self) -> None:
        """Check what was typed, then keep it; the first time only once the connection was tested."""
        self._again = self.save
        if self._is_first:
            self._examine("Testing the connection", self._climb_to_keep)
            return
        self.ladder.hide()
        self._examine("Saving the profile", self._keep)

    def test(self) -> None:
        """Check what was typed, then climb the ladder with it; nothing is saved."""
        self._again = self.test
        self._examine("Testing the connection", self._climb)

    def _set_first(self, *, is_first: bool) -> None:
        self._is_first = is_first
        self.form.set_short(is_first)
        self.save_button.set_text("Connect" if is_first else "Save profile")
        self.test_button.setVisible(not is_first)

    def _open(self, profile_id: ProfileId, entries: FormEntries, heading: str, *, has_secrets: bool) -> None:
        self._stop()
        self._set_first(is_first=False)
        self._profile_id = profile_id
        self._heading.set_full_text(heading)
        self.form.session_only.setChecked(False)
        self.form.set_entries(entries, has_secrets=has_secrets)
        self.form.set_secret_words("")
        self.form.set_managed(is_managed(profile_id))
        self.ladder.hide()
        self.notice.hide()
        self.keyring_notice.hide()
        self.page.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        self.fix(self.keyring_notice, 0)
        self.fix(self._head(), 0)
        self.add(self.form)
        self.fix(self.ladder)
        self.fix(self._bar())

    def _head(self) -> QWidget:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.back_link)
        line.addWidget(plain_label("›", TextRole.MUTED))
        line.addWidget(self._heading, 1)
        return head

    def _bar(self) -> QWidget:
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.test_button)
        line.addWidget(self.progress, 1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.save_button)
        return bar

    # Checking, testing, keeping

    def _examine(self, title: str, go_on: Callable[[Enrolment], None]) -> None:
        """Check what stands in the form; problems go to their places, anything good goes on."""
        if self.is_busy:
            return
        self.notice.hide()
        self.keyring_notice.hide()
        entries = self.form.entries
        profile = entries.profile(self._profile_id)

        def examined(result: Examined) -> None:
            self._end()
            self._show_problems(result.problems)
            if result.enrolment is not None:
                go_on(result.enrolment)

        work = self._work.examine(profile, entries.secrets)
        self._begin(title, self._bridge.start(work, examined, self._fail, title=title, owner=self))

    def _keep(self, enrolment: Enrolment) -> None:
        keeping = Keeping.SESSION if self.form.session_only.isChecked() else Keeping.KEYRING
        work = self._work.save(enrolment, keeping)
        task = self._bridge.start(work, self._kept, self._fail, title="Saving the profile", owner=self)
        self._begin("Saving the profile", task, can_stop=False)

    def _kept(self, profile_id: ProfileId) -> None:
        self._end()
        self.form.forget_secrets()
        self.saved.emit(profile_id)

    def _climb(self, enrolment: Enrolment) -> None:
        self._start_climbing(enrolment, self._climbed)

    def _climb_to_keep(self, enrolment: Enrolment) -> None:
        def climbed(is_good: bool) -> None:
            self._climbed(is_good)
            if is_good:
                self._keep(enrolment)

        self._start_climbing(enrolment, climbed)

    def _start_climbing(self, enrolment: Enrolment, climbed: Callable[[bool], object]) -> None:
        self.ladder.begin()
        report = self._bridge.reporter(self._show_rung, self)
        work = self._work.test(enrolment, report)
        task = self._bridge.start(work, climbed, self._fail, title="Testing the connection", owner=self)
        self._begin("Testing the connection", task)

    def _show_rung(self, rung: Rung) -> None:
        if self.is_busy:
            self.ladder.add_rung(rung.name.value, rung.text, rung.advice, ok=rung.ok)

    def _climbed(self, is_good: bool) -> None:
        self._end()
        self.ladder.add_words("Everything works." if is_good else "It stopped there. Nothing was changed.")

    def _use_for_session(self) -> None:
        """Keep the password in memory; ask for it where it was never typed."""
        self.keyring_notice.hide()
        self.form.session_only.setChecked(True)
        if self.form.password.text:
            self._again()
        else:
            self.form.show_problems({"password": TYPE_IT})

    # What is told

    def _show_problems(self, problems: Sequence[InvalidInput]) -> None:
        at_places = {
            problem.field: f"{problem.title}. {problem.advice}"
            for problem in reversed(problems)
            if problem.field is not None and self.form.has_place_for(problem.field)
        }
        self.form.show_problems(at_places)
        homeless = [problem for problem in problems if problem.field not in at_places]
        if homeless:
            self.notice.show_problem(homeless[0])

    def _show_whereabouts(self, found: Whereabouts) -> None:
        self.form.set_secret_words(found.words)
        if found.keeping is Keeping.SESSION:
            self.form.session_only.setChecked(True)
        self.form.set_has_secrets(found.keeping is not None)

    def _fail(self, error: VibesDesktopError) -> None:
        self._end()
        if isinstance(error, SecretError):
            self.keyring_notice.show_error(error)
        elif isinstance(error, InvalidInput):
            self._show_problems((error,))
        elif isinstance(error, StorageError):
            self.form.forget_secrets()
            self.saved_badly.emit(self._profile_id, error)
        else:
            self.notice.show_problem(error)

    def _begin(self, title: str, task: Task[Any], *, can_stop: bool = True) -> None:
        """Show that something is under way; the keyring, once it writes, can't be stopped half-way."""
        self._task = task
        self._pressed = next((each for each in self._starters if each.hasFocus()), None)
        self.progress.start(title, self._stop if can_stop else None)
        self.test_button.setEnabled(False)
        self.save_button.setEnabled(False)
        self.cancel_button.setEnabled(can_stop)
        self.back_link.setEnabled(can_stop)

    def _end(self) -> None:
        self._task = None
        self.progress.stop()
        for each in (self.test_button, self.save_button, self.cancel_button, self.back_link):
            each.setEnabled(True)
        if self._pressed is not None and self.cancel_button.hasFocus():
            self._pressed.setFocus()  # which went on to Cancel, where a second Enter would throw all away
        self._pressed = None

    def _stop(self) -> None:
        """Give up what is under way; a test closes its connections."""
        if self._task is not None and self._task.is_running:
            self._task.cancel()
            self.ladder.add_words("Stopped. Nothing was changed.")
        self._end()

    def _leave(self) -> None:
        self._stop()
        self.form.forget_secrets()
        self.left.emit()
