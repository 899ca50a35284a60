"""The card of custom fields: a row each, a filter, and a way to add one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vibes_desktop.model.fields import FieldKind, FieldRef, FieldSpec
from vibes_desktop.model.jsonvalue import JsonObject
from vibes_desktop.people.catalogue import spec_of
from vibes_desktop.people.display import one_line
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_row import FieldRow, custom_row, plan_of
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.card import PADDING, Card
from vibes_desktop.ui.widgets.fields import line_edit
from vibes_desktop.ui.widgets.form import FormGrid
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

ROWS_AT_ONCE = 24  # more than a window shows; the rest follows in slices
FILTER_WIDTH = 180

Plan = tuple[FieldRef, FieldKind, tuple[JsonObject, ...]]


class CustomFieldsCard(Card):
    """The form's custom fields. Rows are kept from record to record where they fit."""

    add_requested = Signal()

    def __init__(self, desk: EditDesk) -> None:
        self._count = plain_label("", TextRole.SMALL_MUTED)
        self._filter = line_edit("Filter the custom fields", placeholder="Filter")
        self._filter.setFixedWidth(FILTER_WIDTH)
        self._filter.setClearButtonEnabled(True)
        super().__init__("Custom fields", _side_by_side(self._count, self._filter), ruled=True)
        self._desk = desk
        self._specs: Sequence[FieldSpec] = ()
        self._plans: list[Plan] = []
        self._grid = FormGrid()
        self.add(self._grid)
        self._none = plain_label("", TextRole.MUTED)
        self._none.setContentsMargins(PADDING, 10, PADDING, 10)
        self.add(self._none)
        self.add(self._foot())
        self._filter.textChanged.connect(self._apply_filter)
        self._grid.filled.connect(self._tell)

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows made so far."""
        return tuple(row for row in self._grid.rows if isinstance(row, FieldRow))

    @property
    def is_complete(self) -> bool:
        """Tell whether every field has its row."""
        return len(self._grid.rows) == len(self._plans)

    def show_edit(self, specs: Sequence[FieldSpec]) -> None:
        """Show the fields of the edit on the desk."""
        self._specs = specs
        edit = self._desk.edit
        custom = [field for field in edit.fields if field.is_custom]
        plans = [(field, *plan_of(field, spec_of(specs, field.name), edit)) for field in custom]
        self._filter.clear()
        if plans == self._plans and self.is_complete:
            self._refresh_all()
        else:
            self._plans = plans
            self._grid.fill([partial(self._make_row, field) for field in custom], at_once=ROWS_AT_ONCE)
        self._tell()

    def refresh_field(self, field: FieldRef, specs: Sequence[FieldSpec]) -> None:
        """Show one field as it stands now; a field that is new gets its row."""
        is_there = any(field == plan[0] for plan in self._plans)
        if is_there != (field in self._desk.edit.fields):
            self.show_edit(specs)
            return
        problem = self._desk.edit.problems().get(field)
        for row in self.rows:
            if row.name == field:
                row.refresh(self._desk.edit, problem)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._filter.setFocus()

    def finish(self) -> None:
        """Make every row that is still missing, now."""
        self._grid.finish()

    def _foot(self) -> QWidget:
        add = button("Add a field…", on_click=self.add_requested.emit)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(PADDING - 1, 8, PADDING - 1, 8)
        line.addWidget(add)
        line.addStretch(1)
        return foot

    def _make_row(self, field: FieldRef) -> FieldRow:
        edit = self._desk.edit
        row = custom_row(field, spec_of(self._specs, field.name), self._desk)
        row.refresh(edit, edit.problems().get(field))
        return row

    def _refresh_all(self) -> None:
        problems = self._desk.edit.problems()
        for row in self.rows:
            row.refresh(self._desk.edit, problems.get(row.name))

    def _apply_filter(self) -> None:
        self.finish()
        for row in self._grid.rows:
            row.setVisible(isinstance(row, FieldRow) and self._matches(row))
        self._grid.update()
        self._tell()

    def _matches(self, row: FieldRow) -> bool:
        wanted = self._filter.text().strip().casefold()
        if not wanted or row.changed or wanted in row.name.name.casefold():
            return True
        value = self._desk.edit.value(row.name)
        return wanted in (value.text if isinstance(value, Unfinished) else one_line(value)).casefold()

    def _tell(self) -> None:
        total = len(self._plans)
        shown = sum(not row.isHidden() for row in self._grid.rows)
        counted = f"{total:,} field" if total == 1 else f"{total:,} fields"
        self._count.setText(f"{shown:,} of {counted}" if self._filter.text().strip() else counted)
        self._filter.setVisible(total > 1)
        self._none.setText("No custom fields yet." if not total else "No field matches the filter.")
        self._none.setVisible(not total or not shown)


def _side_by_side(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 5, 0, 5)
    line.setSpacing(12)
    for widget in widgets:
        line.addWidget(widget)
    return holder
