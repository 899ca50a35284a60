"""Two payloads side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.compare import Change, Difference
from vibes_desktop.ui.callbacks.payload.compare_sheet import CompareSheet, summary_words, value_words
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import Privacy

Show = Callable[..., PayloadPane]
Event = Callable[..., dict[str, object]]
Compare = Callable[..., CompareSheet]


@pytest.fixture
def compare(show: Show, qtbot: QtBot) -> Compare:
    """Return a function that opens the sheet over two payloads, and waits for what differs."""

    def compare_two(before: object, after: object) -> CompareSheet:
        pane = show(before, after)
        sheet = pane.deeds.compare(0, 1)
        qtbot.waitUntil(lambda: bool(sheet.summary.text()))
        return sheet

    return compare_two


def lines(sheet: CompareSheet) -> list[str]:
    return [sheet.model.line(row) for row in range(sheet.model.rowCount())]


def test_what_changed_was_added_or_removed_is_said(compare: Compare, removal: Event) -> None:
    sheet = compare(removal(1, gone=1), removal(2, new=[True]))
    assert lines(sheet) == [
        'delivery_attempt\tchanged\t"1"\t"2"',
        "gone\tremoved\t1\t",
        "new.0\tadded\t\ttrue",
    ]
    assert sheet.summary.text() == "1 changed, 1 added, 1 removed"
    assert "attempt 2" in sheet.heads[1].full_text
    sheet.reject()


def test_two_that_say_the_same_are_said_to(compare: Compare, removal: Event) -> None:
    sheet = compare(removal(), removal())
    assert sheet.summary.text() == "The two say the same."
    sheet.reject()


def test_it_can_be_looked_at_the_other_way_round(compare: Compare, removal: Event, qtbot: QtBot) -> None:
    sheet = compare(removal(1), removal(2))
    sheet.swap()
    qtbot.waitUntil(lambda: lines(sheet) == ['delivery_attempt\tchanged\t"2"\t"1"'])
    sheet.reject()


def test_enter_leads_to_the_place_in_the_payload(
    compare: Compare, removal: Event, viewer: Viewer, pane: PayloadPane, qtbot: QtBot
) -> None:
    sheet = compare(removal(1), removal(2))
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.loaded is not None and pane.loaded.row == 1)
    assert viewer.current == 1
    node = pane.tabs.tree.view.current_node
    assert node is not None
    assert node.path == ("delivery_attempt",)


def test_the_chosen_row_is_told_in_full(compare: Compare, removal: Event) -> None:
    sheet = compare(removal(1), removal(2))
    assert sheet.detail.text() == 'delivery_attempt, changed\nBefore: "1"\nAfter: "2"'
    sheet.reject()


def test_everything_can_be_copied_and_is_hidden_when_asked(
    compare: Compare, removal: Event, viewer: Viewer
) -> None:
    other = removal()
    other["subscription"] = {"person": {"external_id": "ex9999"}}
    sheet = compare(removal(), other)
    sheet.copy_all()
    assert '"ex1234"\t"ex9999"' in QGuiApplication.clipboard().text()
    viewer.privacy.set_masking(True)
    sheet.copy_all()
    copied = QGuiApplication.clipboard().text()
    assert "ex1234" not in copied
    assert "0143" not in copied
    assert sheet._note.text() == "Comparison copied (masked)"
    sheet.reject()


def test_values_are_written_as_json_within_bounds() -> None:
    assert value_words("a", {}, Privacy()) == "{}"
    assert value_words("a", None, Privacy()) == "null"
    assert len(value_words("a", "x" * 1_000, Privacy())) < 500
    assert value_words("person.custom_fields.tier", "golden", Privacy(is_masking=True)) == '"g•••"'


def test_it_is_counted_in_words() -> None:
    changed = Difference("a", Change.CHANGED, 1, 2)
    assert summary_words((changed,) * 1_200) == "1,200 changed"
