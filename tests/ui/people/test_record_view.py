"""The record on screen, whatever it holds: looked at, it stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldKind, FieldRef
from vibes_desktop.model.jsonvalue import Json, JsonArray, JsonNumber, JsonObject, obj
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.catalogue import Specs, learn
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.ui.people.edit_desk import EditDesk
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.record_view import RecordView

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
OPTIONS = st.sampled_from(
    [obj(id=JsonNumber(str(i)), name=name) for i, name in enumerate(("Red", "<b>Green</b>", "Blue & co"))]
)
NUMBERS = st.sampled_from(["0", "-1.50", "1e400", "NaN", "12345678901234567890"]).map(JsonNumber)
DATES = st.sampled_from(["1990-12-31T00:00:00Z", "1990-12-31", "2017-01-15T14:30Z", "1950-12-01T00:00:00z"])
SIMPLE = st.none() | st.booleans() | NUMBERS | DATES | ANY_TEXT | OPTIONS
VALUES = st.recursive(
    SIMPLE | st.lists(OPTIONS, max_size=3).map(lambda items: JsonArray(tuple(items))),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: JsonArray(tuple(items)))
        | st.lists(st.tuples(ANY_TEXT, inner), max_size=3).map(lambda items: JsonObject(tuple(items)))
    ),
    max_leaves=6,
)
RECORDS = st.lists(st.tuples(ANY_TEXT.filter(bool), VALUES), max_size=6, unique_by=lambda each: each[0])
SHARED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def desk(qapp: QApplication) -> EditDesk:
    return EditDesk(PersonEdit.of_new_person(ApiVersion.V2))


@pytest.fixture
def view(desk: EditDesk, qtbot: QtBot) -> RecordView:
    made = RecordView(desk, QMenu())
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def open_record(
    view: RecordView, desk: EditDesk, fields: list[tuple[str, Json]], specs: Specs = ()
) -> Person:
    raw = obj(
        person_key="k",
        external_person_id="EXT1",
        mobile_phone=obj(mdn="+12065550143"),
        custom_fields=JsonObject(tuple(fields)),
    )
    person = Person(raw)
    view.use_specs(specs or learn((), person))
    desk.lay_down(PersonEdit(person, ApiVersion.V2))
    QApplication.processEvents()
    return person


def visit(row: FieldRow) -> None:
    """Go through a field as somebody who only looks: focus in, keys that only move, focus out."""
    row.take_focus()
    stop = row.tab_stop
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Right):
        if isinstance(stop, QLineEdit):
            QTest.keyClick(stop, key)
    QApplication.sendEvent(stop, QEvent(QEvent.Type.FocusOut))
    stop.clearFocus()


@SHARED
@given(fields=RECORDS)
def test_opening_a_record_and_looking_at_every_field_changes_nothing(
    view: RecordView, desk: EditDesk, fields: list[tuple[str, Json]]
) -> None:
    open_record(view, desk, fields)
    for row in (*view.identity.rows, *view.custom.rows):
        visit(row)
    assert not desk.edit.is_changed
    assert desk.edit.changes == ()
    assert [row.name.name for row in view.custom.rows] == [name for name, _ in fields]


@SHARED
@given(fields=RECORDS.filter(bool), data=st.data())
def test_editing_one_field_sends_that_field_alone(
    view: RecordView, desk: EditDesk, fields: list[tuple[str, Json]], data: st.DataObject
) -> None:
    open_record(view, desk, fields)
    row = data.draw(st.sampled_from(view.custom.rows))
    line, control = row.editor.line_edit, row.editor.control
    if line is not None:
        line.selectAll()
        QTest.keyClicks(line, "7")
    elif isinstance(control, QComboBox):
        control.activated.emit(0)
    else:
        row.editor.edited.emit("7")
    assert {change.field for change in desk.edit.changes} <= {row.name}
    assert set(desk.edit.entries) <= {row.name}
    row.revert_field()
    assert not desk.edit.is_changed


def test_goes_to_a_field_by_name_and_to_the_first(view: RecordView, desk: EditDesk) -> None:
    open_record(view, desk, [("a", "1"), ("b", "2")])
    view.focus_field(FieldRef("b"))
    row = view.row_with_focus()
    assert row is not None
    assert row.name == FieldRef("b")
    view.focus_first()
    first = view.row_with_focus()
    assert first is not None
    assert first.name == EXTERNAL_ID
    view.custom.focus_filter()
    assert view.row_with_focus() is None
    view.focus_field(FieldRef("no such field"))
    assert view.row_with_focus() is None


def test_a_field_hidden_by_the_filter_is_shown_where_it_has_to_be_mended(
    view: RecordView, desk: EditDesk
) -> None:
    open_record(view, desk, [("first", "1"), ("second", "2")])
    view.custom.filter.setText("first")
    view.focus_field(FieldRef("second"))
    row = view.row_with_focus()
    assert row is not None
    assert row.isVisible()


def test_what_the_platform_says_of_a_field_stands_there_until_it_is_edited(
    view: RecordView, desk: EditDesk
) -> None:
    open_record(view, desk, [("zip", "1")])
    desk.set(FieldRef("zip"), "x")
    view.show_complaints({FieldRef("zip"): "The zip code must be numeric"})
    row = view.custom.rows[0]
    assert "The zip code must be numeric" in row.error_text
    desk.set(FieldRef("zip"), "12")
    assert row.error_text == ""


def test_unknown_fields_are_shown_and_the_side_pane_goes_for_a_new_person(
    view: RecordView, desk: EditDesk
) -> None:
    raw = obj(person_key="k", sandbox_element=obj(note="<b>x</b>"), mobile_phone=obj(mdn=None, type="cell"))
    desk.lay_down(PersonEdit(Person(raw), ApiVersion.V2))
    labels = [row.label for row in view.others.grid.rows]
    assert labels == ["sandbox_element", "mobile_phone.type"]
    assert view.side.isVisible()
    desk.lay_down(PersonEdit.of_new_person(ApiVersion.V2))
    assert not view.others.isVisible()
    assert not view.side.isVisible()
    assert [row.name for row in view.identity.rows] == [EXTERNAL_ID, MOBILE]


def test_tells_of_a_menu_that_was_asked_for_by_mouse_or_key(view: RecordView, desk: EditDesk) -> None:
    asked: list[FieldRef] = []
    view.menu_wanted.connect(lambda row, _place: asked.append(row.name))
    open_record(view, desk, [("a", "1"), ("b", True)])
    for row in view.custom.rows:
        row.take_focus()
        place = QPoint(3, 3)
        for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
            event = QContextMenuEvent(reason, place, row.tab_stop.mapToGlobal(place))
            QApplication.sendEvent(row.tab_stop, event)
    assert asked == [FieldRef("a"), FieldRef("a"), FieldRef("b"), FieldRef("b")]
    view.custom.focus_filter()
    heading = view.heading
    nowhere = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(1, 1), heading.mapToGlobal(QPoint(1, 1))
    )
    QApplication.sendEvent(heading, nowhere)
    assert len(asked) == 4


def test_uses_the_catalogue_it_is_given(view: RecordView, desk: EditDesk) -> None:
    specs = learn((), Person(obj(custom_fields=obj(a=True))))
    open_record(view, desk, [("a", None)], specs)
    assert view.specs == specs
    assert view.custom.rows[0].plan.kind is FieldKind.YES_NO


def is_in_view(view: RecordView, row: FieldRow) -> bool:
    page = row.parentWidget()
    while not isinstance(page, QScrollArea):
        assert page is not None
        page = page.parentWidget()
    top = row.mapTo(page.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + row.height() <= page.viewport().height()


def test_the_field_with_the_cursor_stays_in_view(view: RecordView, desk: EditDesk, qtbot: QtBot) -> None:
    open_record(view, desk, [(f"field_{i}", str(i)) for i in range(40)])
    qtbot.waitUntil(lambda: view.custom.is_complete)
    view.custom.filter.setText("field_39")
    last = view.custom.rows[-1]
    last.take_focus()
    qtbot.waitUntil(lambda: is_in_view(view, last) and last.y() == 0)
    view.custom.filter.clear()
    qtbot.waitUntil(lambda: not view.custom.rows[0].isHidden() and is_in_view(view, last))
    view.resize(1200, 400)
    qtbot.waitUntil(lambda: view.height() == 400 and is_in_view(view, last))
    view.identity.rows[0].take_focus()
    qtbot.waitUntil(lambda: is_in_view(view, view.identity.rows[0]))
