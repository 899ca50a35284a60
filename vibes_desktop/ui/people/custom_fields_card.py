"""The card of custom fields: a row each, a filter, and a way to add one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from vibes_desktop.model.fields import FieldRef, FieldSpec
from vibes_desktop.people.display import one_line
from vibes_desktop.people.edit import PersonEdit, Unfinished
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_row import FieldRow, custom_row, plan_of
from vibes_desktop.ui.people.field_view import FieldView, view_of, views_of
from vibes_desktop.ui.people.slices import Slices
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.card import PADDING, Card
from vibes_desktop.ui.widgets.fields import line_edit
from vibes_desktop.ui.widgets.form import FormGrid
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

ROWS_AT_ONCE = 12  # about a window of them; the rest follows in slices
FILTER_WIDTH = 180
_DOWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class CustomFieldsCard(Card):
    """The form's custom fields. Rows are kept from record to record where the fields are the same."""

    add_requested = Signal()

    def __init__(self, desk: EditDesk) -> None:
        self.count = plain_label("", TextRole.SMALL_MUTED)
        self.filter = line_edit("Filter the custom fields", placeholder="Filter")
        self.filter.setFixedWidth(FILTER_WIDTH)
        self.filter.setClearButtonEnabled(True)
        super().__init__("Custom fields", _side_by_side(self.count, self.filter), ruled=True)
        self._desk = desk
        self._specs: Mapping[str, FieldSpec] = {}
        self._names: list[FieldRef] = []
        self._views: Mapping[FieldRef, FieldView] = {}
        self._person = desk.edit.opened
        self._grid = FormGrid(round_bottom=False)
        self.add(self._grid)
        self._slices = Slices(self)
        self._slices.done.connect(self._tell)
        self._showing = Slices(self)
        self.none = plain_label("", TextRole.MUTED)
        self.none.setContentsMargins(PADDING, 10, PADDING, 10)
        self.add(self.none)
        self.add(self._foot())
        self.filter.textChanged.connect(self._apply_filter)
        self.filter.installEventFilter(self)
        desk.lock_changed.connect(self._show_lock)
        desk.privacy.changed.connect(self._show_masking)
        self._show_masking()

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows made so far."""
        return tuple(row for row in self._grid.rows if isinstance(row, FieldRow))

    @property
    def is_complete(self) -> bool:
        """Tell whether every field has its row, and every row its value."""
        return len(self._grid.rows) == len(self._names) and not self._slices.is_running

    def show_edit(self, specs: Sequence[FieldSpec]) -> None:
        """Show the fields of the edit on the desk; for a person to be added, all that the catalogue knows."""
        self._specs = {spec.name: spec for spec in specs}
        edit = self._desk.edit
        self._slices.stop()
        self._showing.stop()
        if not edit.opened.is_same_person(self._person):
            with QSignalBlocker(self.filter):
                self.filter.clear()
        self._person = edit.opened
        self._names = _fields_of(edit, specs)
        self._views = self._desk.looked_at(views_of(edit, self._names))
        if self._can_keep_rows():
            self._show_kept()
        else:
            self._begin_grid()
            makers = [partial(self._make_row, name) for name in self._names]
            self._grid.fill(makers, at_once=ROWS_AT_ONCE)
        self._tell()

    def refresh_field(self, name: FieldRef) -> None:
        """Show one field as it stands now; one that was added gets its row, one taken back loses it."""
        edit = self._desk.edit
        is_own = name.name in edit.opened.custom_fields or (edit.is_new and name.name in self._specs)
        if (is_own or name in edit.entries) != any(
            name == row.name for row in self._grid.rows if isinstance(row, FieldRow)
        ):
            self.show_edit(tuple(self._specs.values()))
            return
        for row in self.rows:
            if row.name == name:
                self._show(row, self._desk.looked_at({name: view_of(edit, name)})[name])

    def row_of(self, name: FieldRef) -> FieldRow | None:
        """Find the row of a field, made now if it has to be."""
        if not self.is_complete and name in self._names:
            self._grid.finish()
            self._slices.finish()
        return next((row for row in self.rows if row.name == name), None)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            shown = next((row for row in self.rows if not row.isHidden()), None)
            if event.key() in _DOWN_KEYS and not event.modifiers() and shown is not None:
                shown.take_focus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _can_keep_rows(self) -> bool:
        kept = [row.name for row in self.rows if row.name in self._views]
        missing = len(self._names) - len(kept)
        return bool(kept) and kept == self._names[: len(kept)] and missing <= ROWS_AT_ONCE

    def _show_kept(self) -> None:
        """Show other values in the rows there are; take away and add the few that differ.

        What is in view, or has the cursor, comes first; the others follow in slices.
        """
        for row in self.rows:
            if row.name not in self._views:
                self._grid.remove_row(row)
        for name in self._names[len(self._grid.rows) :]:
            self._grid.add_row(self._make_row(name))
        first = [row for i, row in enumerate(self.rows) if i < ROWS_AT_ONCE or row.has_focus]
        later = [row for row in self.rows if row not in first]
        for row in later:
            row.let_wait()
        for row in first:
            self._renew(row)
        self._slices.run(partial(self._renew, row) for row in later)

    def _begin_grid(self) -> None:
        """Begin with a new grid: taking hundreds of rows out of the old one is slower."""
        old, self._grid = self._grid, FormGrid(round_bottom=False)
        self._grid.filled.connect(self._tell)
        self.body.replaceWidget(old, self._grid)
        old.hide()
        old.deleteLater()

    def _renew(self, row: FieldRow) -> None:
        view = self._views[row.name]
        plan = plan_of(self._specs.get(row.name.name), view)
        if plan != row.plan:
            row.use_plan(plan)
        row.refresh(view)
        row.setVisible(self._matches(row))

    def _make_row(self, name: FieldRef) -> FieldRow:
        view = self._views[name]
        row = custom_row(name, plan_of(self._specs.get(name.name), view), self._desk, self._grid)
        row.refresh(view)
        if not self._matches(row):
            row.hide()
        before = self.rows[-1:]
        QWidget.setTabOrder(before[0].tab_stop if before else self.filter, row.tab_stop)
        return row

    def _show(self, row: FieldRow, view: FieldView) -> None:
        """Show a field; a value that came from elsewhere may need another editor than the one typed in."""
        if not row.editor.can_show(view.value):
            row.use_plan(plan_of(self._specs.get(row.name.name), view))
        row.refresh(view)

    def _show_lock(self) -> None:
        for row in self.rows:
            row.show_lock()

    def _foot(self) -> QWidget:
        add = button("Add a field…", shortcut_hint="Ctrl+Shift+F", on_click=self.add_requested.emit)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(PADDING - 1, 8, PADDING - 1, 8)
        line.addWidget(add)
        line.addStretch(1)
        return foot

    def _show_masking(self) -> None:
        """Hide what is typed to filter by: it may be a value."""
        is_masking = self._desk.privacy.is_masking
        self.filter.setEchoMode(QLineEdit.EchoMode.Password if is_masking else QLineEdit.EchoMode.Normal)

    def _apply_filter(self) -> None:
        """Hide what doesn't match now, which is quick, and show what does in slices."""
        rows = self.rows
        matches = [self._matches(row) for row in rows]
        for row, fits in zip(rows, matches, strict=True):
            if not fits:
                row.hide()
        hidden = [row for row, fits in zip(rows, matches, strict=True) if fits and row.isHidden()]
        self._showing.run(row.show for row in hidden)
        self._grid.update()
        self._tell()

    def _matches(self, row: FieldRow) -> bool:
        wanted = self.filter.text().strip().casefold()
        if not wanted or wanted in row.name.name.casefold():
            return True
        value = self._desk.shown.entries.get(row.name, self._views[row.name].original)
        return wanted in (value.text if isinstance(value, Unfinished) else one_line(value)).casefold()

    def _tell(self) -> None:
        total = len(self._names)
        shown = sum(self._matches(row) for row in self.rows)
        counted = f"{total:,} field" if total == 1 else f"{total:,} fields"
        is_filtered = bool(self.filter.text().strip())
        self.count.setText(f"{shown:,} of {counted}" if is_filtered else counted)
        self.filter.setVisible(total > 1)
        self.none.setText("No field matches the filter." if total else "No custom fields yet.")
        self.none.setVisible(not total or (is_filtered and not shown))


def _fields_of(edit: PersonEdit, specs: Sequence[FieldSpec]) -> list[FieldRef]:
    known = [FieldRef(spec.name) for spec in specs] if edit.is_new else []
    return list(dict.fromkeys([*known, *(name for name in edit.fields if name.is_custom)]))


def _side_by_side(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 5, 0, 5)
    line.setSpacing(12)
    for widget in widgets:
        line.addWidget(widget)
    return holder
