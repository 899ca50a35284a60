"""The card of identity: every ID with its copy button, the number, and when the record was made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldKind, Value
from vibes_desktop.model.jsonvalue import Json
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import show, to_e164
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.dates import moment_words, read_stamp
from vibes_desktop.people.display import visible
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.people.entry import Unreadable
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import Editor, Shown
from vibes_desktop.ui.people.field_row import FieldRow, identity_row
from vibes_desktop.ui.people.number_help import NumberHelp
from vibes_desktop.ui.widgets.buttons import CopyButton, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.form import FormGrid, value_row
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.plain import set_tooltip

NUMBER_HINT = "Type the number with its country code, like +1 312 555 0143."


class IdentityCard(Card):
    """Who this is."""

    def __init__(self, desk: EditDesk) -> None:
        super().__init__("Identity", ruled=True)
        self._desk = desk
        self._phone_region = "US"
        self._grid = FormGrid()
        self.add(self._grid)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows that can be edited."""
        return tuple(row for row in self._grid.rows if isinstance(row, FieldRow))

    def set_phone_region(self, region: str) -> None:
        """Read numbers without a country code as this country's (ISO 3166)."""
        self._phone_region = region

    def show_edit(self) -> None:
        """Show the identity of the record on the desk."""
        edit = self._desk.edit
        self._grid.clear()
        if not edit.is_new:
            self._add_keys(edit.opened)
        self._grid.add_row(self._external_id_row(edit.opened))
        self._grid.add_row(self._number_row(edit.opened, edit.version))
        if not edit.is_new:
            self._add_times(edit.opened)
        self.refresh()

    def refresh(self) -> None:
        """Show the fields as they stand now."""
        edit = self._desk.edit
        problems = edit.problems()
        for row in self.rows:
            row.refresh(edit, problems.get(row.name))

    def _add_keys(self, person: Person) -> None:
        for label, value in (("Person key", person.person_key), ("Person ID (old)", person.person_id)):
            if value:
                text = plain_label(visible(value), TextRole.MONO, selectable=True)
                self._grid.add_row(value_row(label, text, CopyButton(label.lower(), value)))

    def _external_id_row(self, person: Person) -> FieldRow:
        row = identity_row(EXTERNAL_ID, "External person ID", self._desk)
        if person.external_person_id:
            row.add_to_field(_copy_in_field("external person ID", person.external_person_id))
        return row

    def _number_row(self, person: Person, version: ApiVersion) -> FieldRow:
        if person.mdn is None:
            return identity_row(MOBILE, "Mobile number", self._desk, self._read_number)
        editor = _StoredNumber(person.mdn, version, self._explain_number)
        row = FieldRow(MOBILE, "Mobile number", FieldKind.TEXT, editor, self._desk, is_locked=True)
        row.add_to_field(_copy_in_field("mobile number", person.mdn))
        return row

    def _read_number(self, text: str, _instead_of: Value) -> Json:
        e164 = to_e164(text, self._phone_region)
        if e164 is None:
            raise Unreadable(NUMBER_HINT)
        return e164

    def _explain_number(self) -> None:
        NumberHelp(self._desk, self.window()).open()

    def _add_times(self, person: Person) -> None:
        parts = [
            (word, text)
            for word, text in (("Created", person.created_at), ("updated", person.updated_at))
            if text
        ]
        if not parts:
            return
        words = ElidedLabel(
            " · ".join(f"{word} {_local_words(text)}" for word, text in parts), TextRole.MUTED
        )
        set_tooltip(words, "\n".join(f"{word}: {text}" for word, text in parts))
        self._grid.add_row(value_row("Record", words))


class _StoredNumber(Editor):
    """A number that the platform doesn't let anyone change in place."""

    def __init__(self, stored: str, version: ApiVersion, explain: Callable[[], None]) -> None:
        super().__init__("Mobile number")
        view = show(stored, version)
        country = QLocale.territoryToString(QLocale.codeToTerritory(view.region)) if view.region else ""
        self._text = view.text
        self._number = ElidedLabel(visible(view.text))
        validity = country if view.is_valid else "not a valid number · shown as stored"
        self._why = link_button("can't be changed in place — why?", small=True)
        self._why.setAccessibleName(
            f"Mobile number {view.text}, {validity}: why it can't be changed in place"
        )
        self._why.clicked.connect(lambda _checked=False: explain())
        self.line.addWidget(IconLabel(Icon.LOCKED, size=14))
        self.line.addWidget(self._number)
        self._about = plain_label(f"{validity} ·" if validity else "", TextRole.SMALL_MUTED)
        self.line.addWidget(self._about)
        self.line.addWidget(self._why)
        self.line.addStretch(1)
        self.setFocusProxy(self._why)

    def show_value(self, value: Shown) -> None:
        """Show the number, or nothing once it will be cleared."""
        is_kept = isinstance(value, str | Unfinished)
        self._number.setVisible(is_kept)
        self._about.setVisible(is_kept)


def _copy_in_field(what: str, value: str) -> QWidget:
    copy = CopyButton(what, value)
    copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return copy


def _local_words(text: str) -> str:
    stamp = read_stamp(text)
    return visible(text) if stamp is None or stamp.moment is None else moment_words(stamp.moment)
