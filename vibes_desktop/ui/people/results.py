"""What a look-up can end in besides one record: several people, or nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.display import heading, visible
from vibes_desktop.people.lookup import Found, NothingFound
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label

ROW_HEIGHT = 52


class SeveralPeople(QWidget):
    """A list to choose one of several people from; the first is selected, none is opened."""

    chosen = Signal(object)  # Found

    def __init__(self) -> None:
        super().__init__()
        self._people: Sequence[Found] = ()
        self._title = plain_label("", TextRole.TITLE)
        self._about = plain_label("", TextRole.MUTED, wrap=True)
        self._list = _PickList("People found")
        self._list.picked.connect(lambda row: self.chosen.emit(self._people[row]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._list, 1)

    def show_people(self, people: Sequence[Found], version: ApiVersion, notes: Sequence[str]) -> None:
        """Show the people found."""
        self._people = people
        self._title.setText(f"{len(people):,} people found")
        self._about.setText(" ".join(["Choose the one you mean: Enter opens the selected person.", *notes]))
        self._list.clear()
        for found in people:
            self._list.add(_card_of(found, version), _words_of(found, version))
        self._list.setCurrentRow(0)
        self._list.setFocus()


class NobodyFound(QWidget):
    """Says what was tried, and offers to add the person."""

    add_requested = Signal(object)  # tuple[Identifier, ...]: what was tried

    def __init__(self) -> None:
        super().__init__()
        self._tried: tuple[Identifier, ...] = ()
        self._add = button(
            "Add this person…", ButtonRole.PRIMARY, on_click=lambda: self.add_requested.emit(self._tried)
        )
        self._state = EmptyState("", self._add, "", picture=Icon.SEARCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._state)

    def show_tried(self, result: NothingFound) -> None:
        """Say what was tried."""
        self._tried = result.tried
        tried = ", ".join(
            f"{identifier.kind.label.lower()} {visible(identifier.value)}" for identifier in result.tried
        )
        advice = "If nobody is ever found, the company key of the profile may be wrong."
        self._state.set_text(f"Nobody found. Tried: {tried}.", " ".join([*result.notes, advice]))
        self._add.setFocus()


class _PickList(QListWidget):
    """A list in which Enter or a double click picks a row."""

    picked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", "card")
        self.itemDoubleClicked.connect(lambda item: self.picked.emit(self.row(item)))

    def add(self, card: QWidget, words: str) -> None:
        item = QListWidgetItem(self)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setSizeHint(card.sizeHint().expandedTo(self.minimumSizeHint()).grownBy(self.contentsMargins()))
        self.setItemWidget(item, card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.isAutoRepeat() and self.currentRow() >= 0:
            self.picked.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


def _card_of(found: Found, version: ApiVersion) -> QWidget:
    person = found.person
    card = QWidget()
    card.setFixedHeight(ROW_HEIGHT)
    line = QHBoxLayout(card)
    line.setContentsMargins(12, 4, 12, 4)
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(ElidedLabel(heading(person, version), TextRole.STRONG))
    names.addWidget(ElidedLabel(visible(person.person_key or person.person_id or ""), TextRole.MONO_MUTED))
    line.addLayout(names, 1)
    for text in (person.external_person_id, person.mdn):
        line.addWidget(ElidedLabel(visible(text) if text else "–", TextRole.MONO), 1)
    return card


def _words_of(found: Found, version: ApiVersion) -> str:
    person = found.person
    parts = (heading(person, version), person.external_person_id, person.mdn, person.person_key)
    return ", ".join(visible(part) for part in parts if part)
