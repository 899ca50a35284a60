"""One field of the record's form: its editor, what it was before, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QContextMenuEvent, QEnterEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from vibes_desktop.model.fields import ABSENT, FieldKind, FieldRef, FieldSpec
from vibes_desktop.model.jsonvalue import Json, JsonObject
from vibes_desktop.people.catalogue import editor_kind, kind_of, options_for
from vibes_desktop.people.display import display_text, visible
from vibes_desktop.people.edit import FieldState, Unfinished
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.date_editor import DateEditor
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import ChoiceEditor, Editor, LineEditor, fits_line, worded, yes_no_editor
from vibes_desktop.ui.people.field_view import FieldView
from vibes_desktop.ui.people.json_editor import JsonEditor
from vibes_desktop.ui.people.multiple_choice import MultipleChoiceEditor
from vibes_desktop.ui.widgets import fields
from vibes_desktop.ui.widgets.buttons import icon_button, link_button, pill_button
from vibes_desktop.ui.widgets.form import FormRow
from vibes_desktop.ui.widgets.pill import Pill, Tone

WORDS_BEFORE = 40  # characters of the value before, beside the editor
_LINE_KINDS = frozenset({FieldKind.TEXT, FieldKind.UNKNOWN, FieldKind.DATE})
_CHOICE_KINDS = frozenset({FieldKind.SINGLE_CHOICE, FieldKind.MULTIPLE_CHOICE})


@dataclass(frozen=True, slots=True)
class Plan:
    """Which editor a field gets. UNKNOWN is a line of text with a switch."""

    kind: FieldKind
    options: tuple[JsonObject, ...] = ()


class FieldRow(FormRow):
    """A field with its three states: untouched, set, cleared."""

    def __init__(
        self,
        name: FieldRef,
        label: str,
        plan: Plan,
        editor: Editor,
        desk: EditDesk,
        *,
        is_fixed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._box = _box_of(editor)
        super().__init__(label, self._box, parent=parent)
        self.name = name
        self.plan = plan
        self.editor = editor
        self._desk = desk
        self._is_fixed = is_fixed
        self._state: FieldState | None = None
        self._ways: _Ways | None = None
        self._is_stale = False
        self._take_editor(editor)

    @property
    def tab_stop(self) -> QWidget:
        """What Tab stops at."""
        return self.editor.control

    @property
    def has_focus(self) -> bool:
        """Tell whether the cursor is in it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor into the field."""
        self.tab_stop.setFocus(reason)

    def let_wait(self) -> None:
        """Take no edits until the row is refreshed: it still shows another record."""
        self._is_stale = True

    def use_plan(self, plan: Plan) -> None:
        """Show another editor, in the same place."""
        had_focus = self.has_focus
        old, editor = self._box, _editor_of(self.name.name, plan)
        self._box = self.field = _box_of(editor)
        self._grid.replaceWidget(old, self._box)
        QWidget.setTabOrder(self.tab_stop, editor.control)
        old.hide()
        old.deleteLater()
        self.plan, self.editor, self._state = plan, editor, None
        self._take_editor(editor)
        if had_focus:
            self.take_focus()

    def refresh(self, view: FieldView) -> None:
        """Show the field as it stands in the edit."""
        self._is_stale = False
        self.editor.original = view.original
        with QSignalBlocker(self.editor):
            self.editor.show_value(view.value)
        if view.state is not self._state:
            self._show_state(view.state)
        is_touched = view.state is not FieldState.UNTOUCHED
        is_bad = view.problem is not None and is_touched
        self._box.set_look(self._look(view.state, is_bad=is_bad))
        has_before = is_touched and not self._desk.edit.is_new
        self._box.set_note(self._before(view) if has_before else "")
        if is_bad:
            self.set_error(view.problem or "")
        else:
            self.set_error(view.warning or "", Tone.WARN)

    def show_lock(self) -> None:
        """Let the value be looked at only, or be edited, as the desk says."""
        self.editor.set_read_only(self._desk.is_locked)
        self._box.set_look(self._look(self._state or FieldState.UNTOUCHED, is_bad=False))

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
        value = self._desk.shown.value(self.name)
        return value.text if isinstance(value, Unfinished) else None if value is ABSENT else value

    def menu_place(self) -> QPoint:
        """Tell where a menu opens that was asked for by key."""
        return self._box.mapToGlobal(QPoint(8, self._box.height()))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._offer_ways().show_more(shown=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._offer_ways().show_more(shown=False)

    def _take_editor(self, editor: Editor) -> None:
        editor.edited.connect(self._set)
        editor.unfinished.connect(self._set_unfinished)
        editor.revert_wanted.connect(self.revert_field)
        if self._desk.is_locked:
            editor.set_read_only(True)
        if self.plan.kind is FieldKind.UNKNOWN:
            self._box.add_trailing(self._kind_switch())

    def _set(self, value: Json) -> None:
        if not self._is_stale:
            self._desk.set(self.name, value)

    def _set_unfinished(self, text: str, problem: str) -> None:
        if not self._is_stale:
            self._desk.set_unfinished(self.name, text, problem)

    def _kind_switch(self) -> QWidget:
        switch = pill_button("Text", f"Kind of {visible(self.name.name)}: text", small=True)
        switch.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the menu key has it too
        switch.clicked.connect(lambda: _ask_for_menu(self, switch))
        return switch

    def _show_state(self, state: FieldState) -> None:
        self._state = state
        is_touched = state is not FieldState.UNTOUCHED
        self.set_changed(is_touched)
        if is_touched or self._ways is not None:
            self._offer_ways().show_revert(shown=is_touched)
        self._box.set_lead(Pill("Will be cleared", Tone.BAD) if state is FieldState.CLEARED else None)

    def _offer_ways(self) -> _Ways:
        """Make the buttons at the end when they are first needed: hundreds of rows have none."""
        if self._ways is None:
            self._ways = _Ways(self)
            self.set_trailing(self._ways)
        return self._ways

    def _look(self, state: FieldState, *, is_bad: bool) -> fields.FieldLook:
        if is_bad:
            return fields.FieldLook.BAD
        if state is not FieldState.UNTOUCHED:
            return fields.FieldLook.CHANGED
        is_locked = self._is_fixed or self._desk.is_locked
        return fields.FieldLook.LOCKED if is_locked else fields.FieldLook.PLAIN

    def _before(self, view: FieldView) -> str:
        words = display_text(view.original, self.plan.kind, WORDS_BEFORE)
        is_text = isinstance(view.original, str) and view.original and self.plan.kind is not FieldKind.DATE
        return f"was “{words}”" if is_text else f"was {words}"


class _Ways(QWidget):
    """The buttons at the end of a row: back to what it was, and everything else in a menu.

    Tab passes them by: in a form it goes from value to value. Alt+Backspace and the menu key do the same.
    """

    def __init__(self, row: FieldRow) -> None:
        super().__init__(row)
        name = visible(row.name.name)
        self._revert = link_button("Revert", on_click=row.revert_field)
        self._revert.setAccessibleName(f"Revert {name}")
        self._more = icon_button(
            Icon.MORE, f"More for {name}", on_click=lambda: _ask_for_menu(row, self._more)
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addStretch(1)
        for button in (self._more, self._revert):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.hide()
            line.addWidget(button)

    def show_revert(self, *, shown: bool) -> None:
        self._revert.setVisible(shown)

    def show_more(self, *, shown: bool) -> None:
        self._more.setVisible(shown)


def _box_of(editor: Editor) -> fields.FieldBox:
    box = fields.FieldBox(editor)
    box.setFocusProxy(None)  # type: ignore[arg-type]  # see Editor.control; Qt takes None
    return box


def _ask_for_menu(row: FieldRow, button: QWidget) -> None:
    """Ask for the row's menu, as a right click does."""
    place = button.mapToGlobal(QPoint(0, button.height()))
    wish = QContextMenuEvent(QContextMenuEvent.Reason.Other, row.mapFromGlobal(place), place)
    QApplication.sendEvent(row, wish)


def custom_row(name: FieldRef, plan: Plan, desk: EditDesk, parent: QWidget) -> FieldRow:
    """Make the row of a custom field, with the editor that fits its value."""
    return FieldRow(name, visible(name.name), plan, _editor_of(name.name, plan), desk, parent=parent)


def plan_of(spec: FieldSpec | None, view: FieldView) -> Plan:
    """Choose the editor for what stands in a field: the value as edited, or the one that was opened."""
    is_edited = view.state is FieldState.SET and not isinstance(view.value, Unfinished)
    value = view.value if is_edited and not isinstance(view.value, Unfinished) else view.original
    kind = editor_kind(spec, value)
    if kind in _LINE_KINDS and isinstance(value, str) and not fits_line(value):
        return Plan(FieldKind.JSON)
    return Plan(kind, options_for(spec, value) if kind in _CHOICE_KINDS else ())


def fits_kind(kind: FieldKind, view: FieldView, spec: FieldSpec | None) -> bool:
    """Tell whether a field's value can be shown as another kind; a choice needs options to choose from."""
    if kind in {FieldKind.JSON, FieldKind.UNKNOWN}:
        return True
    value = view.original if isinstance(view.value, Unfinished) else view.value
    if kind in _CHOICE_KINDS and not options_for(spec, value):
        return False
    return kind_of(value) is FieldKind.UNKNOWN or plan_of(FieldSpec("", kind), view).kind is kind


def _editor_of(name: str, plan: Plan) -> Editor:
    match plan.kind:
        case FieldKind.YES_NO:
            return yes_no_editor(name)
        case FieldKind.DATE:
            return DateEditor(name)
        case FieldKind.SINGLE_CHOICE:
            return ChoiceEditor(name, worded(plan.options))
        case FieldKind.MULTIPLE_CHOICE:
            return MultipleChoiceEditor(name, worded(plan.options))
        case FieldKind.JSON:
            return JsonEditor(name)
        case _:
            return LineEditor(name, plan.kind if plan.kind is FieldKind.NUMBER else FieldKind.TEXT)
