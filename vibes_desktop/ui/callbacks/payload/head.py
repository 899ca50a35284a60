"""The head of the pane: what the payload is about, when, and where to go from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.sentences import MONTHS, sentence
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.callbacks.payload.words import marks
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.times import Times, moment_of
from vibes_desktop.ui.widgets.buttons import button, icon_button
from vibes_desktop.ui.widgets.flow_layout import FlowLayout
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill
from vibes_desktop.ui.widgets.plain import literal, one_line, set_tooltip

MOST_HEIGHT = 260  # of the head, in pixels; the rest is the payload's


@dataclass(frozen=True, slots=True)
class Told:
    """What the head says of a payload."""

    sentence: str
    line: str
    tooltip: str


class PayloadHead(QWidget):
    """A sentence, a line of facts, and the ways on."""

    person_wanted = Signal(object)  # an Identifier
    timeline_wanted = Signal()
    comparison_wanted = Signal()

    def __init__(self, privacy: Privacy, times: Times, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._privacy = privacy
        self._times = times
        self._payload: Payload | None = None
        self._identifiers: tuple[Identifier, ...] = ()
        self._more: tuple[Command, ...] = ()
        self.sentence = plain_label("", TextRole.STRONG, wrap=True, selectable=True)
        self.line = plain_label("", TextRole.SMALL_MUTED, wrap=True, selectable=True)
        self._pills = QWidget()
        self._pills_line = FlowLayout(self._pills)
        self._remark = plain_label("", TextRole.SMALL_MUTED, wrap=True)
        self.open_button = button("Open person", on_click=self.open_person)
        self.timeline_button = button("Timeline", on_click=self.timeline_wanted.emit)
        self.compare_button = button("Compare with previous", on_click=self.comparison_wanted.emit)
        self.more_button = icon_button(Icon.MORE, "More to do with this payload", on_click=self._open_menu)
        self._build()
        privacy.changed.connect(self._refresh)
        times.changed.connect(self._refresh)

    @property
    def has_person(self) -> bool:
        """Tell whether the payload names a person."""
        return bool(self._identifiers)

    def set_more(self, commands: tuple[Command, ...]) -> None:
        """Offer these commands behind the last button."""
        self._more = commands

    def set_payload(self, payload: Payload | None, identifiers: Sequence[Identifier] = ()) -> None:
        """Speak of another payload; `identifiers` are those of its person, the surest first."""
        self._payload = payload
        self._identifiers = tuple(identifiers)
        self._refresh()

    def open_person(self) -> None:
        """Ask for the live record, by the surest identifier."""
        if self._identifiers:
            self.person_wanted.emit(self._identifiers[0])

    def menu(self) -> QMenu:
        """Make the menu of what else there is."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        others = self._identifiers[1:]
        for identifier in others:
            words = f"Open person by {_lower(identifier.kind.label)} {self._shown(identifier)}"
            menu.addAction(literal(words), partial(self.person_wanted.emit, identifier))
        if others:
            menu.addSeparator()
        for command in self._more:
            action = menu.addAction(command.title, command.run)
            action.setEnabled(command.enabled())
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        """Ask for the height that the texts need at this width: a layout would cut them off first."""
        column = self.layout()
        if column is not None and self.isVisible():  # before, the layout would remember a wrong height
            column.invalidate()
            self.setMinimumHeight(min(max(column.heightForWidth(self.width()), 0), MOST_HEIGHT))

    def _open_menu(self) -> None:
        place = self.more_button.mapToGlobal(QPoint(0, self.more_button.height()))
        self.menu().popup(place)

    def _shown(self, identifier: Identifier) -> str:
        return one_line(self._privacy.own(identifier.value))

    def _refresh(self) -> None:
        payload = self._payload
        if payload is None:
            return
        told = told_of(payload, self._privacy, self._times)
        self.sentence.setText(told.sentence)
        self.line.setText(told.line)
        self.line.setVisible(bool(told.line))
        set_tooltip(self.line, told.tooltip)
        self._show_marks(payload)
        has_person = self.has_person
        for made in (self.open_button, self.timeline_button, self.compare_button):
            made.setEnabled(has_person)
            made.setAccessibleDescription("" if has_person else "The payload names no person")
        self._keep_room()

    def _show_marks(self, payload: Payload) -> None:
        while (item := self._pills_line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = marks(payload)
        for text, tone, _ in found:
            self._pills_line.addWidget(Pill(text, tone))
        self._pills.setVisible(bool(found))
        remark = " ".join(sentence for _, _, sentence in found if sentence)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.sentence, 1)
        top.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        for widget in (self.line, self._pills, self._remark):
            column.addWidget(widget)
        buttons = QWidget()
        line = FlowLayout(buttons)
        for made in (self.open_button, self.timeline_button, self.compare_button):
            line.addWidget(made)
        buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column.addSpacing(4)
        column.addWidget(buttons)


def told_of(payload: Payload, privacy: Privacy, times: Times) -> Told:
    """Put a payload into words, as they may be shown."""
    facts, moment_ms = payload.facts, payload.facts.event_ms
    is_received = moment_ms is None
    if moment_ms is None:
        moment_ms = payload.wrapping.received_ms
    when = times.moment(moment_ms, with_zone=True) if moment_ms is not None else ""
    attempt = f"attempt {facts.delivery_attempt}" if facts.delivery_attempt is not None else ""
    event = f"event {one_line(facts.event_id)}" if facts.event_id else ""
    parts = (
        f"{'received ' if is_received else ''}{when}" if when else "",
        payload.callback_type or "",
        ", ".join(filter(None, (event, attempt))),
    )
    said = sentence(payload, times=lambda ms: day_words(ms, times), own=privacy.own)
    tooltip = times.in_utc(moment_ms) if moment_ms is not None else ""
    return Told(one_line(said), " · ".join(filter(None, parts)), tooltip)


def day_words(milliseconds: int, times: Times) -> str:
    """Write a day in the zone of the window: 18 Feb 2017."""
    moment = moment_of(milliseconds)
    if moment is None:
        return "a day that no calendar has"
    day = moment.astimezone(times.basis)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
