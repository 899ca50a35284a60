"""The menu of one field: everything that can be done with it, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from vibes_desktop.model.fields import FieldKind
from vibes_desktop.people.display import visible
from vibes_desktop.people.edit import FieldState
from vibes_desktop.ui.people.add_field_sheet import KINDS
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import CLEAR_KEY
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.field_view import is_set, view_of
from vibes_desktop.ui.widgets.plain import literal

REVERT_KEY = "Alt+Backspace"
JSON_KEY = "Alt+J"
REVEAL_KEY = "Alt+V"
REVEAL_WORDS = "Show this value for 10 seconds"
CLEAR_WORDS = "Clear: the platform removes the value"


@dataclass(frozen=True, slots=True)
class FieldActs:
    """What the menu does beyond what a row can do itself."""

    copy: Callable[[FieldRow], object]
    reveal: Callable[[FieldRow], object]
    edit_json: Callable[[FieldRow], object]
    set_kind: Callable[[FieldRow, FieldKind], object]
    fits: Callable[[FieldRow, FieldKind], bool]


def menu_for(row: FieldRow, desk: EditDesk, acts: FieldActs, parent: QWidget) -> QMenu:
    """Make the menu; it deletes itself once it was closed."""
    line = row.editor.line_edit
    menu = QMenu(parent) if line is None else line.createStandardContextMenu()
    menu.setAccessibleName(f"Field {visible(row.name.name)}")
    if line is not None:
        menu.setParent(parent, menu.windowFlags())
        menu.addSeparator()
    view = view_of(desk.edit, row.name)
    is_free = not desk.is_locked
    _add(menu, CLEAR_WORDS, row.clear_field, CLEAR_KEY, enabled=is_free and is_set(view.value))
    is_touched = view.state is not FieldState.UNTOUCHED
    _add(menu, "Revert", row.revert_field, REVERT_KEY, enabled=is_free and is_touched)
    _add(menu, "Copy the value", lambda: acts.copy(row), enabled=is_set(view.value))
    if desk.is_hidden(row.name):
        _add(menu, REVEAL_WORDS, lambda: acts.reveal(row), REVEAL_KEY)
    if row.name.is_custom:
        words = "Edit as JSON…" if is_free else "Show as JSON…"
        _add(menu, words, lambda: acts.edit_json(row), JSON_KEY)
        menu.addMenu(_kinds(row, acts, menu))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _kinds(row: FieldRow, acts: FieldActs, menu: QMenu) -> QMenu:
    """Offer the kinds that the value can be shown as; a field keeps its kind in this profile."""
    kinds = QMenu("Kind", menu)
    group = QActionGroup(kinds)
    for kind, words in (*KINDS, (FieldKind.UNKNOWN, "As learned from what was seen")):
        action = _add(kinds, words, partial(acts.set_kind, row, kind))
        action.setCheckable(True)
        action.setChecked(kind is row.plan.kind and kind is not FieldKind.UNKNOWN)
        action.setEnabled(acts.fits(row, kind))
        group.addAction(action)
    return kinds


def _add(
    menu: QMenu, words: str, act: Callable[[], object], key: str = "", *, enabled: bool = True
) -> QAction:
    action = menu.addAction(literal(words))
    if key:
        # Shown only: the key itself belongs to the page's command.
        action.setText(
            f"{literal(words)}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}"
        )
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked=False: act())
    return action
