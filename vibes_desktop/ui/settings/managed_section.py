"""What the organisation has set on this computer, which of it is locked, and where it comes from."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.model.policy import Managed, Policy
from vibes_desktop.model.profile import ProxyMode
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.settings.section import Section, explanation
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.form import FormGrid, value_row
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill
from vibes_desktop.ui.widgets.plain import one_line

BY_ORGANISATION = "Set by your organisation"
NAMES = {
    Managed.PROFILES: "Profiles",
    Managed.PROXY: "Proxy",
    Managed.CA_FILE: "Certificate authorities",
    Managed.SAFETY: "Least safety level",
    Managed.LISTENER: "Listener",
    Managed.MASKING: "Mask personal data",
    Managed.RETENTION: "History is kept for",
}


class ManagedSection(Section):
    """Only looked at: an administrator changes it in the policy."""

    def __init__(self, policy: Policy, parent: QWidget | None = None) -> None:
        super().__init__(BY_ORGANISATION, parent)
        card, grid = Card("In force on this computer", ruled=True), FormGrid()
        for managed, source in policy.sources.items():
            words = ElidedLabel(value_words(policy, managed))
            words.set_more(f"From {source}")
            state = managed_words() if policy.is_locked(managed) else Pill("you may change it")
            grid.add_row(value_row(NAMES[managed], words, state))
        card.add(grid)
        self.add(card)
        places = ", ".join(dict.fromkeys(policy.sources.values()))
        self.add(explanation(f"It comes from {one_line(places)}, which only an administrator can write."))


def managed_words() -> QWidget:
    """Say, with a lock, that nobody but the organisation changes this."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    line.addWidget(IconLabel(Icon.LOCKED, size=14))
    line.addWidget(plain_label(BY_ORGANISATION, TextRole.SMALL_MUTED))
    line.addStretch(1)
    return holder


def value_words(policy: Policy, managed: Managed) -> str:
    """Say what a policy sets."""
    match managed:
        case Managed.PROFILES:
            return one_line(", ".join(profile.name for profile in policy.profiles)) or "none"
        case Managed.PROXY:
            return _proxy_words(policy)
        case Managed.CA_FILE:
            return one_line(policy.ca_file or "the system's")
        case Managed.SAFETY:
            return "any" if policy.safety is None else policy.safety.name
        case Managed.LISTENER:
            return "off" if policy.listener is False else "allowed"
        case Managed.MASKING:
            return "on" if policy.masking else "off"
        case Managed.RETENTION:
            return f"{policy.retention_days:,} days" if policy.retention_days else "as you choose"


def _proxy_words(policy: Policy) -> str:
    if policy.proxy_mode is ProxyMode.MANUAL and policy.proxy_url:
        return one_line(policy.proxy_url.rpartition("@")[2].removeprefix("http://"))
    return "none" if policy.proxy_mode is ProxyMode.NONE else "as the system has it"
