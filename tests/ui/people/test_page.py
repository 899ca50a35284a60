"""The People page as a whole: real window, real loop, real sandbox, real files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.profile import ApiVersion, ProfileId
from vibes_desktop.people.edit import PersonEdit
from vibes_desktop.people.session import NEW_PERSON
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.ui.people.add_sheet import AddSheet
from vibes_desktop.ui.people.field_row import FieldRow
from vibes_desktop.ui.people.forget_sheet import ForgetSheet
from vibes_desktop.ui.people.page import edit_with
from vibes_desktop.ui.people.review_sheet import ReviewSheet

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

STEVE = "EXT542342"
STEVE_KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
SHARED_NUMBER = "+1 206 555 0150"
WAIT_MS = 20_000


def heading(stage: Stage) -> str:
    """The name over the record."""
    return stage.page.record.heading.name.full_text


def shows_record(stage: Stage) -> bool:
    return stage.page.views.currentWidget() is stage.page.record


def is_edited(stage: Stage) -> bool:
    return stage.page.desk.edit.is_changed


def is_drawer_open(stage: Stage) -> bool:
    return stage.page.record.drawer.side_open


def drafts(stage: Stage) -> list[Identifier]:
    return [draft.person for draft in stage.session.desk.drafts.all(stage.session.profile.id)]


def test_finds_a_person_and_leaves_the_cursor_in_the_box(stage: Stage) -> None:
    words = QSignalSpy(stage.page.activity)
    stage.press("Ctrl+L")
    stage.write(f'  "{STEVE}" ')
    stage.press("Return")
    stage.settle()
    assert shows_record(stage)
    assert heading(stage) == "Steve Millar"
    assert stage.focus() is stage.page.search.edit
    assert stage.page.search.edit.selectedText() == stage.page.search.text
    assert str(words.at(words.count() - 1)[0]).startswith("Read ")
    assert not stage.page.bar.isVisible()


def test_takes_a_whole_callback_that_is_pasted_with_its_line_breaks(stage: Stage) -> None:
    callback = {
        "event_type": "person_updated",
        "person": {"external_person_id": STEVE},
        "filler": "x" * 40_000,
    }
    QGuiApplication.clipboard().setText(json.dumps(callback, indent=2))
    stage.press("Ctrl+L", "Ctrl+V")
    assert stage.page.search.kind.text() == "Callback"
    stage.press("Return")
    stage.settle()
    assert heading(stage) == "Steve Millar"


def test_lets_one_of_several_be_chosen_by_key(stage: Stage) -> None:
    stage.look_up(SHARED_NUMBER)
    people = stage.page.finding.several
    assert stage.page.views.currentWidget() is people
    assert people.list.count() == 3
    assert stage.focus() is people.list
    stage.press("Down", "Return")
    stage.settle()
    assert shows_record(stage)
    assert stage.row("external_person_id").copied_value() == "CRM-000002"


def test_adds_whom_it_looked_for_in_vain(stage: Stage) -> None:
    stage.look_up()  # the catalogue learns the fields
    stage.look_up("nobody-yet")
    assert stage.page.views.currentWidget() is stage.page.finding.nobody
    stage.press("Return")
    assert stage.row("external_person_id").copied_value() == "nobody-yet"
    stage.put("first_name", "Ana")
    stage.press("Ctrl+Return")
    stage.send(stage.sheet(AddSheet))
    assert heading(stage) == "Ana"
    assert stage.page.record.notice.text.startswith("Added and verified")
    assert stage.stored("first_name", "/external/nobody-yet") == "Ana"
    assert drafts(stage) == []


def test_says_what_went_wrong_at_the_box_and_leaves_the_record(stage: Stage) -> None:
    stage.look_up()
    stage.sandbox.faults.add(Fault(FaultKind.STATUS, status=401))
    stage.look_up("someone-else")
    assert stage.page.problem.isVisible()
    assert len(stage.page.problem.text.splitlines()) == 3
    assert shows_record(stage)
    assert heading(stage) == "Steve Millar"


def test_shows_an_outline_while_it_takes_long_and_escape_ends_it(stage: Stage) -> None:
    stage.look_up()
    busy = QSignalSpy(stage.page.busy)
    stage.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=20.0))
    stage.page.look_up("EXT-1")
    assert busy.at(0)[0] == "Looking the person up"
    stage.qtbot.waitUntil(lambda: stage.page.views.is_waiting, timeout=WAIT_MS)
    stage.press("Escape")
    assert shows_record(stage)
    assert heading(stage) == "Steve Millar"
    assert busy.at(busy.count() - 1)[0] == ""
    stage.settle()


def test_the_status_bar_can_end_a_look_up_too(stage: Stage) -> None:
    cancels: list[Callable[[], object]] = []
    stage.page.busy.connect(lambda words, cancel: cancels.append(cancel) if words else None)
    stage.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=20.0))
    stage.page.look_up(STEVE)
    stage.qtbot.waitUntil(lambda: stage.page.views.is_waiting, timeout=WAIT_MS)
    cancels[0]()
    assert stage.page.views.currentWidget() is stage.page.finding.start


def test_saves_what_was_typed_and_nothing_else(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.row("birthdate").take_focus()
    stage.press("Alt+Delete")
    assert stage.page.bar.names.full_text == "last_name, birthdate"
    sheet = stage.review()
    stage.send(sheet)
    assert stage.page.record.notice.text.startswith("Saved and verified")
    assert heading(stage) == "Steve Miller"
    assert not stage.page.bar.isVisible()
    put = next(request for request in stage.sandbox.requests if request.method == "PUT")
    assert json.loads(put.body) == {"custom_fields": {"last_name": "Miller", "birthdate": None}}
    assert stage.stored("last_name") == "Miller"
    assert drafts(stage) == []


def test_every_kind_of_field_is_cleared_and_reverted_by_key(stage: Stage) -> None:
    stage.look_up()
    for name in ("first_name", "birthdate", "gender", "favorite_stores", "preferences", "visits"):
        stage.row(name).take_focus()
        stage.press("Alt+Delete")
        assert stage.page.desk.edit.entries[stage.row(name).name] is None
        stage.press("Alt+Backspace")
        assert not is_edited(stage)


def test_undoes_from_the_notice_through_the_same_review(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.send(stage.review())
    stage.page.record.notice.undo.click()

    sheet = stage.sheet(ReviewSheet)
    stage.send(sheet)
    assert stage.stored("last_name") == "Millar"
    newest = stage.session.desk.journal.records(None)[0]
    assert newest.intention.undo_of is not None


def test_escape_discards_and_the_note_brings_back(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.press("Escape")
    assert stage.row("last_name").copied_value() == "Millar"
    assert not stage.page.bar.isVisible()
    stage.settle()
    assert drafts(stage) == []
    assert stage.page.note.isVisible()
    stage.page.note.way_back.click()
    assert stage.row("last_name").copied_value() == "Miller"
    stage.qtbot.waitUntil(lambda: bool(drafts(stage)), timeout=WAIT_MS)


def test_a_person_to_be_added_is_given_up_and_taken_back(stage: Stage) -> None:
    stage.press("Ctrl+N")
    stage.put("external_person_id", "NEW-1")
    stage.press("Escape")
    assert stage.page.views.currentWidget() is stage.page.finding.start
    stage.page.note.way_back.click()
    assert shows_record(stage)
    assert stage.row("external_person_id").copied_value() == "NEW-1"
    stage.qtbot.waitUntil(lambda: drafts(stage) == [NEW_PERSON], timeout=WAIT_MS)


def test_locked_it_can_be_looked_at_only(stage: Stage) -> None:
    stage.page.set_locked(True)
    stage.look_up()
    assert "Read-only until unlocked" in stage.page.bar.names.full_text
    assert "Unlock" in stage.page.bar.names.full_text
    for name in ("first_name", "last_name"):
        stage.put(name, "Changed")
    stage.row("birthdate").take_focus()
    stage.press("Alt+Delete", "Alt+Down", "Ctrl+Return", "Ctrl+N")
    assert not is_edited(stage)
    assert not stage.page.desk.edit.is_new
    assert not stage.row("gender").editor.control.isEnabled()
    stage.page.set_locked(False)
    stage.put("last_name", "Miller")
    assert is_edited(stage)
    assert stage.page.bar.review.isEnabled()


def test_an_undo_is_refused_while_locked_or_over_other_edits(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.send(stage.review())
    record = stage.session.desk.journal.records(None)[0]
    stage.put("first_name", "Stefan")
    stage.page.undo(record)
    assert "There are unsaved edits" in stage.page.problem.text
    stage.press("Escape")
    assert not stage.page.problem.isVisible()
    stage.page.set_locked(True)
    stage.page.undo(record)
    assert "This profile is read-only" in stage.page.problem.text
    assert stage.received("PUT") == 1


def test_edits_of_a_record_that_is_left_are_kept_and_offered_again(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.look_up("CRM-000002")
    assert stage.page.note.isVisible()
    assert "Steve Millar" in stage.page.note.text
    assert not is_edited(stage)
    stage.page.note.way_back.click()
    stage.settle()
    assert heading(stage) == "Steve Millar"
    assert stage.row("last_name").copied_value() == "Miller"
    assert stage.page.record.notice.text.startswith("Your unsaved edits of")
    assert stage.received("PUT") == 0


def test_looking_the_same_person_up_again_keeps_the_edits_in_view(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.look_up(STEVE_KEY)
    assert stage.row("last_name").copied_value() == "Miller"
    assert not stage.page.note.isVisible()


def test_another_profile_begins_empty_and_the_edits_stay_with_theirs(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    other = replace(stage.session, profile=replace(stage.session.profile, id=ProfileId("other")))
    stage.page.set_session(other)
    assert stage.page.views.currentWidget() is stage.page.finding.start
    stage.settle()
    assert [draft.value for draft in drafts(stage)] == [STEVE_KEY]
    assert stage.session.desk.drafts.all(ProfileId("other")) == ()
    stage.page.set_session(None)
    assert stage.page.initial_focus() is stage.page.finding.signed_out
    stage.page.look_up(STEVE)
    assert "Nobody is signed in" in stage.page.problem.text


def test_forgets_a_person_after_asking(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.qtbot.waitUntil(lambda: bool(drafts(stage)), timeout=WAIT_MS)
    forget = next(each for each in stage.page.commands() if each.id == "record.forget")
    forget.run()
    sheet = stage.sheet(ForgetSheet)
    stage.qtbot.waitUntil(sheet.cancel.hasFocus)
    sheet.forget.click()
    stage.settle()
    assert drafts(stage) == []
    assert stage.session.desk.recents.list(stage.session.profile.id) == ()
    assert stage.page.views.currentWidget() is stage.page.finding.start
    assert stage.page.search.text == ""
    assert stage.page.note.text.startswith("Forgotten")


def test_the_number_of_somebody_is_not_taken_for_an_id_as_well() -> None:
    number = Identifier(IdentifierKind.MDN, "+12065550143")
    edit = edit_with(
        PersonEdit.of_new_person(ApiVersion.V2),
        [
            number,
            Identifier(IdentifierKind.EXTERNAL_ID, "2065550143"),
            Identifier(IdentifierKind.PERSON_ID, "2"),
        ],
    )
    assert dict(edit.entries) == {MOBILE: "+12065550143"}
    both = edit_with(
        PersonEdit.of_new_person(ApiVersion.V2), [Identifier(IdentifierKind.EXTERNAL_ID, "CRM-1"), number]
    )
    assert dict(both.entries) == {EXTERNAL_ID: "CRM-1", MOBILE: "+12065550143"}


def test_tab_follows_the_screen_and_reaches_every_control_once(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.look_up("CRM-000002")  # rows are used again
    stage.look_up(STEVE)
    stage.page.search.edit.setFocus()
    first = stage.focus()
    seen: list[QWidget] = [first]
    stage.press("Tab")
    while stage.focus() is not first:
        assert stage.focus() not in seen
        seen.append(stage.focus())
        stage.press("Tab")
    inside = [widget for widget in seen if stage.page.isAncestorOf(widget)]
    assert all(widget.accessibleName() for widget in inside)
    rows = [widget for widget in inside if stage.page.record.custom.isAncestorOf(widget)]
    places = [widget.mapTo(stage.page.record.custom, QPoint(0, 0)) for widget in rows]
    assert places == sorted(places, key=lambda place: (place.y() // 30, place.x()))
    assert [widget.accessibleName() for widget in rows[:3]] == [
        "Filter the custom fields",
        "first_name",
        "last_name",
    ]
    reachable = [
        widget
        for widget in stage.page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert {id(widget) for widget in reachable if widget.focusProxy() is None} == {
        id(each) for each in inside
    }


def test_every_text_is_plain_and_every_control_has_a_name(stage: Stage) -> None:
    stage.raw("PUT", f"/external/{STEVE}", {"custom_fields": {"last_name": "<img src=x> & <b>bold</b>"}})
    stage.look_up()
    assert "<b>bold</b>" in heading(stage)
    for label in stage.page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text(), label.text()
    for widget in stage.page.findChildren(QWidget):
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisible():
            assert widget.accessibleName(), widget


def test_the_drawer_closes_before_anything_is_discarded(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.press("F6")
    assert is_drawer_open(stage)
    stage.press("Escape")
    assert not is_drawer_open(stage)
    assert is_edited(stage)
    stage.press("Ctrl+F")
    stage.write("first")
    stage.press("Escape")
    assert stage.page.record.custom.filter.text() == ""
    assert is_edited(stage)
    stage.press("Escape")
    assert not is_edited(stage)


def test_recent_people_are_one_key_away(stage: Stage, qtbot: QtBot) -> None:
    stage.look_up("CRM-000002")
    stage.look_up(STEVE)

    stage.page.search.edit.setFocus()
    stage.press("Down")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == f"{STEVE_KEY}\tPerson key"
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    stage.settle()
    assert stage.row("external_person_id").copied_value() == "CRM-000002"


def test_the_wheel_scrolls_and_changes_no_choice(stage: Stage) -> None:

    stage.look_up()
    row = stage.row("gender")
    row.take_focus()
    place = QPointF(5, 5)
    down = QWheelEvent(
        place,
        QPointF(row.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(row.editor.control, down)
    assert not is_edited(stage)


def test_a_row_offers_its_menu_to_the_mouse_and_to_the_keyboard(stage: Stage, qtbot: QtBot) -> None:

    stage.look_up()
    row = stage.row("last_name")
    row.take_focus()
    line = row.editor.line_edit
    assert line is not None
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), line.mapToGlobal(QPoint(1, 1)))
    QApplication.sendEvent(line, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    clear = next(action for action in menu.actions() if action.text().startswith("Clear"))
    clear.trigger()
    menu.close()
    assert stage.page.desk.edit.changes[0].after is None
    assert isinstance(row, FieldRow)


def test_coming_back_it_shows_what_another_page_changed(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Miller")
    stage.qtbot.waitUntil(lambda: bool(drafts(stage)), timeout=WAIT_MS)
    stage.page.set_session(stage.session)
    stage.settle()
    stage.session.desk.recents.clear(stage.session.profile.id)
    stage.session.desk.drafts.clear(stage.session.profile.id)
    stage.page.activate()
    stage.settle()
    words = [label.text() for label in stage.page.finding.start.findChildren(QLabel) if label.isVisible()]
    assert "Unsaved edits, not sent" not in words
    stage.page.search.edit.setFocus()
    stage.press("Down")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Nobody was looked up lately"]
    menu.close()


def test_what_is_typed_while_an_answer_is_due_is_not_overtaken_by_it(stage: Stage) -> None:
    stage.press("Ctrl+L")
    stage.write(SHARED_NUMBER)
    stage.press("Return")
    stage.write("7")
    stage.settle()
    box = stage.page.search.edit
    assert stage.page.views.currentWidget() is stage.page.finding.several
    assert stage.focus() is box
    assert box.text().endswith("7")
    assert box.selectedText() == ""
    stage.press("Ctrl+A")
    stage.write(STEVE)
    stage.press("Return")
    stage.write("X")
    stage.settle()
    assert shows_record(stage)
    assert box.text() == f"{STEVE}X"
