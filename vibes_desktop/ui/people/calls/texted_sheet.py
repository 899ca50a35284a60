"""Why was this person texted? The answer, what happened in order of time, and what nobody says."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollBar, QWidget

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import Profile
from vibes_desktop.people.texted import Event, Source, TextedPage
from vibes_desktop.people.texted_text import TITLE, identity_of, sentences_of, to_text, when_of
from vibes_desktop.ui.people.calls.call_sheet import name_of
from vibes_desktop.ui.people.calls.day import milliseconds
from vibes_desktop.ui.people.calls.rows import muted
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Pill, Tone
from vibes_desktop.ui.widgets.plain import set_tooltip
from vibes_desktop.ui.widgets.progress_line import ProgressLine
from vibes_desktop.ui.widgets.sheet_dialog import SheetDialog
from vibes_desktop.ui.widgets.skeleton import Skeleton

READING = "Collecting what is known"
EVENTS_SHOWN = 200
TIME_WIDTH = 130
_TONES = {Source.PLATFORM: Tone.NEUTRAL, Source.CALLBACK: Tone.ACCENT, Source.HERE: Tone.OK}
_SCROLLS = {
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QScrollBar.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QScrollBar.SliderAction.SliderToMaximum,
}
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class TextedSheet(SheetDialog):
    """One page to be read aloud, printed or exported."""

    print_requested = Signal(str)  # the whole page as text
    export_requested = Signal(str)
    copy_requested = Signal(str)

    def __init__(
        self, person: Person, profile: Profile, privacy: Privacy, times: Times, parent: QWidget | None = None
    ) -> None:
        name = name_of(person, profile, privacy)
        super().__init__(
            f"Why was {name} texted?", safety=profile.safety, subtitle=profile.name, parent=parent
        )
        self.setAccessibleName(TITLE)
        self._profile, self._privacy, self._times = profile, privacy, times
        self.page: TextedPage | None = None
        self._parts: list[QWidget] = []
        self.notice = Notice(Tone.BAD, "")
        self.notice.hide()
        self.add(self.notice)
        self._show(Skeleton(8))
        self.progress = ProgressLine()
        self.set_foot(self.progress)
        self._build_buttons()
        privacy.changed.connect(self._redraw)
        times.changed.connect(self._redraw)
        self.finished.connect(self.deleteLater)
        self.progress.start(READING)

    @property
    def text(self) -> str:
        """The whole page as text, as it may be shown now."""
        if self.page is None:
            return ""
        return to_text(self.page, self._profile.api_version, self._when, self._privacy)

    def show_page(self, page: TextedPage) -> None:
        """Show what was collected."""
        self.page = page
        self.progress.stop()
        for made in (self.print_button, self.export_button, self.copy_button):
            made.setEnabled(True)
        self._redraw()
        self.print_button.setFocus()

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say why there is no page, or what went wrong with it."""
        self.progress.stop()
        self.notice.show_problem(error)
        if self.page is None:
            self._show()
        QTimer.singleShot(0, self, self.fit)

    def tell(self, title: str, sentence: str) -> None:
        """Say that the page went somewhere."""
        self.notice.set_content(Tone.OK, title, [sentence])
        self.notice.show()
        QTimer.singleShot(0, self, self.fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by the keys that do so in any page."""
        action = _SCROLLS.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            self._page.verticalScrollBar().triggerAction(action)

    def _build_buttons(self) -> None:
        self.copy_button = button("Copy", on_click=lambda: self.copy_requested.emit(self.text))
        self.export_button = button("Export…", on_click=lambda: self.export_requested.emit(self.text))
        self.print_button = button("Print…", on_click=lambda: self.print_requested.emit(self.text))
        for made in (self.copy_button, self.export_button, self.print_button):
            made.setEnabled(False)
            self.add_button(made)
        self.set_default(self.add_button(button("Close", shortcut_hint="Esc", on_click=self.reject)))

    def _redraw(self) -> None:
        page = self.page
        if page is not None:
            cards = [self._answer(page), self._events(page)]
            if page.ways_in:
                cards.append(self._ways_in(page))
            self._show(*cards, self._gaps(page))
            QTimer.singleShot(0, self, self.fit)

    def _show(self, *widgets: QWidget) -> None:
        for part in self._parts:
            self.body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = list(widgets)
        for widget in widgets:
            self.add(widget)

    def _answer(self, page: TextedPage) -> Card:
        card = Card("In short")
        for sentence in page.answer:
            card.add(_selectable(self._privacy.text(sentence), TextRole.STRONG))
        identity = identity_of(page, self._profile.api_version, self._privacy)
        card.add(_selectable(" · ".join(f"{label} {value}" for label, value in identity), TextRole.MUTED))
        card.add(muted(f"Looked up {self._when(page.made_at)}"))
        return card

    def _events(self, page: TextedPage) -> Card:
        card = Card(f"What happened, in order of time ({self._times.zone.value})")
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, TIME_WIDTH)
        grid.setColumnStretch(2, 1)
        for place, event in enumerate(page.events[:EVENTS_SHOWN]):
            self._add_event(grid, place * 2, event)
        card.add(holder)
        more = len(page.events) - EVENTS_SHOWN
        if more > 0:
            card.add(muted(f"And {more:,} more: they are in the export and in print."))
        return card

    def _add_event(self, grid: QGridLayout, row: int, event: Event) -> None:
        top = Qt.AlignmentFlag.AlignTop
        when = plain_label(when_of(event, self._row_time), TextRole.MUTED)
        if event.at is not None:
            set_tooltip(when, self._times.in_utc(milliseconds(event.at)))
        words, gap = sentences_of(event, self._privacy)
        grid.addWidget(when, row, 0, top)
        grid.addWidget(Pill(event.source.value, _TONES[event.source]), row, 1, top)
        grid.addWidget(_selectable(words, TextRole.BODY), row, 2)
        if gap:
            grid.addWidget(_selectable(gap, TextRole.SMALL_MUTED), row + 1, 2)

    def _ways_in(self, page: TextedPage) -> Card:
        card = Card("How people get onto these lists now")
        for each in page.ways_in:
            card.add(_selectable(self._privacy.text(each.words), TextRole.BODY))
        return card

    def _gaps(self, page: TextedPage) -> Card:
        card = Card("What is not known")
        for gap in page.gaps:
            card.add(_selectable(gap, TextRole.BODY))
        return card

    def _row_time(self, moment: datetime) -> str:
        return self._times.moment(milliseconds(moment))

    def _when(self, moment: datetime) -> str:
        return self._times.moment(milliseconds(moment), with_zone=True)


def _selectable(words: str, role: TextRole) -> QLabel:
    label = plain_label(words, role, wrap=True)
    label.setTextInteractionFlags(_SELECTABLE)
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return label
