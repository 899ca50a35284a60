"""The profiles there are: a row for each, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.people.display import visible
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import ButtonRole, button, icon_button
from vibes_desktop.ui.widgets.card import Card, Hairline
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
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


class ProfileList(QWidget):
    """The list, or an invitation while it is empty."""

    def __init__(self, actions: ProfileListActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget = QWidget()
        self._column.addWidget(self._shown)
        self.show_profiles((), None)

    def show_profiles(self, profiles: Sequence[Profile], current: ProfileId | None) -> None:
        """Show these profiles, and which one is in use."""
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = self._card(profiles, current) if profiles else self._invitation()
        self._column.addWidget(self._shown)
        self._shown.show()

    def _invitation(self) -> QWidget:
        return EmptyState(
            "There is no profile yet.",
            button("Add a profile", ButtonRole.PRIMARY, on_click=self._actions.add),
            "A profile is one company's key, user name and password for the platform, with its region.",
            picture=Icon.KEY,
        )

    def _card(self, profiles: Sequence[Profile], current: ProfileId | None) -> Card:
        add = button("Add a profile", on_click=self._actions.add)
        card = Card("Profiles", add, ruled=True)
        for number, profile in enumerate(profiles):
            if number:
                card.add(Hairline())
            card.add(self._row(profile, is_current=profile.id == current))
        return card

    def _row(self, profile: Profile, *, is_current: bool) -> QWidget:
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
