"""One change in full."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeId, Outcome
from vibes_desktop.model.fields import FieldRef
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.storage.desk import Desk
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.history.actions import Profiles
from vibes_desktop.ui.history.detail_pane import DetailPane
from vibes_desktop.ui.widgets.buttons import CopyButton
from vibes_desktop.ui.widgets.code_block import CodeBlock
from vibes_desktop.ui.widgets.labels import ElidedLabel
from vibes_desktop.ui.widgets.notice import Notice

Write = Callable[..., ChangeId]
Show = Callable[..., DetailPane]
DEMO = ProfileId("demo")


@pytest.fixture
def pane(qtbot: QtBot) -> DetailPane:
    made = DetailPane(on_undo=lambda: None, on_resolve=lambda: None, on_open=lambda: None)
    qtbot.addWidget(made)
    made.resize(372, 600)
    made.show()
    return made


@pytest.fixture
def show(pane: DetailPane, journal: Journal, write: Write, profiles: tuple[Profile, ...]) -> Show:
    """Return a function that writes a change and shows it."""

    def write_and_show(*args: object, **how: object) -> DetailPane:
        pane.show_record(journal.record(write(*args, **how)), Profiles.of(profiles, DEMO))
        return pane

    return write_and_show


def _texts(pane: DetailPane) -> list[str]:
    shown = [label for label in pane.findChildren(QLabel) if label.isVisible()]
    return [label.full_text if isinstance(label, ElidedLabel) else label.text() for label in shown]


def test_before_and_after_stand_under_the_field(show: Show) -> None:
    texts = _texts(show("Ann"))
    at = texts.index("last_name")
    assert texts[at : at + 3] == ["last_name", "Millar", "Miller"]


def test_a_cleared_field_says_so(show: Show) -> None:
    assert "cleared" in _texts(show("Ann", after=None))


def test_every_value_is_plain_text(show: Show) -> None:
    pane = show("<b>Ann</b>", after="<img src=x>\u202e", reason="<i>why</i>")
    assert "<img src=x>⟨U+202E⟩" in _texts(pane)
    assert {label.textFormat() for label in pane.findChildren(QLabel) if label.text()} == {
        Qt.TextFormat.PlainText
    }


def test_what_was_sent_is_shown_indented(show: Show) -> None:
    [block] = show("Ann").findChildren(CodeBlock)
    text = block.toPlainText()
    assert text.startswith("PUT /companies/DEMO/mobiledb/persons/key\n\n{\n")
    assert '"last_name": "Miller"' in text


def test_an_outcome_that_is_not_good_is_explained(show: Show) -> None:
    pane = show(
        "Ann", outcome=Outcome.DIFFERS, detail="It came as MILLER.", differing=(FieldRef("last_name"),)
    )
    [notice] = pane.findChildren(Notice)
    assert notice.text.endswith("It came as MILLER.")
    assert "came back otherwise" in _texts(pane)


def test_a_good_outcome_needs_no_explanation(show: Show) -> None:
    assert show("Ann").findChildren(Notice) == []


def test_the_old_value_can_be_copied(show: Show, qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    pane = show("Ann")
    copy = next(
        each for each in pane.findChildren(CopyButton) if each.accessibleName() == "Copy last_name before"
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == "Millar"


def test_what_can_not_be_undone_says_so(show: Show) -> None:
    pane = show("Ann", outcome=Outcome.NOT_SAVED)
    assert not pane.undo_button.isEnabled()
    assert any(text.startswith("Undo: This change was not saved") for text in _texts(pane))
    assert show("Ann").undo_button.isEnabled()


def test_only_an_open_or_unknown_change_can_be_looked_at_again(show: Show) -> None:
    shown = {outcome: show("Ann", outcome=outcome).resolve_button.isVisible() for outcome in Outcome}
    assert {outcome for outcome, visible in shown.items() if visible} == {
        Outcome.INTENDED,
        Outcome.SENDING,
        Outcome.UNKNOWN,
    }


def test_a_change_of_another_profile_is_for_reading(show: Show) -> None:
    pane = show("Ann", profile=ProfileId("acme"), outcome=Outcome.SENDING)
    assert not pane.resolve_button.isEnabled()
    assert not pane.open_button.isEnabled()
    assert "Profile: Acme Retail" in _texts(pane)


def test_an_erased_change_keeps_its_fields_names_alone(
    pane: DetailPane, desk: Desk, write: Write, profiles: tuple[Profile, ...]
) -> None:
    change_id = write("Ann")
    person = desk.journal.record(change_id).person
    assert person is not None
    desk.forget([person])
    pane.show_record(desk.journal.record(change_id), Profiles.of(profiles, DEMO))
    texts = _texts(pane)
    assert "last_name" in texts
    assert not {"Millar", "Miller", "Ann Millar", "key-Ann"} & set(texts)
    assert not pane.undo_button.isEnabled()


def test_nothing_chosen_asks_to_choose(show: Show) -> None:
    pane = show("Ann")
    pane.show_nothing()
    assert pane.record is None
    assert _texts(pane) == ["Choose a change to see it in full."]
