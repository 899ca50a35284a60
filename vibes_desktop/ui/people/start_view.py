"""What the page shows before anybody was looked up: how to begin, and what was left unfinished."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.people.dates import moment_words
from vibes_desktop.people.display import visible
from vibes_desktop.people.masking import masked_identifier
from vibes_desktop.people.session import NEW_PERSON
from vibes_desktop.storage.drafts import Draft
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import button, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

EXAMPLE = "For example +1 206 555 0143, EXT542342, or a whole callback as the platform sent it."
SENTENCE = "Find a person by any identifier: type or paste it above."
NEW_PERSON_WORDS = "A person to be added"


class StartView(QWidget):
    """An invitation; above it, drafts and changes that wait for somebody."""

    draft_opened = Signal(object)  # Draft
    draft_discarded = Signal(object)  # Draft
    resolve_requested = Signal(object)  # ChangeRecord
    recents_requested = Signal()

    def __init__(self, privacy: Privacy | None = None) -> None:
        super().__init__()
        self._privacy = privacy or Privacy(self)
        self._privacy.changed.connect(lambda: self.show_waiting(*self._shown))
        self._shown: tuple[Sequence[Draft], Sequence[ChangeRecord]] = ((), ())
        self._drafts = Card("Unsaved edits, not sent")
        self._open = Card("Changes that could not be confirmed")
        recent = button("Recent people", shortcut_hint="Down", on_click=self.recents_requested.emit)
        state = EmptyState(SENTENCE, recent, EXAMPLE, picture=Icon.PEOPLE)
        self._lines: list[QWidget] = []
        self._waiting = ScrollPage("Left unfinished")
        for card in (self._open, self._drafts):
            card.hide()
            self._waiting.add(card)
        self._waiting.column.setContentsMargins(0, 0, 0, 12)
        self._waiting.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._waiting, 1)
        column.addWidget(state, 1)

    def show_waiting(self, drafts: Sequence[Draft], open_changes: Sequence[ChangeRecord]) -> None:
        """Show what was left unfinished."""
        self._shown = drafts, open_changes
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for draft in drafts:
            self._add_draft(draft)
        for record in open_changes:
            self._add_open(record)
        self._drafts.setVisible(bool(drafts))
        self._open.setVisible(bool(open_changes))
        self._waiting.setVisible(bool(drafts or open_changes))

    def _add_draft(self, draft: Draft) -> None:
        is_new = draft.person == NEW_PERSON
        words = NEW_PERSON_WORDS if is_new else self._words(draft.person)
        resume = link_button(
            "Go on" if is_new else "Compare and go on", on_click=lambda: self.draft_opened.emit(draft)
        )
        resume.setAccessibleName(f"{resume.text()}: {words}")
        discard = link_button("Discard", on_click=lambda: self.draft_discarded.emit(draft))
        discard.setAccessibleName(f"Discard the unsaved edits: {words}")
        self._add_line(self._drafts, words, moment_words(draft.saved_at), resume, discard)

    def _add_open(self, record: ChangeRecord) -> None:
        target = record.person or record.intention.target
        words = NEW_PERSON_WORDS if target is None else self._words(target)
        find_out = link_button("Find out", on_click=lambda: self.resolve_requested.emit(record))
        find_out.setAccessibleName(f"Find out what became of the change: {words}")
        self._add_line(self._open, words, moment_words(record.started_at), find_out)

    def _words(self, identifier: Identifier) -> str:
        seen = masked_identifier(identifier) if self._privacy.is_masking else identifier
        return f"{seen.kind.label} {visible(seen.value)}"

    def _add_line(self, card: Card, words: str, when: str, *actions: QWidget) -> None:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(ElidedLabel(words), 1)
        line.addWidget(plain_label(when, TextRole.SMALL_MUTED))
        for action in actions:
            line.addWidget(action)
        self._lines.append(holder)
        card.add(holder)
