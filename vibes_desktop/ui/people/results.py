"""What a look-up can end in besides one record: several people, or nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.dates import day_words, read_stamp
from vibes_desktop.people.display import heading, name_of, visible
from vibes_desktop.people.lookup import Found, NothingFound
from vibes_desktop.people.masking import masked_identifier, masked_person
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.words import spoken
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label

ROW_HEIGHT = 52
HOW = "Choose the one you mean: Up, Down and Enter, or a double click."
WRONG_KEY = "If nobody is ever found, the company key of the profile may be wrong."


class SeveralPeople(QWidget):
    """A list to choose one of several people from; the first is selected, none is opened."""

    chosen = Signal(object)  # Found

    def __init__(self, privacy: Privacy | None = None) -> None:
        super().__init__()
        self._privacy = privacy or Privacy(self)
        self._privacy.changed.connect(self._fill)
        self._people: Sequence[Found] = ()
        self._version = ApiVersion.V2
        self._title = plain_label("", TextRole.TITLE)
        self._about = plain_label("", TextRole.MUTED, wrap=True)
        self.list = _PickList("People found")
        self.list.picked.connect(lambda row: self.chosen.emit(self._people[row]))
        self._open = button(
            "Open", ButtonRole.PRIMARY, shortcut_hint="Enter", on_click=lambda: self.list.pick_current()
        )
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.add(self.list, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(card, 1)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignRight)

    def show_people(
        self, people: Sequence[Found], version: ApiVersion, notes: Sequence[str], *, take_focus: bool = True
    ) -> None:
        """Show the people found."""
        self._people = people
        self._title.setText(f"{len(people):,} people found")
        self._about.setText(" ".join([HOW, *notes]))
        self._version = version
        for found in people:
            person = found.person
            self._privacy.know(name_of(person), person.external_person_id, person.mdn)
        self._fill()
        self.list.setCurrentRow(0)
        if take_focus:
            self.list.setFocus()

    def _fill(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for found in self._people:
            seen = masked_person(found.person) if self._privacy.is_masking else found.person
            self.list.add(_card_of(seen, self._version), _words_of(seen, self._version))
        self.list.setCurrentRow(row)


class NobodyFound(QWidget):
    """Says what was tried, and offers to add the person."""

    add_requested = Signal(object)  # NothingFound: what was tried

    def __init__(self, privacy: Privacy | None = None) -> None:
        super().__init__()
        self._privacy = privacy or Privacy(self)
        self._privacy.changed.connect(self._say)
        self._result = NothingFound(())
        self.add = button(
            "Add this person…", ButtonRole.PRIMARY, on_click=lambda: self.add_requested.emit(self._result)
        )
        self.state = EmptyState("", self.add, "", picture=Icon.SEARCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)

    def show_tried(self, result: NothingFound, *, take_focus: bool = True) -> None:
        """Say what was tried."""
        self._result = result
        self._say()
        if take_focus:
            self.add.setFocus()

    def _say(self) -> None:
        result, is_masking = self._result, self._privacy.is_masking
        seen = [masked_identifier(each) if is_masking else each for each in result.tried]
        tried = ", ".join(dict.fromkeys(spoken(identifier) for identifier in seen))
        notes = [self._privacy.text(note) for note in result.notes]
        self.state.set_text(f"Nobody found. Tried: {tried}.", " ".join([*notes, WRONG_KEY]))


class _PickList(QListWidget):
    """A list in which Enter or a double click picks a row."""

    picked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.itemDoubleClicked.connect(lambda item: self.picked.emit(self.row(item)))

    def add(self, card: QWidget, words: str) -> None:
        item = QListWidgetItem(self)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setSizeHint(QSize(0, ROW_HEIGHT))
        self.setItemWidget(item, card)

    def pick_current(self) -> None:
        if self.currentRow() >= 0:
            self.picked.emit(self.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.pick_current()
        else:
            super().keyPressEvent(event)


def _card_of(person: Person, version: ApiVersion) -> QWidget:
    """Lay out what tells people apart: name, IDs, number and carrier, and when the record was made."""
    card = QWidget()
    line = QHBoxLayout(card)
    line.setContentsMargins(14, 6, 14, 6)
    line.setSpacing(16)
    carrier = f"carrier {person.carrier_code}" if person.carrier_code else "no carrier"
    columns = (
        (heading(person, version), TextRole.STRONG, person.person_key or person.person_id, 4),
        (person.external_person_id or "no external ID", TextRole.MONO, _created(person.created_at), 3),
        (person.mdn or "no number", TextRole.MONO, carrier, 2),
    )
    for above, role, below, stretch in columns:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(ElidedLabel(visible(above), role))
        below_role = TextRole.MONO_MUTED if role is TextRole.STRONG else TextRole.SMALL_MUTED
        column.addWidget(ElidedLabel(visible(below or ""), below_role))
        line.addLayout(column, stretch)
    return card


def _created(text: str | None) -> str:
    stamp = read_stamp(text or "")
    return f"created {day_words(stamp.day)}" if stamp is not None else ""


def _words_of(person: Person, version: ApiVersion) -> str:
    parts = (heading(person, version), person.external_person_id, person.mdn, person.person_key)
    return ", ".join(visible(part) for part in parts if part)
