"""One row of the form: its states, its editor, its notes, its menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from vibes_desktop.model.fields import EXTERNAL_ID, FieldKind, FieldRef, FieldSpec
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject, obj, parse
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.edit import FieldState, PersonEdit
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.editors import ChoiceEditor, LineEditor
from vibes_desktop.ui.people.field_row import FieldRow, Plan, custom_row, fits_kind, plan_of
from vibes_desktop.ui.people.field_view import view_of
from vibes_desktop.ui.people.json_editor import JsonEditor
from vibes_desktop.ui.widgets.buttons import Button

MALE = obj(id=JsonNumber("1"), name="Male")
FEMALE = obj(id=JsonNumber("2"), name="Female")
NAME = FieldRef("f")
Row = Callable[..., FieldRow]


@pytest.fixture
def desk(qapp: QApplication) -> EditDesk:
    return EditDesk(PersonEdit.of_new_person(ApiVersion.V2))


@pytest.fixture
def row(desk: EditDesk, shown: Callable[[QWidget], QWidget]) -> Row:
    """Return a function that shows the row of a field with a value, kept up to date."""
    windows: list[QWidget] = []

    def make(value: Json, spec: FieldSpec | None = None, name: str = "f") -> FieldRow:
        fields = JsonObject(((name, value),))
        desk.lay_down(PersonEdit(Person(obj(person_key="k", custom_fields=fields)), ApiVersion.V2))
        field = FieldRef(name)
        window = QWidget()
        window.resize(800, 60)
        made = custom_row(field, plan_of(spec, view_of(desk.edit, field)), desk, window)
        made.resize(800, 40)
        made.refresh(view_of(desk.edit, field))
        desk.changed.connect(lambda _: made.refresh(view_of(desk.edit, field)))
        windows.append(shown(window))
        return made

    return make


def texts(row: FieldRow) -> list[str]:
    """What the row says to somebody who looks at it."""
    QApplication.processEvents()  # what was just added is shown with the next turn
    return [label.text() for label in row.findChildren(QLabel) if label.isVisible()]


def button(row: FieldRow, name: str) -> Button | None:
    found = [each for each in row.findChildren(Button) if each.accessibleName() == name]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("text", FieldKind.TEXT),
        (JsonNumber("1.50"), FieldKind.NUMBER),
        (True, FieldKind.YES_NO),
        ("1990-12-31T00:00:00Z", FieldKind.DATE),
        (MALE, FieldKind.SINGLE_CHOICE),
        (JsonArray((MALE, FEMALE)), FieldKind.MULTIPLE_CHOICE),
        (obj(a=JsonNumber("1")), FieldKind.JSON),
        (None, FieldKind.UNKNOWN),
        ("no\u00a0break", FieldKind.JSON),
        ("line\u2028separator", FieldKind.JSON),
        ("carriage\rreturn", FieldKind.JSON),
        ("\ufeffmark", FieldKind.JSON),
        ("half \ud83d", FieldKind.JSON),
        ("x" * 1_000_000, FieldKind.JSON),
        (parse("[" * 200 + "]" * 200), FieldKind.JSON),
        (parse("[NaN]"), FieldKind.JSON),
        (parse('{"a": 1, "a": 2}'), FieldKind.JSON),
    ],
    ids=lambda value: value.value if isinstance(value, FieldKind) else "",
)
def test_each_value_gets_the_editor_that_loses_nothing(
    row: Row, desk: EditDesk, value: Json, kind: FieldKind
) -> None:
    made = row(value)
    assert made.plan.kind is kind
    made.take_focus()
    QTest.keyClick(made.tab_stop, Qt.Key.Key_Tab)
    assert not desk.edit.is_changed
    assert desk.edit.value(NAME) == value


def test_the_three_states_are_told_apart(row: Row, desk: EditDesk) -> None:
    made = row("Millar")
    desk.set(NAME, "Miller")
    assert made.changed
    assert "was “Millar”" in texts(made)
    revert = button(made, "Revert f")
    assert revert is not None
    assert revert.isVisible()
    made.clear_field()
    assert "Will be cleared" in texts(made)
    revert.click()
    assert desk.edit.state(NAME) is FieldState.UNTOUCHED
    assert "Will be cleared" not in texts(made)
    assert not revert.isVisible()


def test_blank_is_not_null(row: Row, desk: EditDesk) -> None:
    made = row("Millar")
    line = made.editor.line_edit
    assert line is not None
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert desk.edit.value(NAME) == ""
    assert "blank text" in line.placeholderText()
    made.clear_field()
    assert desk.edit.value(NAME) is None
    assert "blank" not in line.placeholderText()


def test_text_that_is_no_value_says_why_at_its_place(row: Row, desk: EditDesk) -> None:
    made = row(JsonNumber("12"))
    made.take_focus()
    QTest.keyClicks(made.tab_stop, "x")
    assert "This is not a number. Numbers look like 42, -3 or 1250.5." in texts(made)
    assert desk.edit.problems()
    made.revert_field()
    assert not any(text.startswith("This is not") for text in texts(made))


def test_a_warning_is_said_and_blocks_nothing(desk: EditDesk, shown: Callable[[QWidget], QWidget]) -> None:
    raw = obj(person_key="k", external_person_id="EXT1")
    desk.lay_down(PersonEdit(Person(raw), ApiVersion.V2).set(EXTERNAL_ID, "a/b"))
    made = FieldRow(
        EXTERNAL_ID, "External person ID", Plan(FieldKind.TEXT), LineEditor("ID", FieldKind.TEXT), desk
    )
    made.refresh(view_of(desk.edit, EXTERNAL_ID))
    shown(made)
    assert any("Some proxies mangle" in text for text in texts(made))
    assert not desk.edit.problems()


def test_a_value_that_comes_from_elsewhere_gets_its_own_editor(row: Row, desk: EditDesk) -> None:
    made = row("text")
    made.take_focus()
    assert not made.editor.can_show(MALE)
    desk.set(NAME, MALE)
    made.use_plan(plan_of(None, view_of(desk.edit, NAME)))
    made.refresh(view_of(desk.edit, NAME))
    assert isinstance(made.editor, ChoiceEditor)
    assert made.editor.box.currentText() == "Male"
    assert made.has_focus
    assert made.copied_value() == MALE


def test_what_the_mouse_can_do_appears_under_it(row: Row, desk: EditDesk) -> None:
    made = row("text")
    middle = QPointF(5, 5)
    QApplication.sendEvent(made, QEnterEvent(middle, middle, middle))
    more = button(made, "More for f")
    assert more is not None
    assert not more.isHidden()
    assert more.focusPolicy() is Qt.FocusPolicy.NoFocus
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    assert more.isHidden()


def test_a_field_of_unknown_kind_has_a_switch(row: Row) -> None:
    made = row(None)
    switch = button(made, "Kind of f: text")
    assert switch is not None
    assert switch.isVisible()


def test_names_are_shown_with_what_cannot_be_seen(row: Row) -> None:
    made = row("text", name="a\u202eb\ud83d & <i>c</i>")
    assert made.label == "a⟨U+202E⟩b⟨U+D83D⟩ & <i>c</i>"


def test_locked_it_keeps_its_value(row: Row, desk: EditDesk) -> None:
    made = row(MALE)
    desk.set_locked(True)
    made.show_lock()
    assert not made.tab_stop.isEnabled()
    made.clear_field()
    assert not desk.edit.is_changed
    desk.set_locked(False)
    made.show_lock()
    assert made.tab_stop.isEnabled()


def test_kinds_fit_where_the_value_can_be_shown_as_them(row: Row, desk: EditDesk) -> None:
    row("12")
    view = view_of(desk.edit, NAME)
    fitting = {kind for kind in FieldKind if fits_kind(kind, view, None)}
    assert fitting == {FieldKind.TEXT, FieldKind.JSON, FieldKind.UNKNOWN}
    row(None)
    view = view_of(desk.edit, NAME)
    choice = FieldSpec("f", FieldKind.SINGLE_CHOICE, (MALE, FEMALE))
    assert fits_kind(FieldKind.NUMBER, view, None)
    assert not fits_kind(FieldKind.SINGLE_CHOICE, view, None)
    assert fits_kind(FieldKind.SINGLE_CHOICE, view, choice)


def test_json_is_edited_in_a_sheet(row: Row) -> None:
    made = row(obj(a=JsonNumber("1")))
    assert isinstance(made.editor, JsonEditor)
    assert '{"a": 1}' in texts(made)


def test_a_row_that_still_shows_another_record_takes_no_edits(row: Row, desk: EditDesk) -> None:
    made = row("text")
    made.let_wait()
    QTest.keyClicks(made.tab_stop, "typed too early")
    assert not desk.edit.is_changed
    made.refresh(view_of(desk.edit, NAME))
    assert made.copied_value() == "text"
    QTest.keyClicks(made.tab_stop, "x")
    assert desk.edit.is_changed


def test_the_frame_tells_what_is_bad_changed_or_locked(row: Row, desk: EditDesk) -> None:
    made = row(JsonNumber("12"))
    assert made.field.property("state") == "plain"
    desk.set(NAME, JsonNumber("13"))
    assert made.field.property("state") == "changed"
    desk.set_unfinished(NAME, "1,3", "This is not a number.")
    assert made.field.property("state") == "bad"
    desk.revert(NAME)
    desk.set_locked(True)
    made.show_lock()
    assert made.field.property("state") == "locked"


def test_a_person_to_be_added_has_no_values_before(desk: EditDesk) -> None:
    desk.set(NAME, "x")
    window = QWidget()
    made = custom_row(NAME, Plan(FieldKind.TEXT), desk, window)
    made.refresh(view_of(desk.edit, NAME))
    assert made.changed
    assert not any(label.text().startswith("was ") for label in made.findChildren(QLabel))
