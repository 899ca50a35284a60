"""The profiles: the list of them, and in its place the editor of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vibes_desktop.accounts.profiles import ProfileBook
from vibes_desktop.model.errors import InvalidInput, StorageError, VibesDesktopError
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.display import visible
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.settings.confirm_sheet import ConfirmSheet
from vibes_desktop.ui.settings.profile_editor import ProfileEditor
from vibes_desktop.ui.settings.profile_list import ProfileList, ProfileListActions
from vibes_desktop.ui.settings.profile_work import ProfileWork
from vibes_desktop.ui.settings.section import Section

_REMOVED = (
    "Its password, drafts, recent people and field catalogue are deleted from this computer. The history of"
    " its changes stays. Nothing is changed on the platform."
)


@dataclass(frozen=True, slots=True)
class ProfileCallbacks:
    """What the window does about profiles."""

    on_changed: Callable[[ProfileId], object]  # it was added, changed or removed: read the book again
    on_select: Callable[[ProfileId], object]  # this profile is to be used


class ProfilesSection(QWidget):
    """Knows which profile is in use from outside only."""

    def __init__(
        self,
        bridge: Bridge,
        book: ProfileBook,
        work: ProfileWork,
        callbacks: ProfileCallbacks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = "Profiles"
        self._bridge = bridge
        self._book = book
        self._work = work
        self._callbacks = callbacks
        self._current: Profile | None = None
        actions = ProfileListActions(
            self.add_profile, callbacks.on_select, self.edit_profile, self._ask, book.is_locked
        )
        self.list = ProfileList(actions)
        self.overview = Section("Profiles")
        self.overview.add(self.list)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.overview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._refresh()

    @cached_property
    def editor(self) -> ProfileEditor:
        """The form, made when it is first needed: it would hold the window up at the start."""
        made = ProfileEditor(self._bridge, self._work)
        made.saved.connect(self._saved)
        made.saved_badly.connect(self._saved_badly)
        made.left.connect(self._show_list)
        self._stack.addWidget(made)
        return made

    def set_profile(self, profile: Profile | None) -> None:
        """Take over which profile is in use; the sandbox is in no book and shown while it is used."""
        self._current = profile
        self._refresh()

    def activate(self) -> None:
        """Be told that the section has come into view."""
        self._refresh()

    def initial_focus(self) -> QWidget | None:
        """Return what gets the focus when the section is entered."""
        return self.editor.initial_focus() if self._is_editing else self.list.initial_focus()

    def add_profile(self) -> None:
        """Begin a profile."""
        self.editor.open_new()
        self._show_editor()

    def connect_first(self) -> None:
        """Begin the first profile, with the little that it needs."""
        self.editor.open_first()
        self._show_editor()

    def edit_profile(self, profile_id: ProfileId, problems: Sequence[InvalidInput] = ()) -> None:
        """Open a profile of the book; `problems` are shown at their places."""
        profile = self._book.get(profile_id)
        if profile is None:
            self._show_list()
            return
        self.editor.open_profile(profile, problems)
        self._show_editor(keep_focus=bool(problems))

    @property
    def _is_editing(self) -> bool:
        return self._stack.currentWidget() is not self.overview

    def _refresh(self) -> None:
        self.list.show_profiles(self._book.profiles, self._current)

    def _show_editor(self, *, keep_focus: bool = False) -> None:
        self.overview.notice.hide()
        self._stack.setCurrentWidget(self.editor)
        if not keep_focus:
            self.editor.initial_focus().setFocus()

    def _show_list(self) -> None:
        self._refresh()
        self._stack.setCurrentWidget(self.overview)
        focus = self.list.initial_focus()
        if focus is not None:
            focus.setFocus()

    def _saved(self, profile_id: ProfileId) -> None:
        """Go back to the list; the first profile there is, is used at once."""
        is_first = self._current is None
        self._show_list()
        self._callbacks.on_changed(profile_id)
        if is_first:
            self._callbacks.on_select(profile_id)

    def _saved_badly(self, profile_id: ProfileId, error: StorageError) -> None:
        self._saved(profile_id)
        self.overview.notice.show_problem(error)

    def _ask(self, profile_id: ProfileId) -> None:
        profile = self._book.get(profile_id)
        if profile is not None:
            title = f"Remove “{visible(profile.name)}”"
            ConfirmSheet(title, (_REMOVED,), "Remove", partial(self._remove, profile_id), self).open()

    def _remove(self, profile_id: ProfileId) -> None:
        """Remove a profile; whatever fails, the profile itself is gone, and what stayed behind is shown."""

        def removed(_nothing: None) -> None:
            self._show_list()
            self._callbacks.on_changed(profile_id)

        def failed(error: VibesDesktopError) -> None:
            removed(None)
            self.overview.notice.show_problem(error)

        work = self._work.remove(profile_id)
        self._bridge.start(work, removed, failed, title="Removing the profile", owner=self)
