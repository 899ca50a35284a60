"""The profiles there are: a row for each, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.model.policy import is_managed
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.display import visible
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.settings.managed_section import managed_words
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole, button, icon_button
from vibes_desktop.ui.widgets.card import Card, Hairline
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill, SafetyPill, Tone

ROW_HEIGHT = 52
SIDE = 15
LEVEL_WIDTH = 128


@dataclass(frozen=True, slots=True)
class ProfileListActions:
    """What the rows and the button call."""

    add: Callable[[], object]
    use: Callable[[ProfileId], object]
    edit: Callable[[ProfileId], object]
    remove: Callable[[ProfileId], object]
    is_locked: bool = False  # the organisation allows no others than its own


class ProfileList(QWidget):
    """The list, or an invitation while it is empty."""

    def __init__(self, actions: ProfileListActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._first: Button | None = None
        self._shown: QWidget = QWidget()
        self._column.addWidget(self._shown)
        self.show_profiles((), None)

    def show_profiles(self, profiles: Sequence[Profile], current: Profile | None) -> None:
        """Show these profiles, and which one is in use: it need not be one of them, as the sandbox isn't."""
        self._shown.hide()
        self._shown.deleteLater()
        self._first = None
        self._shown = self._listed(profiles, current) if profiles or current else self._invitation()
        self._column.addWidget(self._shown)
        self._shown.show()

    def initial_focus(self) -> QWidget | None:
        """Return what gets the focus first."""
        return self._first

    def _invitation(self) -> QWidget:
        self._first = button("Add a profile", ButtonRole.PRIMARY, on_click=self._actions.add)
        self._first.setEnabled(not self._actions.is_locked)
        return EmptyState(
            "There is no profile yet.",
            self._first,
            "A profile is one company's key, user name and password for the platform, with its region.",
            picture=Icon.KEY,
        )

    def _listed(self, profiles: Sequence[Profile], current: Profile | None) -> QWidget:
        self._first = button("Add a profile", on_click=self._actions.add)
        self._first.setEnabled(not self._actions.is_locked)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._card(profiles, current))
        column.addWidget(self._first)
        if self._actions.is_locked:
            column.addWidget(managed_words())
        return holder

    def _card(self, profiles: Sequence[Profile], current: Profile | None) -> Card:
        card = Card("Profiles", ruled=True)
        current_id = current.id if current is not None else None
        is_kept = any(profile.id == current_id for profile in profiles)
        shown = (*profiles, current) if current is not None and not is_kept else tuple(profiles)
        for number, profile in enumerate(shown):
            if number:
                card.add(Hairline())
            is_fixed = number >= len(profiles)
            card.add(self._row(profile, is_current=profile.id == current_id, is_fixed=is_fixed))
        return card

    def _row(self, profile: Profile, *, is_current: bool, is_fixed: bool) -> QWidget:
        row = QWidget()
        row.setMinimumHeight(ROW_HEIGHT)
        line = QHBoxLayout(row)
        line.setContentsMargins(SIDE, 4, SIDE, 4)
        line.setSpacing(8)
        line.addWidget(_in_column(SafetyPill(profile.safety)))
        line.addLayout(_words(profile), 1)
        name = visible(profile.name)
        if is_current:
            line.addWidget(Pill("in use", Tone.ACCENT))
        else:
            use = button("Use", on_click=partial(self._actions.use, profile.id))
            use.setAccessibleName(f"Use {name}")
            line.addWidget(use)
        if is_fixed:
            line.addWidget(plain_label("built in", TextRole.SMALL_MUTED))
            return row
        if is_managed(profile.id):
            line.addWidget(IconLabel(Icon.LOCKED, size=14))
            line.addWidget(plain_label("managed", TextRole.SMALL_MUTED))
            password = button("Password…", on_click=partial(self._actions.edit, profile.id))
            password.setAccessibleName(f"Password of {name}")
            line.addWidget(password)
            return row
        edit = icon_button(Icon.EDIT, f"Edit {name}", on_click=partial(self._actions.edit, profile.id))
        remove = icon_button(
            Icon.DELETE, f"Remove {name}", on_click=partial(self._actions.remove, profile.id)
        )
        line.addWidget(edit)
        line.addWidget(remove)
        return row


def _in_column(pill: SafetyPill) -> QWidget:
    holder = QWidget()
    holder.setFixedWidth(LEVEL_WIDTH)
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return holder


def _words(profile: Profile) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(ElidedLabel(visible(profile.name), TextRole.STRONG))
    words = (profile.region_label, f"API {profile.api_version.value}", profile.company_key, profile.username)
    column.addWidget(ElidedLabel(visible(" · ".join(words)), TextRole.SMALL_MUTED))
    column.addStretch(1)
    return column
