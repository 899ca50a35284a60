"""What the sheets of stop, opt-in and another number share: hidden data, and several requests at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.display import heading, visible
from vibes_desktop.people.masking import masked_person
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.send_sheet import SendSheet, request_text
from vibes_desktop.vibes.request import Request


class CallSheet(SendSheet):
    """A last look at one or more requests about one person."""

    def __init__(
        self,
        title: str,
        profile: Profile,
        privacy: Privacy,
        parent: QWidget | None = None,
        *,
        is_for_good: bool = False,
    ) -> None:
        subtitle = f"{profile.name} · {profile.region_label}"
        super().__init__(title, profile.safety, subtitle, parent, is_for_good=is_for_good)
        self._profile = profile
        self._privacy = privacy
        self.finished.connect(self.deleteLater)

    def show_requests(self, widgets: Sequence[QWidget], words: str, requests: Sequence[Request]) -> None:
        """Show content and every request that is sent; none: nothing can be."""
        self.show_content(widgets, words, requests[0] if requests else None)
        texts = [self._privacy.text(request_text(each)) for each in requests]
        self.code.set_text("\n\n".join(texts))

    def name(self, person: Person) -> str:
        """Name a person as they may be shown."""
        return name_of(person, self._profile, self._privacy)


def name_of(person: Person, profile: Profile, privacy: Privacy) -> str:
    """Name a person as they may be shown; what is hidden is remembered for whatever else names them."""
    privacy.know(person.external_person_id, person.mdn, heading(person, profile.api_version))
    return heading(shown(person, privacy), profile.api_version)


def shown(person: Person, privacy: Privacy) -> Person:
    """Give a person as they may be shown."""
    return masked_person(person) if privacy.is_masking else person


def identifiers_line(person: Person, privacy: Privacy) -> str:
    """Write a person's identifiers in one line."""
    seen = shown(person, privacy)
    keys = (seen.external_person_id, seen.mdn, seen.person_key or seen.person_id)
    return " · ".join(visible(key) for key in keys if key)
