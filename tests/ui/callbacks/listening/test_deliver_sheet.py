"""Rows are delivered again from the sheet, and every answer stays in its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vibes_desktop.listener.redelivering import Answered
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.ui.callbacks.listening.deliver_sheet import (
    DeliverSheet,
    answer_cell,
    open_deliver_sheet,
)
from vibes_desktop.ui.widgets.pill import Tone

if TYPE_CHECKING:
    from tests.ui.callbacks.conftest import Write
    from tests.ui.callbacks.listening.conftest import Live

WAIT_MS = 20_000


def made(live: Live, write_events: Write, count: int = 3) -> DeliverSheet:
    """Listen, open some payloads, and open the sheet over them."""
    live.start()
    live.viewer.open([str(write_events(count))])
    live.wait_for_rows(count)
    live.qtbot.waitUntil(lambda: live.desk.source in live.viewer.collection.sources, timeout=WAIT_MS)
    live.viewer.show(0)
    return open_deliver_sheet(live.viewer, live.host)


def over(sheet: DeliverSheet, live: Live) -> None:
    """Wait until nothing is delivered any more."""
    live.qtbot.waitUntil(lambda: not sheet.is_sending, timeout=WAIT_MS)


def test_all_go_and_their_answers_stay(live: Live, write_events: Write) -> None:
    sheet = made(live, write_events)
    sheet.all_shown.setChecked(True)
    sheet.address.setText(live.address)
    sheet.rate.setValue(500)
    sheet.go.click()
    over(sheet, live)
    assert [answered.status for answered in sheet.model.items] == [200, 200, 200]
    assert "3 callbacks delivered: 3 answered 2xx." in sheet.outcome.text()
    assert sheet.model.index(0, 1).data() == "subscription_removed"
    live.wait_for_rows(6)
    sheet.reject()


def test_one_alone_goes_and_a_refusal_is_kept(live: Live, write_events: Write) -> None:
    sheet = made(live, write_events)
    live.desk.rehearse(Rehearsal(503))
    live.qtbot.waitUntil(lambda: live.desk.status.rehearsal is not None, timeout=WAIT_MS)
    assert sheet.this_one.isChecked()
    sheet.address.setText(live.address)
    sheet.start()
    over(sheet, live)
    (answered,) = sheet.model.items
    assert (answered.number, answered.status) == (0, 503)
    assert "1 otherwise" in sheet.outcome.text()
    sheet.table.opened.emit(0)
    assert live.viewer.current == 0


def test_an_answer_that_is_the_payload_is_hidden_like_one(live: Live, write_events: Write) -> None:
    sheet = made(live, write_events)
    echo = b'{"person": {"external_person_id": "EXT542342", "mobile_phone": {"mdn": "+12065550143"}}}'
    live.viewer.privacy.set_masking(True)
    sheet.model.add_items([Answered(0, 200, 1.0, echo)])
    assert sheet.model.index(0, 4).data() == (
        '{"person": {"external_person_id": "E•••", "mobile_phone": {"mdn": "+•••••••••43"}}}'
    )
    sheet.reject()


def test_another_computer_is_asked_about_for_each_address(live: Live, write_events: Write) -> None:
    sheet = made(live, write_events)
    sheet.address.setText("http://203.0.113.7/x")
    assert not sheet.confirmed.isVisible()
    sheet.start()
    over(sheet, live)
    assert sheet.confirmed.isVisible()
    assert "203.0.113.7" in sheet.confirmed.text()
    sheet.confirmed.setChecked(True)
    sheet.address.textEdited.emit("http://203.0.113.8/x")
    assert not sheet.confirmed.isChecked()
    assert not sheet.confirmed.isVisible()
    sheet.reject()


@pytest.mark.parametrize("address", ["", "ftp://x/", "http://169.254.169.254/latest", "http://[fe80::1]/"])
def test_some_addresses_are_refused(live: Live, write_events: Write, address: str) -> None:
    sheet = made(live, write_events, 1)
    sheet.address.setText(address)
    sheet.start()
    over(sheet, live)
    assert sheet.address_row.error_text
    assert not sheet.confirmed.isVisible()
    assert not sheet.model.items
    sheet.reject()


def test_it_stops_and_then_closes(live: Live, write_events: Write) -> None:
    sheet = made(live, write_events, 50)
    sheet.all_shown.setChecked(True)
    sheet.address.setText(live.address)
    sheet.rate.setValue(1)
    sheet.start()
    live.qtbot.waitUntil(lambda: bool(sheet.model.items), timeout=WAIT_MS)
    sheet.reject()
    assert not sheet.is_sending
    assert sheet.isVisible()
    assert 0 < len(sheet.model.items) < 50
    assert sheet.outcome.text().startswith("Stopped.")
    sheet.reject()
    assert not sheet.isVisible()


def test_what_is_open_may_change_once_it_is_closed(live: Live, write_events: Write) -> None:
    sheet = made(live, write_events, 1)
    with live.qtbot.waitSignal(sheet.destroyed, timeout=WAIT_MS):
        sheet.reject()
    live.viewer.close()
    assert not live.viewer.collection.sources


@pytest.mark.parametrize(
    ("status", "tone"),
    [(None, Tone.BAD), (204, Tone.OK), (404, Tone.BAD), (503, Tone.WARN), (301, Tone.WARN)],
)
def test_an_answer_has_its_colour(status: int | None, tone: Tone) -> None:
    assert answer_cell(status).tone is tone
