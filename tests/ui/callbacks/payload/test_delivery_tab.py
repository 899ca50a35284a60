"""The tab of the delivery."""

from __future__ import annotations

from datetime import UTC

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.payload.delivery import Delivery
from vibes_desktop.ui.callbacks.payload.delivery_tab import NO_HEADERS, DeliveryTab
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times, Zone


@pytest.fixture
def privacy() -> Privacy:
    return Privacy()


@pytest.fixture
def times() -> Times:
    return Times(local=UTC)


@pytest.fixture
def tab(privacy: Privacy, times: Times, qtbot: QtBot) -> DeliveryTab:
    made = DeliveryTab(privacy, times)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(tab: DeliveryTab) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]


def test_a_file_has_no_headers_and_that_is_said(tab: DeliveryTab) -> None:
    tab.set_delivery(Delivery("events.ndjson", 7, 40))
    assert {"Source", "events.ndjson", "Place", "7", NO_HEADERS} <= set(texts(tab))


def test_times_follow_the_switch(tab: DeliveryTab, times: Times) -> None:
    tab.set_delivery(Delivery("events.ndjson", 7, 40, received_ms=0))
    assert "1970-01-01 00:00:00 local" in texts(tab)
    times.set_zone(Zone.UTC)
    assert "1970-01-01 00:00:00 UTC" in texts(tab)


def test_headers_are_plain_text_and_hidden_where_personal(tab: DeliveryTab, privacy: Privacy) -> None:
    headers = (("X-Odd", "<b>bold</b>"), ("X-Number", "+13125550143"))
    tab.set_delivery(Delivery("Listener", 1, 40, method="POST", path="/c/1", headers=headers))
    assert {"X-Odd", "<b>bold</b>", "+13125550143", "POST", "/c/1"} <= set(texts(tab))
    privacy.set_masking(True)
    assert "+13125550143" not in texts(tab)


def test_one_takes_the_place_of_the_other(tab: DeliveryTab) -> None:
    tab.set_delivery(Delivery("one.json", 1, 40))
    tab.set_delivery(Delivery("other.json", 1, 40))
    assert "one.json" not in texts(tab)
    tab.set_delivery(None)
    assert texts(tab) == []
