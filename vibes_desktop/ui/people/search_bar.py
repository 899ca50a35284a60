"""The one box that takes anything, the kind it recognised, and the people looked up lately."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.people.display import visible
from vibes_desktop.people.masking import masked_identifier
from vibes_desktop.people.recognise import Recognised, Source, recognise
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import pill_button
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import literal
from vibes_desktop.ui.widgets.search_box import SearchBox

PLACEHOLDER = "Mobile number, external ID, person key, person URL, or a whole callback"
AUTOMATIC = "Recognise it"
NO_RECENTS = "Nobody was looked up lately"
CLEAR_RECENTS = "Clear this list"
MAX_CHARACTERS = 1_000_000  # a whole callback fits; Qt's own limit of 32,767 cuts one short in silence
SHOWN_CHARACTERS = 60  # of an identifier in the list
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class SearchBar(SearchBox):
    """Tells of a look-up as recognised identifiers, or of a text that can't be one."""

    look_up = Signal(object)  # Recognised
    refused = Signal(object)  # InvalidInput
    clear_recents_requested = Signal()

    def __init__(self, parent: QWidget | None = None, privacy: Privacy | None = None) -> None:
        super().__init__("Find a person", PLACEHOLDER, parent=parent)
        self._phone_region = "US"
        self._forced: IdentifierKind | None = None
        self._recents: Sequence[Identifier] = ()
        self._privacy = privacy or Privacy(self)
        self._privacy.changed.connect(self._show_masking)
        self.edit.setMaxLength(MAX_CHARACTERS)
        self.kind = pill_button("", "Kind of identifier", tone=Tone.ACCENT)
        self.kind.clicked.connect(self._choose_kind)
        self.kind.hide()
        self.add_trailing(self.kind)
        self.text_changed.connect(lambda _text: self._force(None))
        self.submitted.connect(lambda _text: self.submit())
        self.edit.installEventFilter(self)
        self._show_masking()

    def set_phone_region(self, region: str) -> None:
        """Read numbers without a country code as this country's (ISO 3166)."""
        self._phone_region = region
        self._show_kind()

    def set_recents(self, recents: Sequence[Identifier]) -> None:
        """Offer these people on Down, the latest first."""
        self._recents = recents

    @property
    def is_typed_on(self) -> bool:
        """Tell whether somebody has typed on since the last look-up began: their cursor stays."""
        return self.edit.isModified() and self.edit.hasFocus()

    def submit(self) -> None:
        """Look up what stands in the box."""
        self.edit.setModified(False)
        try:
            recognised = recognise(self.text, self._phone_region, self._forced)
        except InvalidInput as error:
            self.refused.emit(error)
        else:
            self.look_up.emit(recognised)

    def show_identifier(self, identifier: Identifier) -> None:
        """Put an identifier into the box, of a kind that is known."""
        self.set_text(identifier.value)
        self._force(identifier.kind)

    def open_recents(self) -> None:
        """Open the list of people looked up lately."""
        menu = QMenu(self)
        menu.setAccessibleName("People looked up lately")
        for identifier in self._recents:
            seen = masked_identifier(identifier) if self._privacy.is_masking else identifier
            action = menu.addAction(_recent_words(seen))
            action.triggered.connect(lambda _=False, chosen=identifier: self._take_recent(chosen))
        if self._recents:
            menu.addSeparator()
            menu.addAction(CLEAR_RECENTS).triggered.connect(self.clear_recents_requested)
        else:
            menu.addAction(NO_RECENTS).setEnabled(False)
        menu.setMinimumWidth(min(420, self.width()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_plain = event.modifiers() in _PLAIN
            if event.key() == Qt.Key.Key_Down and is_plain and not event.isAutoRepeat():
                self.open_recents()
                return True
        return super().eventFilter(watched, event)

    def _show_masking(self) -> None:
        """Hide what stands in the box, while it is typed too."""
        is_masking = self._privacy.is_masking
        self.edit.setEchoMode(QLineEdit.EchoMode.Password if is_masking else QLineEdit.EchoMode.Normal)

    def _take_recent(self, identifier: Identifier) -> None:
        self.show_identifier(identifier)
        self.submit()

    def _force(self, kind: IdentifierKind | None) -> None:
        self._forced = kind
        self._show_kind()

    def _show_kind(self) -> None:
        if not self.text.strip():
            self.kind.hide()
            return
        try:
            words = _words(recognise(self.text, self._phone_region, self._forced))
        except InvalidInput:
            words = "Not an identifier" if self._forced is None else self._forced.label
        self.kind.set_text(words)
        self.kind.setAccessibleName(f"Kind of identifier: {words}. Choose another")
        self.kind.show()

    def _choose_kind(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Kind of identifier")
        group = QActionGroup(menu)
        choices = [(AUTOMATIC, None), *((kind.label, kind) for kind in IdentifierKind)]
        for words, kind in choices:
            action = QAction(words, menu, checkable=True, checked=kind is self._forced)
            action.triggered.connect(lambda _=False, chosen=kind: self._take_kind(chosen))
            group.addAction(action)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.kind.mapToGlobal(QPoint(0, self.kind.height() + 2)))

    def _take_kind(self, kind: IdentifierKind | None) -> None:
        """Take the text for that kind from now on; Enter looks it up."""
        self._force(kind)
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)


def _recent_words(identifier: Identifier) -> str:
    value = visible(identifier.value)
    shown = value if len(value) <= SHOWN_CHARACTERS else f"{value[: SHOWN_CHARACTERS - 1]}…"
    return f"{literal(shown)}\t{identifier.kind.label}"


def _words(recognised: Recognised) -> str:
    """Name what was recognised: the kind, or the kinds that are asked together."""
    match recognised.source:
        case Source.CALLBACK_JSON:
            return "Callback"
        case Source.PERSON_JSON:
            return "Person JSON"
        case Source.URL:
            return "Person URL"
    kinds = dict.fromkeys(candidate.kind for candidate in recognised.candidates)
    if len(kinds) > 1:  # the old ID is asked for as well, but nobody thinks of it first
        kinds.pop(IdentifierKind.PERSON_ID, None)
    return " or ".join(kind.label for kind in kinds)
