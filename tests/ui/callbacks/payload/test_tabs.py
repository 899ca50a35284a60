"""The tabs of the pane."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.notes import Note
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.payload.tabs import NOT_THERE, PayloadTabs, Tab
from vibes_desktop.ui.callbacks.viewer import Viewer

Show = Callable[..., PayloadPane]
Event = Callable[..., dict[str, object]]
DAMAGED = (
    b'{"event_id": "E1", "event_date": "2017-01-01T00:00:00Z", "callback_type": "person_added", "x": NULL}'
)


def path_of(tabs: PayloadTabs) -> str:
    node = tabs.tree.view.current_node
    return "" if node is None else ".".join(map(str, node.path))


def tabs_notes(tabs: PayloadTabs) -> tuple[Note, ...]:
    tabs.show_tab(Tab.FINDINGS)
    return tabs.findings.notes


def test_findings_are_counted_at_their_tab(show: Show, removal: Event) -> None:
    tabs = show(removal(event_type="subscription_removed")).tabs
    loaded_count = len(tabs._loaded.findings) if tabs._loaded else 0
    assert tabs.counts.count_at(Tab.FINDINGS) == loaded_count > 0
    assert tabs.tabToolTip(Tab.REPAIRS) == "No repairs"


def test_a_finding_leads_to_its_place(show: Show, removal: Event) -> None:
    tabs = show(removal(event_type="subscription_removed")).tabs
    tabs.show_tab(Tab.FINDINGS)
    place = next(number for number, note in enumerate(tabs.findings.notes) if note.path == "event_type")
    tabs.findings.opened.emit(place)
    assert tabs.tab is Tab.TREE
    assert path_of(tabs) == "event_type"


def test_a_finding_about_the_delivery_leads_there(show: Show, removal: Event) -> None:
    tabs = show({"status": 404, "body": removal()}).tabs
    codes = [note.title for note in tabs_notes(tabs)]
    tabs.findings.opened.emit(codes.index("answered 4xx"))
    assert tabs.tab is Tab.DELIVERY


def test_tabs_out_of_view_keep_nothing_of_the_payload_before(
    show: Show, viewer: Viewer, removal: Event, qtbot: QtBot
) -> None:
    pane = show(removal(), removal(2))
    pane.tabs.show_tab(Tab.DELIVERY)
    viewer.show(1)
    qtbot.waitUntil(lambda: pane.loaded is not None and pane.loaded.row == 1)
    assert pane.tabs.tree.model.document is None
    pane.tabs.show_tab(Tab.TREE)
    assert pane.tabs.tree.model.document is not None


def test_the_place_of_what_is_missing_is_where_it_would_stand(show: Show, removal: Event) -> None:
    payload = removal()
    payload["subscription"] = {"person": {"external_id": "ex1234"}, "subscription_list": {"id": "1"}}
    tabs = show(payload).tabs
    said: list[str] = []
    tabs.said.connect(said.append)
    tabs.show_path("subscription.opt_in_date")
    assert path_of(tabs) == "subscription"
    assert said == [NOT_THERE]


def test_a_repair_leads_to_the_text_and_marks_the_tree(show: Show, qtbot: QtBot) -> None:
    pane = show(DAMAGED)
    tabs = pane.tabs
    assert tabs.counts.count_at(Tab.REPAIRS) == 1
    tabs.open_repair(0)
    qtbot.waitUntil(lambda: not pane.viewer.bridge.running)
    assert tabs.tab is Tab.TEXT
    assert tabs.text.view.textCursor().position() == DAMAGED.index(b"NULL")
    tabs.show_tab(Tab.TREE)
    assert path_of(tabs) == "x"


def test_where_there_is_no_tree_the_text_is_shown(
    show: Show, viewer: Viewer, removal: Event, qtbot: QtBot
) -> None:
    pane = show(removal(), b"<submitMOMessage/>", row=1)
    assert pane.tabs.currentIndex() == Tab.TEXT
    assert not pane.tabs.isTabVisible(Tab.TREE)
    viewer.show(0)
    qtbot.waitUntil(lambda: pane.loaded is not None and pane.loaded.row == 0)
    assert pane.tabs.currentIndex() == Tab.TREE


def test_a_tab_that_was_chosen_stays(show: Show, viewer: Viewer, removal: Event, qtbot: QtBot) -> None:
    pane = show(removal(), removal(2))
    pane.tabs.show_tab(Tab.FINDINGS)
    viewer.show(1)
    qtbot.waitUntil(lambda: pane.loaded is not None and pane.loaded.row == 1)
    assert pane.tabs.tab is Tab.FINDINGS
    assert "redelivery" in [note.title for note in pane.tabs.findings.notes]


def test_a_tab_is_filled_when_it_comes_into_view(show: Show, removal: Event, qtbot: QtBot) -> None:
    tabs = show(removal()).tabs
    assert tabs.text.view.toPlainText() == ""
    tabs.show_tab(Tab.TEXT)
    qtbot.waitUntil(lambda: "subscription_removed" in tabs.text.view.toPlainText())


@pytest.mark.parametrize("tab", list(Tab))
def test_the_delivery_and_all_others_show_what_they_are_for(show: Show, removal: Event, tab: Tab) -> None:
    tabs = show(removal()).tabs
    tabs.show_tab(tab)
    assert tabs.tab is tab
    assert tabs.currentWidget().isVisible()


def test_the_search_begins_in_the_tree(show: Show, removal: Event) -> None:
    tabs = show(removal()).tabs
    tabs.show_tab(Tab.DELIVERY)
    tabs.open_find()
    assert tabs.tab is Tab.TREE
    assert tabs.tree.find_bar.isVisible()


def test_a_large_document_is_shown(show: Show, tmp_path: Path) -> None:
    place = tmp_path / "large.json"
    text = json.dumps({"callback_type": "event_processed", "rows": [{"n": "x" * 100}] * 25_000})
    place.write_text(text, encoding="utf-8")
    pane = show(file=place)
    assert pane.loaded is not None
    tabs = pane.tabs
    assert tabs.tree.model.rowCount() == 2
    tabs.show_path("rows.24999.n")
    assert path_of(tabs) == "rows.24999.n"
