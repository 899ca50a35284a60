"""With personal data hidden, the page tells nothing of anybody, takes no edit, and loses none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from vibes_desktop.model.fields import EXTERNAL_ID, FieldRef
from vibes_desktop.ui.people import edit_desk
from vibes_desktop.ui.people.custom_fields_card import CustomFieldsCard
from vibes_desktop.ui.people.field_commands import FieldCommands
from vibes_desktop.ui.people.start_view import EXAMPLE
from vibes_desktop.ui.privacy import MASKED_COPY
from vibes_desktop.ui.widgets.buttons import CopyButton

if TYPE_CHECKING:
    from tests.ui.people.conftest import Stage

STEVE = "EXT542342"
LAST_NAME = FieldRef("last_name")
SHARED = "+12065550150"
WAIT_MS = 20_000


def texts_of(root: QWidget) -> list[str]:
    """Collect what the widgets show, say in tooltips, and tell a screen reader."""
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        elif isinstance(widget, QLineEdit):
            found += [widget.displayText(), widget.placeholderText()]
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            found.append(widget.currentText())
    return found


def canaries_of(stage: Stage) -> list[str]:
    """Give what tells who the open record is of."""
    person = stage.page.desk.edit.opened
    fields = person.custom_fields
    names = [fields.get(name) for name in ("first_name", "last_name", "email")]
    known = [person.external_person_id, person.mdn, (person.mdn or "")[1:], *names]
    return [text for text in known if isinstance(text, str) and text]


def leaks(stage: Stage) -> list[tuple[str, str]]:
    """Find who can be read anywhere in the window."""
    shown = [text for text in texts_of(stage.window) if text != EXAMPLE]
    return [(canary, text) for canary in canaries_of(stage) for text in shown if canary in text]


def test_nothing_on_the_page_tells_who_it_is(stage: Stage) -> None:
    stage.look_up()
    assert leaks(stage)
    stage.page.desk.privacy.set_masking(True)
    stage.settle()
    assert leaks(stage) == []
    stage.page.desk.privacy.set_masking(False)
    stage.settle()
    assert leaks(stage)


def test_edits_wait_behind_it_and_are_neither_lost_nor_taken(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Canaryson")
    stage.page.desk.privacy.set_masking(True)
    stage.settle()
    assert not [text for text in texts_of(stage.window) if "Canaryson" in text]
    stage.put("last_name", "Other")
    stage.press("Ctrl+Return")
    assert stage.page.desk.edit.value(LAST_NAME) == "Canaryson"
    assert not stage.page.bar.review.isVisible()
    assert "hidden" in stage.page.bar.names.full_text
    stage.page.desk.privacy.set_masking(False)
    stage.settle()
    assert stage.row("last_name").copied_value() == "Canaryson"


def test_one_value_is_revealed_and_hidden_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_desk, "REVEALED_MS", 1)
    stage.look_up()
    desk = stage.page.desk
    real = desk.edit.value(LAST_NAME)
    desk.privacy.set_masking(True)
    stage.settle()
    stage.row("last_name").take_focus()
    seen: list[object] = []
    desk.reveal_changed.connect(lambda field: seen.append(desk.shown.value(field)))
    stage.press("Alt+V")
    stage.qtbot.waitUntil(lambda: len(seen) == 2, timeout=WAIT_MS)
    assert seen[0] == real
    assert seen[1] != real
    assert desk.is_hidden(LAST_NAME)
    assert leaks(stage) == []


def test_copying_says_whether_it_was_masked(stage: Stage) -> None:
    stage.look_up()
    stage.page.desk.privacy.set_masking(True)
    stage.settle()
    told: list[str] = []
    stage.page.activity.connect(told.append)
    commands = stage.page.findChild(FieldCommands)
    assert commands is not None
    commands._copy(stage.row("last_name"))
    assert told[-1] == MASKED_COPY
    clipboard = QGuiApplication.clipboard()
    assert not any(canary in clipboard.text() for canary in canaries_of(stage))
    copy_id = next(
        button
        for button in stage.page.findChildren(CopyButton)
        if button.accessibleName() == "Copy external person ID"
    )
    copy_id.click()
    assert copy_id.accessibleName() == "external person ID copied, with personal data hidden"
    assert STEVE not in clipboard.text()


def test_the_box_the_choice_and_the_vain_tell_nobody(stage: Stage) -> None:
    page = stage.page
    page.desk.privacy.set_masking(True)
    page.look_up(SHARED)
    stage.settle()
    assert page.views.currentWidget() is page.finding.several
    assert not [text for text in texts_of(stage.window) if SHARED in text or SHARED[1:] in text]
    page.look_up("+12065550999")
    stage.settle()
    assert page.views.currentWidget() is page.finding.nobody
    assert not [text for text in texts_of(stage.window) if "2065550999" in text]


def test_a_name_in_a_note_is_hidden_too(stage: Stage) -> None:
    stage.look_up()
    stage.put("last_name", "Canaryson")
    stage.page.changes.discard()
    stage.page.desk.privacy.set_masking(True)
    stage.settle()
    assert leaks(stage) == []
    assert stage.page.note.way_back.isVisible()
    assert stage.page.desk.is_hidden(EXTERNAL_ID)


def test_what_is_typed_to_filter_by_is_hidden(stage: Stage) -> None:
    stage.look_up()
    fields = stage.page.findChild(CustomFieldsCard)
    assert fields is not None
    fields.filter.setText("Canaryson")
    stage.page.desk.privacy.set_masking(True)
    stage.settle()
    assert not [text for text in texts_of(stage.window) if "Canaryson" in text]
