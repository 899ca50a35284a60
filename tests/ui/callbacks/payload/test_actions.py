"""What app gives to the pane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.ui.callbacks.payload.actions import PayloadActions
from vibes_desktop.ui.callbacks.payload.delivery import Delivery, delivery_of
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.payload.tabs import Tab

Event = Callable[..., dict[str, object]]


def test_without_more_the_file_tells_of_the_delivery(make: Callable[..., Payload]) -> None:
    payload = make({"event_id": "E1"})
    assert PayloadActions(open_person=print).delivery(payload) == delivery_of(payload)


def test_somebody_else_may_tell_more_of_a_delivery(
    pane: PayloadPane, show: Callable[..., PayloadPane], removal: Event, qtbot: QtBot
) -> None:
    def with_headers(payload: Payload) -> Delivery:
        return replace(delivery_of(payload), method="POST", headers=(("X-Probe", "yes"),))

    pane.ways_out = PayloadActions(open_person=print, delivery=with_headers)
    show(removal())
    pane.tabs.show_tab(Tab.DELIVERY)
    assert {"X-Probe", "yes", "POST"} <= {label.text() for label in pane.findChildren(QLabel)}
