"""Commands for the field the cursor is in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from vibes_desktop.model.fields import FieldKind, FieldRef
from vibes_desktop.model.jsonvalue import dump
from vibes_desktop.ui.people.add_field_sheet import KINDS, AddFieldSheet
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.json_editor import edit_as_json
from vibes_desktop.ui.people.record_keeper import RecordKeeper
from vibes_desktop.ui.people.record_view import RecordView
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import PageId

FIRST_PROBLEM = "Type a value, or revert the field."


class FieldCommands(QObject):
    """Clear, revert, copy, edit as JSON, another kind, add a field."""

    def __init__(self, desk: EditDesk, view: RecordView, keeper: RecordKeeper) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._keeper = keeper
        view.custom.add_requested.connect(self.add_field)

    def commands(self) -> list[Command]:
        """List them, for the palette and the keyboard."""
        kinds = [
            self._on_row(
                f"field.kind.{kind}", f"Edit this field as: {words}", self._as_kind(kind), custom=True
            )
            for kind, words in KINDS
        ]
        return [
            self._on_row("field.clear", "Clear this field", FieldRow.clear_field, "Alt+Delete"),
            self._on_row("field.revert", "Revert this field", FieldRow.revert_field, "Alt+Backspace"),
            self._on_row("field.copy", "Copy this field's value", _copy),
            self._on_row("field.json", "Edit this field as JSON…", self._edit_json, "Alt+J", custom=True),
            Command("field.add", "Add a field…", self.add_field, "Ctrl+Shift+F", self._view.isVisible, _PAGE),
            Command(
                "field.filter",
                "Filter the custom fields",
                self._view.custom.focus_filter,
                "Ctrl+F",
                self._view.isVisible,
                _PAGE,
            ),
            *kinds,
        ]

    def add_field(self) -> None:
        """Ask for a field that the record does not have yet."""
        edit = self._desk.edit
        sheet = AddFieldSheet(self._keeper.specs, edit.problem_of_new_field, self._view.window())
        sheet.accepted.connect(lambda: self._take(sheet))
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _take(self, sheet: AddFieldSheet) -> None:
        spec = sheet.spec
        field = FieldRef(spec.name)
        self._view.use_specs((*(each for each in self._keeper.specs if each.name != spec.name), spec))
        self._desk.set_unfinished(field, "", FIRST_PROBLEM)
        self._view.focus_field(field)

    def _as_kind(self, kind: FieldKind) -> Callable[[FieldRow], None]:
        return lambda row: self._keeper.set_kind(row.name.name, kind)

    def _edit_json(self, row: FieldRow) -> None:
        edit_as_json(
            row.name.name, row.copied_value(), self._view.window(), lambda v: self._desk.set(row.name, v)
        )

    def _on_row(
        self,
        command_id: str,
        title: str,
        act: Callable[[FieldRow], None],
        key: str = "",
        *,
        custom: bool = False,
    ) -> Command:
        """Make a command that acts on the row the cursor is in."""

        def row() -> FieldRow | None:
            found = self._view.row_with_focus()
            return found if found is not None and (found.name.is_custom or not custom) else None

        def run() -> None:
            found = row()
            if found is not None:
                act(found)

        return Command(command_id, title, run, key, lambda: row() is not None, _PAGE)


_PAGE = PageId.PEOPLE


def _copy(row: FieldRow) -> None:
    value = row.copied_value()
    QGuiApplication.clipboard().setText(value if isinstance(value, str) else dump(value))
