"""A pane over real files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.payload import Body, Payload, Wrapping
from vibes_desktop.model.identifier import Identifier
from vibes_desktop.ui.callbacks.payload.actions import PayloadActions
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.viewer import Viewer

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"
PATIENCE_MS = 30_000  # for a computer that has other things to do
Show = Callable[..., PayloadPane]
Make = Callable[..., Payload]
Event = Callable[..., dict[str, object]]


@pytest.fixture
def opened() -> list[Identifier]:
    """Collect the people whose live record was asked for."""
    return []


@pytest.fixture
def pane(viewer: Viewer, qtbot: QtBot, opened: list[Identifier]) -> Iterator[PayloadPane]:
    made = PayloadPane(viewer, PayloadActions(open_person=opened.append))
    made.resize(382, 632)
    qtbot.addWidget(made)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not viewer.bridge.running, timeout=PATIENCE_MS)


@pytest.fixture
def show(pane: PayloadPane, viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> Show:
    """Return a function that opens texts, a line each (or a file), and shows one row in the pane."""

    def show_row(*lines: object, row: int = 0, file: Path | None = None) -> PayloadPane:
        place = file or tmp_path / "shown.ndjson"
        if file is None:
            texts = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
            place.write_bytes(b"\n".join(texts) + b"\n")
        with qtbot.waitSignal(viewer.replaced, timeout=PATIENCE_MS):
            viewer.open([str(place)])
        qtbot.waitUntil(lambda: not viewer.is_opening and len(viewer.collection) > row, timeout=PATIENCE_MS)
        viewer.show(row)
        qtbot.waitUntil(lambda: pane.loaded is not None and pane.loaded.row == row, timeout=PATIENCE_MS)
        return pane

    return show_row


@pytest.fixture
def make() -> Make:
    """Return a function that reads a text as the payload of a row."""

    def make_payload(text: object, received_ms: int | None = None, answered: int | None = None) -> Payload:
        raw = text if isinstance(text, bytes) else json.dumps(text).encode()
        return assemble(Body(raw, Wrapping((), received_ms, answered)), "events.ndjson", 7)

    return make_payload


def made_removal(attempt: int = 1, event_id: str = "E1", **more: object) -> dict[str, object]:
    """Make a subscription_removed as the platform delivers it."""
    return {
        "event_id": event_id,
        "event_date": "2017-02-18T15:34:52Z",
        "callback_type": "subscription_removed",
        "subscription": {
            "person": {"id": "ABC123", "external_id": "ex1234", "mobile_phone": {"mdn": "+13125550143"}},
            "subscription_list": {"id": "1234", "url": "/lists/1234"},
            "opt_in_date": "2017-01-15T15:34:52Z",
            "opt_out_date": "2017-02-18T15:34:52Z",
            "opt_out_reason": "user_opt_out",
        },
        "delivery_attempt": str(attempt),
        **more,
    }


@pytest.fixture
def removal() -> Event:
    """Return a function that makes a removal."""
    return made_removal


@pytest.fixture
def samples() -> Path:
    return SAMPLES
