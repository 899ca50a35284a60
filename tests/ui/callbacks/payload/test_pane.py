"""The pane as a whole: what it shows of the viewer's row."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.payload.tabs import Tab
from vibes_desktop.ui.callbacks.viewer import Viewer

Show = Callable[..., PayloadPane]
Event = Callable[..., dict[str, object]]


def test_it_shows_the_current_row(show: Show, removal: Event) -> None:
    pane = show(removal())
    assert pane.head.sentence.text() == (
        "+1 312 555 0143 left list 1234 on 18 Feb 2017 (user_opt_out); joined 34 days before."
    )
    assert pane.tabs.tree.model.rowCount() == 5
    assert pane.tabs.tab is Tab.TREE


def test_another_row_takes_the_place(show: Show, viewer: Viewer, removal: Event, qtbot: QtBot) -> None:
    pane = show(removal(), {"event_id": "E2", "event_date": "2017-02-18T15:34:52Z"})
    viewer.show(1)
    qtbot.waitUntil(lambda: pane.loaded is not None and pane.loaded.row == 1)
    assert pane.tabs.tree.model.rowCount() == 2


def test_nothing_is_shown_once_the_files_are_closed(show: Show, viewer: Viewer, removal: Event) -> None:
    pane = show(removal())
    viewer.close()
    assert pane.loaded is None
    assert pane.tabs.tree.model.rowCount() == 0


def test_the_person_is_opened_by_the_surest_identifier(
    show: Show, removal: Event, opened: list[Identifier]
) -> None:
    pane = show(removal())
    pane.head.open_button.click()
    assert opened == [Identifier(IdentifierKind.EXTERNAL_ID, "ex1234")]


def test_a_file_that_can_not_be_read_any_more_is_said_at_its_place(
    show: Show, viewer: Viewer, removal: Event, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = show(removal(), removal(2))
    blind = os.open(tmp_path / "blind", os.O_WRONLY | os.O_CREAT)
    os.dup2(blind, open_file(tmp_path / "shown.ndjson"))
    os.close(blind)
    viewer.show(1)
    qtbot.waitUntil(pane.notice.isVisible)
    assert "can't be read any more" in pane.notice.text
    assert not pane.tabs.isVisible()


def test_a_file_that_was_cut_gives_a_row_that_says_so(
    show: Show, viewer: Viewer, removal: Event, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = show(removal(), removal(2))
    os.truncate(tmp_path / "shown.ndjson", 10)
    viewer.show(1)
    qtbot.waitUntil(lambda: is_at(pane, 1))
    assert "changed or cut" in pane.head.sentence.text()
    assert pane.tabs.tab is Tab.TEXT


def test_every_sample_can_be_shown(viewer: Viewer, pane: PayloadPane, samples: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.replaced):
        viewer.open([str(samples)])
    qtbot.waitUntil(lambda: not viewer.is_opening and len(viewer.rows) == len(viewer.collection))
    assert len(viewer.collection) > 30
    for row in range(len(viewer.collection)):
        viewer.show(row)
        qtbot.waitUntil(partial(is_at, pane, row))
        assert len(pane.head.sentence.text()) > 10
        for tab in Tab:
            pane.tabs.show_tab(tab)


def test_what_is_copied_is_said_with_its_masking(show: Show, viewer: Viewer, removal: Event) -> None:
    pane = show(removal())
    pane.copy("a text", "path")
    assert QGuiApplication.clipboard().text() == "a text"
    assert spoken(pane) == "Path copied"
    viewer.privacy.set_masking(True)
    pane.copy("a text", "path")
    assert spoken(pane) == "Path copied (masked)"


def test_personal_data_are_hidden_everywhere(
    show: Show, viewer: Viewer, removal: Event, qtbot: QtBot
) -> None:
    pane = show(removal())
    viewer.privacy.set_masking(True)
    pane.tabs.show_tab(Tab.TEXT)
    qtbot.waitUntil(lambda: "callback_type" in pane.tabs.text.view.toPlainText())
    texts = [pane.head.sentence.text(), pane.head.line.text(), pane.tabs.text.view.toPlainText()]
    texts += rows_of(pane)
    assert len(texts) > 10
    assert not [text for text in texts if "5550143" in text or "ex1234" in text]


def test_a_row_and_a_path_can_be_asked_for_at_once(show: Show, removal: Event, qtbot: QtBot) -> None:
    pane = show({"event_id": "other"}, removal())
    pane.show_path(1, "subscription.person.id")
    qtbot.waitUntil(
        lambda: (
            pane.tabs.tree.view.current_node is not None and pane.loaded is not None and pane.loaded.row == 1
        )
    )
    node = pane.tabs.tree.view.current_node
    assert node is not None
    assert node.path == ("subscription", "person", "id")
    pane.show_path(1, "event_id")
    node = pane.tabs.tree.view.current_node
    assert node is not None
    assert node.path == ("event_id",)


def test_everything_has_a_name_and_can_be_reached(show: Show, removal: Event) -> None:
    pane = show(removal())
    nameless = [
        widget
        for widget in pane.findChildren(QWidget)
        if widget.isVisibleTo(pane)
        and widget.focusPolicy()
        and not widget.accessibleName()
        and is_ours(widget)
    ]
    assert nameless == []


def spoken(pane: PayloadPane) -> str:
    """Read the word in the toast."""
    toast = pane._toast
    return toast.text() if toast is not None else ""


def rows_of(pane: PayloadPane) -> list[str]:
    """Read the rows of the tree that are made."""
    document = pane.tabs.tree.model.document
    return [pane.tabs.tree.model.words.spoken(node) for node in document.nodes] if document else []


def is_ours(widget: QWidget) -> bool:
    """Leave out what speaks by its text, and what is Qt's own."""
    return not isinstance(widget, QLabel) and not widget.objectName().startswith("qt_")


def is_at(pane: PayloadPane, row: int) -> bool:
    """Tell whether a row has been read."""
    return pane.loaded is not None and pane.loaded.row == row


def open_file(path: Path) -> int:
    """Find the number under which this process has a file open."""
    numbers = (int(each.name) for each in Path("/proc/self/fd").iterdir())
    return next(number for number in numbers if Path(f"/proc/self/fd/{number}").resolve() == path.resolve())
