"""The registrations there are: a row for each, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.accounts.registering import draft_of
from vibes_desktop.model.registration import CallbackRegistration
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import Button, button, icon_button
from vibes_desktop.ui.widgets.card import Card, Hairline
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.plain import one_line

ROW_HEIGHT = 52
SIDE = 15


@dataclass(frozen=True, slots=True)
class RowActions:
    """What the buttons of a row call."""

    test: Callable[[CallbackRegistration], object]
    change: Callable[[CallbackRegistration], object]
    end: Callable[[CallbackRegistration], object]


class RegistrationList(Card):
    """The rows; their buttons are off while the account may not be changed."""

    def __init__(
        self, registrations: Sequence[CallbackRegistration], actions: RowActions, *, may_change: bool
    ) -> None:
        super().__init__("Active and future registrations", ruled=True)
        self.buttons: list[Button] = []
        self._actions = actions
        for number, each in enumerate(registrations):
            if number:
                self.add(Hairline())
            self.add(self._row(each))
        for made in self.buttons:
            made.setEnabled(may_change)

    def _row(self, registration: CallbackRegistration) -> QWidget:
        row = QWidget()
        row.setMinimumHeight(ROW_HEIGHT)
        line = QHBoxLayout(row)
        line.setContentsMargins(SIDE, 4, SIDE, 4)
        line.setSpacing(8)
        line.addLayout(_words(registration), 1)
        name = f"{registration.callback_type} to {registration.destination_url}"
        test = button("Send a test", on_click=partial(self._actions.test, registration))
        test.setAccessibleName(f"Send a test of {name}")
        change = icon_button(
            Icon.EDIT, f"Change {name}", on_click=partial(self._actions.change, registration)
        )
        end = icon_button(Icon.DELETE, f"End {name}", on_click=partial(self._actions.end, registration))
        for made in (test, change, end):
            line.addWidget(made)
            self.buttons.append(made)
        return row


def title_of(registration: CallbackRegistration) -> str:
    """Name a registration: its type, and what it is narrowed to."""
    draft = draft_of(registration)
    return one_line(" · ".join(filter(None, (draft.callback_type or "unknown type", draft.subject))))


def _words(registration: CallbackRegistration) -> QVBoxLayout:
    draft = draft_of(registration)
    since = f"since {registration.start_date}" if registration.start_date else ""
    until = f"until {registration.end_date}" if registration.end_date else ""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(ElidedLabel(title_of(registration), TextRole.STRONG))
    words = (f"{draft.method} {draft.url}", draft.content_type, since, until)
    column.addWidget(ElidedLabel(one_line(" · ".join(filter(None, words))), TextRole.SMALL_MUTED))
    column.addStretch(1)
    return column
