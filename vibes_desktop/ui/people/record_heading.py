"""The head of a record: whose it is by the platform's values, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, QTimeZone, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.display import heading, visible
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import button, icon_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.pill import Pill, Tone
from vibes_desktop.ui.widgets.plain import set_tooltip


class RecordHeading(QWidget):
    """Name, pills and buttons in one line."""

    refresh_requested = Signal()

    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self._menu = menu
        self._person: Person | None = None
        self.name = ElidedLabel("", TextRole.TITLE)
        self._lists = Pill("", Tone.OK)
        self._zone = Pill()
        self._refresh = button("Refresh", shortcut_hint="F5", on_click=self.refresh_requested.emit)
        self._more = icon_button(Icon.MORE, "More about this record", framed=True, on_click=self._open_menu)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        for widget in (self.name, self._lists, self._zone):
            self._line.addWidget(widget)
        self._line.addStretch(1)
        self._line.addWidget(self._refresh)
        self._line.addWidget(self._more)

    def add_button(self, widget: QWidget) -> None:
        """Put a button before the others."""
        self._line.insertWidget(self._line.indexOf(self._refresh), widget)

    def show_person(self, person: Person, version: ApiVersion) -> None:
        """Show whose record it is."""
        self.name.set_full_text(heading(person, version))
        if self._person is None or not person.is_same_person(self._person):
            self._lists.hide()
        self._person = person
        zone = _zone_words(person.timezone)
        self._zone.set_status(zone, Tone.NEUTRAL)
        self._zone.setVisible(bool(zone))
        set_tooltip(self._zone, f"Time zone {person.timezone}" if person.timezone else "")
        self._refresh.show()
        self._more.show()

    def show_new(self) -> None:
        """Show that a person is being added."""
        self._person = None
        self.name.set_full_text("New person")
        for widget in (self._zone, self._lists, self._refresh, self._more):
            widget.hide()

    def show_active_lists(self, count: int) -> None:
        """Say how many lists the person is subscribed to."""
        words = "no active list" if count == 0 else f"{count:,} active list" + ("" if count == 1 else "s")
        self._lists.set_status(words, Tone.OK if count else Tone.NEUTRAL)
        self._lists.show()

    def hide_active_lists(self) -> None:
        """Say nothing of lists: they are not known, or not any more."""
        self._lists.hide()

    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _zone_words(name: str | None) -> str:
    """Name a time zone with the time there now; a zone nobody knows as it is."""
    if not name:
        return ""
    zone = QTimeZone(name.encode("utf-8", "replace"))
    if not zone.isValid():
        return visible(name)
    now = QDateTime.currentDateTimeUtc().toTimeZone(zone)
    clock = QLocale().toString(now.time(), QLocale.FormatType.ShortFormat)
    return f"{visible(name)} · {clock} there"
