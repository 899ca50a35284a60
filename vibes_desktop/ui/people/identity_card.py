"""The card of identity: every ID with its copy button, the number, and when the record was made."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldKind, FieldRef, Value
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import Json
from vibes_desktop.model.person import Person
from vibes_desktop.model.phone import to_e164
from vibes_desktop.people.dates import moment_words, read_stamp
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.people.entry import Unreadable
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import Editor, LineEditor, Read
from vibes_desktop.ui.people.field_row import FieldRow, Plan
from vibes_desktop.ui.people.field_view import views_of
from vibes_desktop.ui.people.number_help import NewNumberHelp, NumberActs, NumberHelp
from vibes_desktop.ui.people.stored_number import StoredNumber
from vibes_desktop.ui.widgets.buttons import CopyButton, link_button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.form import FormGrid, FormRow, value_row
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole

NUMBER_HINT = "Type the number with its country code, like +1 312 555 0143."
EXTERNAL_ID_LABEL = "External person ID"
NUMBER_LABEL = "Mobile number"
RowT = TypeVar("RowT", bound=FormRow)


class IdentityCard(Card):
    """Who this is. The rows are made once, and hidden where a record has no use for them."""

    number_wanted = Signal()  # another number, for the same person
    add_wanted = Signal(object)  # tuple[Identifier, ...]: what the person to be added begins with

    def __init__(self, desk: EditDesk) -> None:
        super().__init__("Identity", ruled=True)
        self._desk = desk
        self._phone_region = "US"
        self._grid = FormGrid()
        self.add(self._grid)
        self._key = self._add(_IdRow("Person key"))
        self._old_id = self._add(_IdRow("Person ID (old)"))
        self._external_id = self._add(self._field(EXTERNAL_ID, EXTERNAL_ID_LABEL, mono=True))
        self._number = self._add(self._field(MOBILE, NUMBER_LABEL, read_text=self._read_number))
        self._stored = StoredNumber(self._explain_number)
        self._stored_row = self._add(self._fixed(MOBILE, NUMBER_LABEL, self._stored))
        self._copy_id = _copy_in_field(self._external_id, "external person ID")
        self._copy_number = _copy_in_field(self._stored_row, "mobile number")
        self._how = link_button("how?", small=True, on_click=self._explain_new_number)
        self._how.setAccessibleName("How does this person get a number?")
        self._number.add_to_field(self._how)
        self._times = ElidedLabel(role=TextRole.MUTED)
        self._times_row = self._add(value_row("Record", self._times))
        desk.lock_changed.connect(self._show_lock)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows in view that can be edited."""
        rows = (self._external_id, self._number, self._stored_row)
        return tuple(row for row in rows if not row.isHidden())

    def set_phone_region(self, region: str) -> None:
        """Read numbers without a country code as this country's (ISO 3166)."""
        self._phone_region = region

    def show_edit(self) -> None:
        """Show the identity of the record on the desk."""
        edit = self._desk.shown
        person = edit.opened
        self._key.show_id(person.person_key)
        self._old_id.show_id(person.person_id)
        self._copy_id.set_value(person.external_person_id or "")
        self._copy_id.setVisible(bool(person.external_person_id))
        self._copy_number.set_value(person.mdn or "")
        self._number.setVisible(person.mdn is None)
        self._stored_row.setVisible(person.mdn is not None)
        self._how.setVisible(not edit.is_new)
        self._show_times(person)
        self._grid.update()
        self.refresh()

    def refresh(self) -> None:
        """Show the fields as they stand now."""
        shown = self._desk.shown
        if shown.opened.mdn is not None:
            self._stored.show_number(shown.opened, shown.version)
        views = self._desk.looked_at(views_of(self._desk.edit, [row.name for row in self.rows]))
        for row in self.rows:
            row.refresh(views[row.name])

    def _add(self, row: RowT) -> RowT:
        self._grid.add_row(row)
        return row

    def _field(
        self, name: FieldRef, label: str, *, read_text: Read | None = None, mono: bool = False
    ) -> FieldRow:
        editor = LineEditor(label, FieldKind.TEXT, read_text=read_text, mono=mono)
        return FieldRow(name, label, Plan(FieldKind.TEXT), editor, self._desk)

    def _fixed(self, name: FieldRef, label: str, editor: Editor) -> FieldRow:
        return FieldRow(name, label, Plan(FieldKind.TEXT), editor, self._desk, is_fixed=True)

    def _read_number(self, text: str, _instead_of: Value) -> Json:
        e164 = to_e164(text, self._phone_region)
        if e164 is None:
            raise Unreadable(NUMBER_HINT)
        return e164

    def _explain_number(self) -> None:
        remove = None if self._desk.is_locked else self._stored_row.clear_field
        change = None if self._desk.is_locked else self.number_wanted.emit
        acts = NumberActs(change=change, remove=remove, add_new=lambda: self.add_wanted.emit(()))
        NumberHelp(acts, self.window()).open()

    def _explain_new_number(self) -> None:
        external_id = self._desk.edit.opened.external_person_id
        acts = NumberActs()
        if external_id:
            known = (Identifier(IdentifierKind.EXTERNAL_ID, external_id),)
            acts = NumberActs(add_same=lambda: self.add_wanted.emit(known))
        NewNumberHelp(acts, self.window()).open()

    def _show_lock(self) -> None:
        for row in (self._external_id, self._number, self._stored_row):
            row.show_lock()

    def _show_times(self, person: Person) -> None:
        """Tell when the record was made and changed, and its time zone; the tooltip as they came."""
        times = [("Created", person.created_at), ("updated", person.updated_at)]
        parts = [(word, text, _local_words(text)) for word, text in times if text]
        if person.timezone:
            parts.append(("time zone", person.timezone, visible(person.timezone)))
        self._times.set_full_text(" · ".join(f"{word} {shown}" for word, _, shown in parts))
        source = person.raw.get("timezone_source")
        spelled = [f"{word}: {visible(text)}" for word, text, _ in parts]
        spelled += [f"time zone known from: {one_line(source)}"] if source is not None else []
        self._times.set_more("\n".join(spelled))
        self._times_row.setVisible(bool(parts))


class _IdRow(FormRow):
    """An ID of the platform's own, to read and copy."""

    def __init__(self, label: str) -> None:
        self._text = ElidedLabel(role=TextRole.MONO)
        self._copy = CopyButton(label[0].lower() + label[1:])
        super().__init__(label, _in_line(self._text, self._copy))

    def show_id(self, value: str | None) -> None:
        self._text.set_full_text(visible(value or ""))
        self._copy.set_value(value or "")
        self.setVisible(bool(value))


def _in_line(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return holder


def _copy_in_field(row: FieldRow, what: str) -> CopyButton:
    copy = CopyButton(what)
    copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    row.add_to_field(copy)
    return copy


def _local_words(text: str) -> str:
    stamp = read_stamp(text)
    return visible(text) if stamp is None or stamp.moment is None else moment_words(stamp.moment)
