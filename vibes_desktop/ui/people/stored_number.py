"""The field of a number that the platform doesn't let anyone change in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale

from vibes_desktop.model.masking import HIDDEN
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import show
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.display import visible
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.editors import Editor
from vibes_desktop.ui.people.field_view import Shown
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole

NOT_VALID = "not a valid number, shown as stored"
WHY = "can't be changed in place — why?"


class StoredNumber(Editor):
    """Shows the number in international form with its country; explains why it is locked."""

    def __init__(self, explain: Callable[[], object]) -> None:
        super().__init__("Mobile number")
        self.number = ElidedLabel()
        self.about = ElidedLabel(role=TextRole.SMALL_MUTED)
        self.why = link_button(WHY, small=True, on_click=explain)
        self.line.addWidget(IconLabel(Icon.LOCKED, size=14))
        for widget in (self.number, self.about, self.why):
            self.line.addWidget(widget)
        self.line.addStretch(1)
        self.control = self.why

    def show_number(self, person: Person, version: ApiVersion) -> None:
        """Show a person's number; one that is not valid exactly as it is stored."""
        view = show(person.mdn or "", version)
        is_masked = HIDDEN in view.text
        words = [_country(view.region) if view.is_valid else "" if is_masked else NOT_VALID]
        if person.carrier_code:
            words.append(f"carrier {visible(person.carrier_code)}")
        about = " · ".join(word for word in words if word)
        self.number.set_full_text(visible(view.text))
        self.about.set_full_text(f"{about} ·" if about else "")
        self.why.setAccessibleName(f"Mobile number {visible(view.text)}, {about}: {WHY}")

    def show_value(self, value: Shown) -> None:
        """Show the number, or nothing once it will be cleared."""
        is_kept = isinstance(value, str | Unfinished)
        self.number.setVisible(is_kept)
        self.about.setVisible(is_kept)

    def can_show(self, _value: Shown) -> bool:
        """Take anything: it is only looked at."""
        return True

    def set_read_only(self, is_read_only: bool) -> None:
        """Stay as it is: it can't be typed in anyway."""


def _country(region: str | None) -> str:
    return QLocale.territoryToString(QLocale.codeToTerritory(region)) if region else ""
