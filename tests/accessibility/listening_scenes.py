"""Listening: what arrived, what must be seen meanwhile, the sheets of it."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

from tests.accessibility.stage import MARKUP, Stage
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.ui.callbacks.listening.deliver_sheet import open_deliver_sheet
from vibes_desktop.ui.shell.page import PageId

HOST = "tunnel.example.com"


def listening(stage: Stage) -> None:
    """Receive something odd, and something under a name that is not allowed, while answers are rehearsed."""
    stage.program.window.show_page(PageId.CALLBACKS)
    desk = stage.place.listening
    desk.start()
    stage.driver.wait(lambda: desk.status.address is not None, "the listener")
    desk.rehearse(Rehearsal(404, every=2))
    stage.driver.wait(lambda: desk.status.rehearsal is not None, "the rehearsal")
    _send(desk.status.address or "")
    _send(desk.status.address or "", HOST)
    stage.driver.wait(lambda: len(stage.place.viewer.rows) == 1, "the row")
    stage.driver.wait_for_text("A callback is waiting for your permission")
    stage.place.callbacks.table.setFocus()


def listening_in_full(stage: Stage) -> None:
    listening(stage)
    stage.driver.press("F9")
    stage.driver.wait_for_text("Register with Vibes…")
    stage.driver.wait_for_text("1 callback · ")


def delivering_again(stage: Stage) -> None:
    """Deliver it to the endpoint itself, and then try to deliver it elsewhere."""
    listening(stage)
    sheet = open_deliver_sheet(stage.place.viewer, stage.program.window)
    sheet.address.setText(stage.place.listening.status.address or "")
    sheet.start()
    stage.driver.wait(lambda: bool(sheet.model.items) and not sheet.is_sending, "the answer")
    sheet.address.setText("http://203.0.113.7/x")
    sheet.start()
    stage.driver.wait(sheet.confirmed.isVisible, "the question whether it may leave this computer")


def _send(address: str, host: str | None = None) -> None:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=20)
    headers = {"X-Odd": MARKUP} | ({"Host": host} if host else {})
    body = {"callback_type": MARKUP, "event_id": MARKUP, "person": {"external_person_id": MARKUP}}
    connection.request("POST", parts.path, json.dumps(body), headers)
    connection.getresponse().read()
    connection.close()


LISTENING_SCENES = (listening, listening_in_full, delivering_again)
