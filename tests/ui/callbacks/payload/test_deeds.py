"""What can be done with payloads."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.compare_sheet import CompareSheet
from vibes_desktop.ui.callbacks.payload.copying import CopyAs
from vibes_desktop.ui.callbacks.payload.deeds import NO_LINK, NO_PREVIOUS, PUT_ASIDE
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.viewer import Viewer

Show = Callable[..., PayloadPane]
Event = Callable[..., dict[str, object]]


def compared(pane: PayloadPane, qtbot: QtBot) -> str:
    """Wait for the sheet, read what it compares, and close it."""
    qtbot.waitUntil(lambda: bool(pane.findChildren(CompareSheet)))
    sheet = pane.findChildren(CompareSheet)[-1]
    qtbot.waitUntil(lambda: bool(sheet.summary.text()))
    text = sheet.model.text()
    sheet.reject()
    return text


def said(pane: PayloadPane) -> str:
    toast = pane._toast
    return toast.text() if toast is not None else ""


def test_it_compares_with_the_previous_of_person_and_type(
    show: Show, removal: Event, viewer: Viewer, qtbot: QtBot
) -> None:
    earlier = removal(event_id="E0", event_date="2016-01-01T00:00:00Z")
    pane = show(removal(), earlier)
    pane.head.compare_button.click()
    assert 'event_date\tchanged\t"2016-01-01T00:00:00Z"\t"2017-02-18T15:34:52Z"' in compared(pane, qtbot)


def test_it_says_that_there_is_no_previous_one(show: Show, removal: Event, qtbot: QtBot) -> None:
    pane = show(removal())
    pane.deeds.compare_with_previous()
    qtbot.waitUntil(lambda: said(pane) == NO_PREVIOUS)


def test_two_selected_rows_are_compared_in_the_order_shown(
    show: Show, removal: Event, viewer: Viewer, qtbot: QtBot
) -> None:
    pane = show(removal(1), removal(2), removal(3))
    before = pane.deeds.has_two
    viewer.set_selection(lambda: np.array([2, 0], np.int64))
    assert (before, pane.deeds.has_two) == (False, True)
    pane.deeds.compare_selected()
    assert 'delivery_attempt\tchanged\t"3"\t"1"' in compared(pane, qtbot)


def test_any_two_are_compared_by_putting_one_aside(
    show: Show, removal: Event, viewer: Viewer, qtbot: QtBot
) -> None:
    pane = show(removal(1), removal(2))
    offered = [pane.deeds.has_aside]
    pane.deeds.put_aside()
    assert said(pane) == PUT_ASIDE
    offered.append(pane.deeds.has_aside)
    viewer.show(1)
    offered.append(pane.deeds.has_aside)
    assert offered == [False, False, True]
    pane.deeds.compare_with_aside()
    assert 'delivery_attempt\tchanged\t"1"\t"2"' in compared(pane, qtbot)
    viewer.close()
    assert not pane.deeds.has_aside


def test_the_current_payload_is_copied(show: Show, removal: Event, qtbot: QtBot) -> None:
    pane = show(removal(), removal(2))
    pane.deeds.copy_as(CopyAs.JSON)
    qtbot.waitUntil(lambda: said(pane) == "JSON copied")
    assert json.loads(QGuiApplication.clipboard().text()) == removal()


def test_selected_ones_are_copied_together(show: Show, removal: Event, viewer: Viewer, qtbot: QtBot) -> None:
    pane = show(removal(1), removal(2))
    viewer.set_selection(lambda: np.array([0, 1], np.int64))
    viewer.privacy.set_masking(True)
    pane.deeds.copy_as(CopyAs.EXACT)
    qtbot.waitUntil(lambda: said(pane) == "Exact text of 2 payloads copied (masked)")
    assert "ex1234" not in QGuiApplication.clipboard().text()


def test_what_is_looked_at_elsewhere_is_copied_alone(
    show: Show, removal: Event, viewer: Viewer, qtbot: QtBot
) -> None:
    pane = show(removal(1), removal(2), removal(3))
    viewer.set_selection(lambda: np.array([1, 2], np.int64))
    pane.deeds.copy_as(CopyAs.JSON)
    qtbot.waitUntil(lambda: said(pane) == "JSON copied")
    assert json.loads(QGuiApplication.clipboard().text()) == removal(1)


def test_a_copied_link_is_followed(show: Show, removal: Event, viewer: Viewer, qtbot: QtBot) -> None:
    pane = show(removal(1), removal(2))
    QGuiApplication.clipboard().setText("no link")
    pane.deeds.follow_link()
    qtbot.waitUntil(lambda: said(pane) == NO_LINK)
    pane.deeds.copy_as(CopyAs.LINK)
    qtbot.waitUntil(lambda: said(pane) == "Link copied")
    viewer.show(1)
    pane.deeds.follow_link()
    qtbot.waitUntil(lambda: viewer.current == 0)
