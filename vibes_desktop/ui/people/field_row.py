"""One field of the record's form: its editor, what it was before, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QWidget

from vibes_desktop.model.fields import ABSENT, EXTERNAL_ID, FieldKind, FieldRef, FieldSpec
from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.people.catalogue import editor_kind, options_for
from vibes_desktop.people.display import display_text
from vibes_desktop.people.edit import FieldState, PersonEdit, Unfinished
from vibes_desktop.ui.people.date_editor import DateEditor
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import (
    ChoiceEditor,
    Editor,
    LineEditor,
    Read,
    fits_line,
    worded,
    yes_no_editor,
)
from vibes_desktop.ui.people.json_editor import JsonEditor
from vibes_desktop.ui.people.multiple_choice import MultipleChoiceEditor
from vibes_desktop.ui.widgets import fields
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.form import FormRow
from vibes_desktop.ui.widgets.pill import Pill, Tone

WORDS_BEFORE = 40  # characters of the value before, beside the editor


class FieldRow(FormRow):
    """A field with its three states: untouched, set, cleared."""

    def __init__(
        self,
        field: FieldRef,
        label: str,
        kind: FieldKind,
        editor: Editor,
        desk: EditDesk,
        *,
        is_locked: bool = False,
    ) -> None:
        self._box = fields.FieldBox(editor)
        self._revert = link_button("Revert", on_click=lambda: desk.revert(field))
        self._revert.setAccessibleName(f"Revert {field}")
        # Alt+Backspace is its key: in a form, Tab goes from value to value.
        self._revert.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().__init__(label, self._box, self._revert)
        self.name = field
        self.kind = kind
        self.editor = editor
        self._desk = desk
        self._untouched = fields.FieldLook.LOCKED if is_locked else fields.FieldLook.PLAIN
        self._state: FieldState | None = None
        editor.edited.connect(lambda value: desk.set(field, value))
        editor.unfinished.connect(lambda text, problem: desk.set_unfinished(field, text, problem))

    def refresh(self, edit: PersonEdit, problem: str | None) -> None:
        """Show the field as it stands in the edit."""
        value = edit.value(self.name)
        self.editor.original = edit.original(self.name)
        with QSignalBlocker(self.editor):
            self.editor.show_value(value)
        state = edit.state(self.name)
        if state is not self._state:
            self._show_state(state)
        is_bad = problem is not None and state is not FieldState.UNTOUCHED
        self._box.set_look(self._look(state, is_bad=is_bad))
        self._box.set_note("" if state is FieldState.UNTOUCHED else self._before(edit))
        self.set_error(problem or "" if is_bad else "")

    def add_to_field(self, widget: QWidget) -> None:
        """Put a small button at the end of the field."""
        self._box.add_trailing(widget)

    def clear_field(self) -> None:
        """Have the platform remove the value."""
        self._desk.set(self.name, None)

    def revert_field(self) -> None:
        """Forget the edit."""
        self._desk.revert(self.name)

    def copied_value(self) -> Json:
        """Return the value as it stands, for the clipboard."""
        value = self._desk.edit.value(self.name)
        return value.text if isinstance(value, Unfinished) else None if value is ABSENT else value

    def _show_state(self, state: FieldState) -> None:
        self._state = state
        self.set_changed(state is not FieldState.UNTOUCHED)
        self._revert.setVisible(state is not FieldState.UNTOUCHED)
        self._box.set_lead(Pill("Will be cleared", Tone.BAD) if state is FieldState.CLEARED else None)

    def _look(self, state: FieldState, *, is_bad: bool) -> fields.FieldLook:
        if is_bad:
            return fields.FieldLook.BAD
        return self._untouched if state is FieldState.UNTOUCHED else fields.FieldLook.CHANGED

    def _before(self, edit: PersonEdit) -> str:
        original = edit.original(self.name)
        words = display_text(original, self.kind, WORDS_BEFORE)
        quoted = isinstance(original, str) and original and self.kind is not FieldKind.DATE
        return f"was “{words}”" if quoted else f"was {words}"


def custom_row(field: FieldRef, spec: FieldSpec | None, desk: EditDesk) -> FieldRow:
    """Make the row of a custom field, with the editor that fits its value."""
    kind, options = plan_of(field, spec, desk.edit)
    return FieldRow(field, field.name, kind, _editor_of(field.name, kind, options), desk)


def plan_of(
    field: FieldRef, spec: FieldSpec | None, edit: PersonEdit
) -> tuple[FieldKind, tuple[JsonObject, ...]]:
    """Choose the kind of editor a field gets, and its options."""
    original = edit.original(field)
    kind = editor_kind(spec, original)
    if kind in _LINE_KINDS and isinstance(original, str) and not fits_line(original):
        return FieldKind.JSON, ()
    return kind, options_for(spec, original) if kind in _CHOICE_KINDS else ()


def identity_row(field: FieldRef, label: str, desk: EditDesk, read_text: Read | None = None) -> FieldRow:
    """Make the row of the external ID or of a number that can be typed."""
    editor = LineEditor(label, FieldKind.TEXT, read_text=read_text, mono=field == EXTERNAL_ID)
    return FieldRow(field, label, FieldKind.TEXT, editor, desk)


_LINE_KINDS = frozenset({FieldKind.TEXT, FieldKind.UNKNOWN, FieldKind.DATE})
_CHOICE_KINDS = frozenset({FieldKind.SINGLE_CHOICE, FieldKind.MULTIPLE_CHOICE})


def _editor_of(name: str, kind: FieldKind, options: tuple[JsonObject, ...]) -> Editor:
    match kind:
        case FieldKind.YES_NO:
            return yes_no_editor(name)
        case FieldKind.DATE:
            return DateEditor(name)
        case FieldKind.SINGLE_CHOICE:
            return ChoiceEditor(name, worded(options))
        case FieldKind.MULTIPLE_CHOICE:
            return MultipleChoiceEditor(name, worded(options))
        case FieldKind.JSON:
            return JsonEditor(name)
        case _:
            return LineEditor(name, kind if kind is FieldKind.NUMBER else FieldKind.TEXT)
