"""The bar at the bottom: what was done last, where secrets are, what runs, whether somebody listens."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.theme import Color, load_measures
from vibes_desktop.ui.times import Times, Zone
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.plain import set_tooltip
from vibes_desktop.ui.widgets.progress_line import ProgressLine

CARET_SIZE = 9
ZONE_WORDS = {
    Zone.LOCAL: "This computer's time",
    Zone.UTC: "UTC",
    Zone.BOTH: "Both",
}


class StatusSlot(Enum):
    """The places in the bar, from left to right; LISTENER stands at the right."""

    FILES = "files"  # "events.ndjson · 768 MB · indexed in 1.3 s"
    ACTIVITY = "activity"  # "Read 2 s ago · 84 ms"
    SECRETS = "secrets"  # "Secrets: GNOME keyring"
    NEWS = "news"  # "Version 1.2.3 is available"
    LISTENER = "listener"  # "Listener off"


class StatusBar(QFrame):
    """Short texts in fixed places, and the progress of what runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status_bar")
        self.setAccessibleName("Status")
        self.setFixedHeight(load_measures().status_bar)
        self.progress = ProgressLine()
        self._hidden: frozenset[StatusSlot] = frozenset()
        self._labels = {slot: ElidedLabel(role=TextRole.SMALL_MUTED) for slot in StatusSlot}
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(20)
        line.addWidget(self._labels[StatusSlot.FILES])
        line.addWidget(self._labels[StatusSlot.ACTIVITY])
        line.addWidget(self._labels[StatusSlot.SECRETS])
        line.addWidget(self._labels[StatusSlot.NEWS])
        line.addStretch(1)
        line.addWidget(self.progress)
        line.addWidget(self._labels[StatusSlot.LISTENER])
        for label in self._labels.values():
            label.hide()

    def set_text(self, slot: StatusSlot, text: str, tooltip: str = "") -> None:
        """Show a text in its place; empty for nothing."""
        label = self._labels[slot]
        label.set_full_text(text)
        label.setVisible(bool(text) and slot not in self._hidden)
        label.set_more(tooltip)

    def text(self, slot: StatusSlot) -> str:
        """Return what a place shows."""
        return self._labels[slot].full_text

    def hide_slots(self, slots: Collection[StatusSlot]) -> None:
        """Leave these places out, whatever they show; all others are shown again."""
        self._hidden = frozenset(slots)
        for slot, label in self._labels.items():
            label.setVisible(bool(label.full_text) and slot not in self._hidden)

    def add_switches(self, privacy: Privacy, times: Times) -> None:
        """Put the two switches of the whole window at the right end."""
        self._line.addWidget(ZoneSwitch(times))
        self._line.addWidget(MaskSwitch(privacy))


class ZoneSwitch(Button):
    """The zone of all times in the window, and the choice of another."""

    def __init__(self, times: Times, parent: QWidget | None = None) -> None:
        super().__init__("", ButtonRole.QUIET, parent=parent)
        self._times = times
        self.setProperty("text_size", "small")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icon(Icon.DOWN))
        self.setIconSize(QSize(CARET_SIZE, CARET_SIZE))
        menu, group = QMenu(self), QActionGroup(self)
        self._actions = {zone: self._action(zone, menu, group) for zone in Zone}
        self.setMenu(menu)
        times.changed.connect(self._show)
        self._show()

    def _action(self, zone: Zone, menu: QMenu, group: QActionGroup) -> QAction:
        action = menu.addAction(ZONE_WORDS[zone])
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda: self._times.set_zone(zone))
        return action

    def _show(self) -> None:
        self.set_text(f"Times: {self._times.zone.value}")
        self._actions[self._times.zone].setChecked(True)


class MaskSwitch(Button):
    """Whether personal data are hidden in the whole window; pressing it turns it over."""

    def __init__(self, privacy: Privacy, parent: QWidget | None = None) -> None:
        super().__init__("", ButtonRole.QUIET, parent=parent)
        self._privacy = privacy
        self.setProperty("text_size", "small")
        set_tooltip(self, "Hides mobile numbers, names and external IDs on screen and in exports.")
        self.clicked.connect(lambda _checked=False: privacy.set_masking(not privacy.is_masking))
        privacy.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        is_masking = self._privacy.is_masking
        self.set_text(f"Mask personal data: {'on' if is_masking else 'off'}")
        self.setIcon(icon(Icon.HIDE, Color.WARN) if is_masking else QIcon())
        if self._privacy.is_locked:
            self.setIcon(icon(Icon.LOCKED))
            self.setEnabled(False)
            set_tooltip(self, "Set by your organisation.")


def switch_commands(privacy: Privacy, times: Times) -> list[Command]:
    """Give the keys and the palette's entries of the two switches."""

    def turn_over() -> None:
        privacy.set_masking(not privacy.is_masking)

    zones = [
        Command(f"times.{zone}", f"Show times in: {words}", partial(times.set_zone, zone))
        for zone, words in ZONE_WORDS.items()
    ]
    title = "Mask personal data, or show them"
    return [
        Command("mask", title, turn_over, "Ctrl+Shift+M", enabled=lambda: not privacy.is_locked),
        *zones,
    ]
