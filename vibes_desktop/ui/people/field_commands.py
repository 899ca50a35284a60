"""Commands for the field the cursor is in, and its menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication

from vibes_desktop.model.fields import FieldKind, FieldRef
from vibes_desktop.model.jsonvalue import dump
from vibes_desktop.people.catalogue import spec_of
from vibes_desktop.ui.people.add_field_sheet import KINDS, AddFieldSheet
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import CLEAR_KEY
from vibes_desktop.ui.people.field_menu import (
    JSON_KEY,
    REVEAL_KEY,
    REVEAL_WORDS,
    REVERT_KEY,
    FieldActs,
    menu_for,
)
from vibes_desktop.ui.people.field_row import FieldRow, fits_kind
from vibes_desktop.ui.people.field_view import view_of
from vibes_desktop.ui.people.json_sheet import open_json, text_of
from vibes_desktop.ui.people.record_keeper import RecordKeeper
from vibes_desktop.ui.people.record_view import RecordView
from vibes_desktop.ui.privacy import MASKED_COPY
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import PageId

FIRST_PROBLEM = "Type a value, or revert the field."
_PAGE = PageId.PEOPLE


class FieldCommands(QObject):
    """Clear, revert, copy, reveal, edit as JSON, another kind, add a field."""

    told = Signal(str)  # what was copied, for the status bar

    def __init__(self, desk: EditDesk, view: RecordView, keeper: RecordKeeper) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._keeper = keeper
        self._acts = FieldActs(
            copy=self._copy,
            reveal=lambda row: desk.reveal(row.name),
            edit_json=self._edit_json,
            set_kind=lambda row, kind: keeper.set_kind(row.name, kind),
            fits=self._fits,
        )
        view.custom.add_requested.connect(self.add_field)
        view.menu_wanted.connect(self._open_menu)

    def commands(self) -> list[Command]:
        """List them, for the palette and the keyboard."""
        view = self._view
        return [
            self._on_row("field.clear", "Clear this field", FieldRow.clear_field, CLEAR_KEY, edits=True),
            self._on_row("field.revert", "Revert this field", FieldRow.revert_field, REVERT_KEY, edits=True),
            self._on_row("field.copy", "Copy this field's value", self._copy),
            self._reveal_command(),
            self._on_row("field.json", "Edit this field as JSON…", self._edit_json, JSON_KEY, custom=True),
            self._on_row("field.menu", "Open this field's menu", self._menu_at_row, "Alt+Return"),
            Command("field.add", "Add a field…", self.add_field, "Ctrl+Shift+F", self._can_add, _PAGE),
            Command(
                "field.filter",
                "Filter the custom fields",
                view.custom.focus_filter,
                "Ctrl+F",
                view.isVisible,
                _PAGE,
            ),
            *(self._of_kind(kind, words) for kind, words in KINDS),
        ]

    def add_field(self) -> None:
        """Ask for a field that the record does not have yet."""
        if not self._can_add():
            return
        edit = self._desk.edit
        sheet = AddFieldSheet(self._keeper.specs, edit.problem_of_new_field, self._view.window())
        sheet.accepted.connect(lambda: self._take(sheet))
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _take(self, sheet: AddFieldSheet) -> None:
        spec = sheet.spec
        name = FieldRef(spec.name)
        self._view.use_specs((*(each for each in self._keeper.specs if each.name != spec.name), spec))
        self._desk.set_unfinished(name, "", FIRST_PROBLEM)
        self._view.custom.show_edit(self._view.specs)
        self._view.focus_field(name)

    def _can_add(self) -> bool:
        return self._view.isVisible() and not self._desk.is_locked

    def _open_menu(self, row: FieldRow, place: QPoint) -> None:
        menu_for(row, self._desk, self._acts, self._view).popup(place)

    def _menu_at_row(self, row: FieldRow) -> None:
        self._open_menu(row, row.menu_place())

    def _of_kind(self, kind: FieldKind, words: str) -> Command:
        def fits() -> bool:
            row = self._row(custom=True)
            return row is not None and self._fits(row, kind)

        def run() -> None:
            row = self._row(custom=True)
            if row is not None:
                self._keeper.set_kind(row.name, kind)

        return Command(f"field.kind.{kind}", f"Edit this field as: {words}", run, "", fits, _PAGE)

    def _fits(self, row: FieldRow, kind: FieldKind) -> bool:
        spec = spec_of(self._view.specs, row.name.name)
        return fits_kind(kind, view_of(self._desk.edit, row.name), spec)

    def _edit_json(self, row: FieldRow) -> None:
        text = text_of(self._desk.shown.value(row.name))
        take = None if self._desk.is_locked else lambda new: self._desk.set(row.name, new)
        open_json(row.name.name, text, self._view.window(), take)

    def _on_row(
        self,
        command_id: str,
        title: str,
        act: Callable[[FieldRow], object],
        key: str = "",
        *,
        custom: bool = False,
        edits: bool = False,
    ) -> Command:
        """Make a command that acts on the row the cursor is in."""

        def fits() -> bool:
            return self._row(custom=custom) is not None and not (edits and self._desk.is_locked)

        def run() -> None:
            row = self._row(custom=custom)
            if row is not None:
                act(row)

        return Command(command_id, title, run, key, fits, _PAGE)

    def _copy(self, row: FieldRow) -> None:
        value = row.copied_value()
        QGuiApplication.clipboard().setText(value if isinstance(value, str) else dump(value))
        self.told.emit(MASKED_COPY if self._desk.is_hidden(row.name) else "Copied")

    def _reveal_command(self) -> Command:
        def fits() -> bool:
            row = self._row(custom=False)
            return row is not None and self._desk.is_hidden(row.name)

        def run() -> None:
            row = self._row(custom=False)
            if row is not None:
                self._desk.reveal(row.name)

        return Command("field.reveal", REVEAL_WORDS, run, REVEAL_KEY, fits, _PAGE)

    def _row(self, *, custom: bool) -> FieldRow | None:
        found = self._view.row_with_focus()
        return found if found is not None and (found.name.is_custom or not custom) else None
