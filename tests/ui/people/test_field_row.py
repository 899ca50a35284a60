from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from vibes_desktop.model.fields import FieldKind, FieldRef, FieldSpec
from vibes_desktop.model.jsonvalue import JsonArray, JsonNumber, obj
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import FieldState, PersonEdit, Unfinished
from vibes_desktop.ui.people.date_editor import DateEditor
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import ChoiceEditor, Editor, LineEditor
from vibes_desktop.ui.people.field_row import FieldRow, Plan, custom_row, fits_kind, plan_of
from vibes_desktop.ui.people.field_view import view_of
from vibes_desktop.ui.people.json_editor import JsonEditor
from vibes_desktop.ui.people.multiple_choice import MultipleChoiceEditor
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.labels import ElidedLabel
from vibes_desktop.ui.widgets.pill import Pill

Shown = Callable[[QWidget], QWidget]
MakeRow = Callable[..., FieldRow]

FIRST_NAME = FieldRef("first_name")


@pytest.fixture
def row_of(edit_desk: EditDesk, in_window: Shown) -> MakeRow:
    """Return a function that shows the row of a custom field, refreshed at each edit of it."""

    def make(name: str, spec: FieldSpec | None = None) -> FieldRow:
        holder = QWidget()
        field = FieldRef(name)
        view = view_of(edit_desk.edit, field)
        row = custom_row(field, plan_of(spec, view), edit_desk, holder)
        row.refresh(view)
        edit_desk.changed.connect(lambda _: row.refresh(view_of(edit_desk.edit, field)))
        edit_desk.lock_changed.connect(row.show_lock)
        in_window(row)
        return row

    return make


def said(row: FieldRow) -> list[str]:
    """Return all that the row says beside its label and value."""
    QApplication.processEvents()  # what is new is shown with the next layout
    labels = [label for label in row.findChildren(QLabel) if label.isVisible() and label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    texts = [label.full_text if isinstance(label, ElidedLabel) else label.text() for label in labels]
    return [text for text in texts if text != row.label]


def line(row: FieldRow) -> QLineEdit:
    """Return the row's line."""
    edit = row.editor.line_edit
    assert edit is not None
    return edit


def typed(row: FieldRow, text: str) -> None:
    """Type over what stands in the row."""
    line(row).setFocus()
    line(row).selectAll()
    QTest.keyClicks(line(row), text)


def pills(row: FieldRow) -> list[str]:
    """Return the words of the pills in view."""
    QApplication.processEvents()
    return [pill.text() for pill in row.findChildren(Pill) if pill.isVisible()]


def button(row: FieldRow, name: str) -> Button | None:
    """Find a button that is in view, by its accessible name."""
    QApplication.processEvents()
    buttons = (each for each in row.findChildren(Button) if each.isVisible())
    return next((each for each in buttons if each.accessibleName() == name), None)


@pytest.mark.parametrize(
    ("name", "kind", "editor"),
    [
        ("first_name", FieldKind.TEXT, LineEditor),
        ("points", FieldKind.NUMBER, LineEditor),
        ("is_member", FieldKind.YES_NO, ChoiceEditor),
        ("birthday", FieldKind.DATE, DateEditor),
        ("colour", FieldKind.SINGLE_CHOICE, ChoiceEditor),
        ("colours", FieldKind.MULTIPLE_CHOICE, MultipleChoiceEditor),
        ("basket", FieldKind.JSON, JsonEditor),
        ("nothing", FieldKind.UNKNOWN, LineEditor),
    ],
)
def test_a_value_gets_the_editor_of_its_kind_and_showing_it_edits_nothing(
    row_of: MakeRow, edit_desk: EditDesk, name: str, kind: FieldKind, editor: type[Editor]
) -> None:
    row = row_of(name)
    assert row.plan.kind is kind
    assert type(row.editor) is editor
    assert not edit_desk.edit.is_changed


def test_a_value_that_its_kind_cannot_show_is_not_forced_into_it(edit_desk: EditDesk) -> None:
    points = view_of(edit_desk.edit, FieldRef("points"))
    assert plan_of(FieldSpec("points", FieldKind.YES_NO), points).kind is FieldKind.NUMBER
    edit_desk.set(FIRST_NAME, "two\nlines")
    assert plan_of(FieldSpec("first_name", FieldKind.TEXT), view_of(edit_desk.edit, FIRST_NAME)) == Plan(
        FieldKind.JSON
    )


def test_a_kind_fits_where_it_shows_the_value(edit_desk: EditDesk) -> None:
    def fitting(name: str, spec: FieldSpec | None = None) -> set[FieldKind]:
        view = view_of(edit_desk.edit, FieldRef(name))
        return {kind for kind in FieldKind if fits_kind(kind, view, spec)}

    always = {FieldKind.JSON, FieldKind.UNKNOWN}
    assert fitting("points") == always | {FieldKind.NUMBER}
    assert fitting("birthday") == always | {FieldKind.DATE, FieldKind.TEXT}
    choices = {FieldKind.SINGLE_CHOICE, FieldKind.MULTIPLE_CHOICE}
    assert fitting("nothing") == set(FieldKind) - choices
    known = FieldSpec("nothing", FieldKind.UNKNOWN, (obj(option_key="r", name="Red"),))
    assert fitting("nothing", known) == set(FieldKind)


def test_a_set_field_is_tinted_and_tells_what_it_was_and_how_to_go_back(
    row_of: MakeRow, edit_desk: EditDesk
) -> None:
    row = row_of("first_name")
    typed(row, "<b>S</b>")
    assert edit_desk.edit.value(FIRST_NAME) == "<b>S</b>"
    assert row.changed
    assert said(row) == ["was “Steve”"]
    revert = button(row, "Revert first_name")
    assert revert is not None
    revert.click()
    assert not edit_desk.edit.is_changed
    assert line(row).text() == "Steve"
    assert (row.changed, said(row), button(row, "Revert first_name")) == (False, [], None)


def test_a_cleared_field_is_told_from_a_blank_one(row_of: MakeRow, edit_desk: EditDesk) -> None:
    row = row_of("first_name")
    row.clear_field()
    assert edit_desk.edit.state(FIRST_NAME) is FieldState.CLEARED
    assert pills(row) == ["Will be cleared"]
    assert line(row).placeholderText() == ""
    edit_desk.set(FIRST_NAME, "")
    assert pills(row) == []
    assert line(row).placeholderText() != ""


def test_what_is_no_value_yet_says_why(row_of: MakeRow, edit_desk: EditDesk) -> None:
    row = row_of("points")
    typed(row, "1,5")
    assert edit_desk.edit.value(FieldRef("points")) == Unfinished("1,5", edit_desk.edit.problems()[row.name])
    assert row.field.property("state") == "bad"
    assert "was 12.50" in said(row)
    assert any("without separators" in text for text in said(row))
    typed(row, "15")
    assert row.field.property("state") == "changed"
    assert said(row) == ["was 12.50"]


def test_a_locked_desk_lets_values_be_read_only(row_of: MakeRow, edit_desk: EditDesk) -> None:
    row = row_of("first_name")
    edit_desk.set_locked(True)
    assert row.field.property("state") == "locked"
    typed(row, "x")
    row.clear_field()
    assert not edit_desk.edit.is_changed
    assert line(row).text() == "Steve"
    edit_desk.set_locked(False)
    typed(row, "x")
    assert edit_desk.edit.value(FIRST_NAME) == "x"


def test_a_row_that_still_shows_another_record_takes_no_edits(row_of: MakeRow, edit_desk: EditDesk) -> None:
    row = row_of("first_name")
    row.let_wait()
    typed(row, "x")
    typed(row_of("points"), "1")
    assert edit_desk.edit.entries == {FieldRef("points"): JsonNumber("1")}
    row.refresh(view_of(edit_desk.edit, FIRST_NAME))
    assert line(row).text() == "Steve"
    typed(row, "x")
    assert edit_desk.edit.value(FIRST_NAME) == "x"


def test_another_editor_takes_the_place_and_the_focus(row_of: MakeRow, edit_desk: EditDesk) -> None:
    row = row_of("first_name")
    row.take_focus()
    row.use_plan(Plan(FieldKind.JSON))
    row.refresh(view_of(edit_desk.edit, FIRST_NAME))
    assert isinstance(row.editor, JsonEditor)
    assert row.has_focus
    assert row.tab_stop is QApplication.focusWidget()
    row.editor.edited.emit(JsonArray(()))
    assert edit_desk.edit.value(FIRST_NAME) == JsonArray(())


def test_more_is_offered_under_the_pointer_and_tab_passes_it_by(row_of: MakeRow) -> None:
    row = row_of("first_name")
    assert button(row, "More for first_name") is None
    centre = row.rect().center().toPointF()
    QApplication.sendEvent(row, QEnterEvent(centre, centre, centre))
    more = button(row, "More for first_name")
    assert more is not None
    assert more.focusPolicy() is Qt.FocusPolicy.NoFocus
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    assert button(row, "More for first_name") is None


def test_names_hide_nothing_and_a_new_person_has_no_before(in_window: Shown) -> None:
    desk = EditDesk(PersonEdit.of_new_person(ApiVersion.V2))
    name = FieldRef("first\u202ename & <b>")
    desk.set(name, "x")
    holder = QWidget()
    row = custom_row(name, Plan(FieldKind.TEXT), desk, holder)
    row.refresh(view_of(desk.edit, name))
    in_window(row)
    assert row.label == "first⟨U+202E⟩name & <b>"
    assert button(row, "Revert first⟨U+202E⟩name & <b>") is not None
    assert said(row) == []


def test_what_is_copied_is_what_stands_there(row_of: MakeRow, edit_desk: EditDesk) -> None:
    points, nothing = row_of("points"), row_of("absent")
    assert points.copied_value() == JsonNumber("12.50")
    typed(points, "1,")
    assert points.copied_value() == "1,"
    assert nothing.copied_value() is None
