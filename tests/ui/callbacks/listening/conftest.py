"""A desk that really listens, and somebody who sends to it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.runtime import Runtime
from vibes_desktop.storage.captures_endpoint import EndpointFile
from vibes_desktop.storage.captures_folder import CaptureFolder
from vibes_desktop.storage.folders import Folders
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.listening.desk import ListeningDesk
from vibes_desktop.ui.callbacks.viewer import Viewer

WAIT_MS = 20_000
WAIT_SECONDS = 20.0


@dataclass
class Live:
    """The desk, and what stands around it."""

    desk: ListeningDesk
    viewer: Viewer
    bridge: Bridge
    runtime: Runtime
    qtbot: QtBot
    host: QWidget  # stands for the page

    def start(self) -> str:
        """Listen; returns the address."""
        self.desk.start()
        self.qtbot.waitUntil(lambda: self.desk.status.address is not None, timeout=WAIT_MS)
        return self.address

    @property
    def address(self) -> str:
        """Where callbacks go."""
        assert self.desk.status.address is not None
        return self.desk.status.address

    def stop(self) -> None:
        """Stop listening."""
        self.desk.stop()
        self.qtbot.waitUntil(lambda: not self.desk.is_listening, timeout=WAIT_MS)

    def send(self, event: str = "E1", *, host: str | None = None, body: bytes | None = None) -> int:
        """Post one callback; returns the status."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=WAIT_SECONDS)
        headers = {"Content-Type": "application/json"} | ({"Host": host} if host else {})
        content = json.dumps(callback(event)).encode() if body is None else body
        try:
            connection.request("POST", parts.path, content, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def wait_for_rows(self, count: int) -> None:
        """Wait until so many rows are shown."""
        self.qtbot.waitUntil(lambda: len(self.viewer.rows) == count, timeout=WAIT_MS)


def callback(event: str) -> dict[str, object]:
    """Make a callback."""
    return {
        "event_id": event,
        "callback_type": "person_updated",
        "event_date": "2026-02-25T10:00:00Z",
        "person": {"external_person_id": "CRM-1", "mobile_phone": {"mdn": "+13125550143"}},
    }


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders.under(tmp_path)
    made.create()
    return made


@pytest.fixture
def live(bridge: Bridge, runtime: Runtime, viewer: Viewer, folders: Folders, qtbot: QtBot) -> Iterator[Live]:
    """Give a desk that listens nowhere yet."""
    desk = ListeningDesk(bridge, viewer, CaptureFolder.of(folders), EndpointFile.of(folders))
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1300, 800)
    host.show()
    yield Live(desk, viewer, bridge, runtime, qtbot, host)
    viewer.close()
    runtime.submit(desk.aclose()).result(WAIT_SECONDS)
    qtbot.waitUntil(lambda: not bridge.running, timeout=WAIT_MS)
    desk.deleteLater()
