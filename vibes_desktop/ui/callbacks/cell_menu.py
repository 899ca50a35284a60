"""What can be done with a cell: ask for its like, leave its like out, sort, copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from vibes_desktop.callbacks.query import Term
from vibes_desktop.ui.callbacks.refining import holds
from vibes_desktop.ui.callbacks.table_columns import TRAITS
from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.widgets.key_hint import hint_text
from vibes_desktop.ui.widgets.plain import literal

VALUE_SHOWN = 40  # characters
DAYS = ("date", "received", "optout")  # a moment asks for its day


@dataclass(frozen=True, slots=True)
class TableActs:
    """What the menu needs of the page; `more` are commands for the payload, put at the end."""

    copy_value: Callable[[], object]
    copy_rows: Callable[[], object]
    choose_columns: Callable[[], object]
    more: Callable[[], Sequence[Command]]


class CellMenu(QMenu):
    """The menu of the table's current cell."""

    def __init__(self, viewer: Viewer, table: PayloadTable, acts: TableActs, parent: QWidget) -> None:
        super().__init__(parent)
        self._viewer = viewer
        row, self._field = table.current_row, table.current_field
        if row is not None:
            term = table.payloads.cells.term(row, self._field)
            if term is not None:
                shown = term.value if term.field in DAYS else table.payloads.cells.text(row, self._field)
                self._add_questions(term, shown)
        self._item(f"Sort by {TRAITS[self._field].title}", partial(table.sort_by, self._field), "S")
        self._item("Choose columns…", acts.choose_columns)
        if row is not None:
            self.addSeparator()
            self._item("Copy the value", acts.copy_value, "Ctrl+C")
            count = len(table.selected_rows)
            self._item("Copy the row" if count <= 1 else f"Copy {count:,} rows", acts.copy_rows)
            for command in acts.more():
                self._item(command.title, command.run, command.shortcut, enabled=command.enabled())

    def _add_questions(self, term: Term, shown: str) -> None:
        title, viewer = TRAITS[self._field].title, self._viewer
        value = shown or viewer.privacy.text(term.value)
        value = value if len(value) <= VALUE_SHOWN else value[: VALUE_SHOWN - 1] + "…"
        if holds(viewer.query, term):
            self._item(f"No longer only {title}: {value}", partial(viewer.toggle, term), "F")
        else:
            self._item(f"Only {title}: {value}", partial(viewer.toggle, term), "F")
        self._item(f"Without {title}: {value}", partial(viewer.exclude, term), "X")
        self.addSeparator()

    def _item(self, text: str, run: Callable[[], object], keys: str = "", *, enabled: bool = True) -> None:
        hint = f"\t{hint_text(keys)}" if keys else ""
        action = self.addAction(literal(text) + hint)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: run())
