"""A viewer over real files, with nothing open yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from vibes_desktop.model.identifier import Identifier
from vibes_desktop.runtime import Runtime
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.page import CallbacksPage
from vibes_desktop.ui.callbacks.payload.actions import PayloadActions
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times

Write = Callable[..., Path]
Open = Callable[..., Viewer]


@pytest.fixture
def bridge(qapp: object, runtime: Runtime) -> Bridge:
    return Bridge(runtime)


@pytest.fixture
def viewer(bridge: Bridge, qtbot: QtBot) -> Iterator[Viewer]:
    """Make a viewer whose times are in UTC."""
    made = Viewer(bridge, Privacy(), Times(local=UTC), None)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not bridge.running)


@pytest.fixture
def write_events(tmp_path: Path) -> Write:
    """Return a function that writes a file of so many removals, one minute apart, newest last."""

    def write(count: int, name: str = "events.ndjson", *, first: int = 0) -> Path:
        place = tmp_path / name
        lines = (json.dumps(event(number)) for number in range(first, first + count))
        place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return place

    return write


@pytest.fixture
def open_events(viewer: Viewer, write_events: Write, qtbot: QtBot) -> Open:
    """Return a function that opens so many removals, and waits until they are there."""

    def open_them(count: int) -> Viewer:
        viewer.open([str(write_events(count))])
        qtbot.waitUntil(lambda: len(viewer.rows) == count and not viewer.is_opening)
        return viewer

    return open_them


class Memory:
    """Pieces of state by name, in memory."""

    def __init__(self) -> None:
        self.pieces: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, None if nothing."""
        return self.pieces.get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under a key."""
        self.pieces[key] = value


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def wanted_people() -> list[Identifier]:
    """Whom the page asked to open."""
    return []


@pytest.fixture
def page(viewer: Viewer, memory: Memory, wanted_people: list[Identifier], qtbot: QtBot) -> CallbacksPage:
    """Show the page, with nothing open."""
    made = CallbacksPage(
        viewer, PayloadPane(viewer, PayloadActions(open_person=wanted_people.append)), memory
    )
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    return made


def event(number: int) -> dict[str, object]:
    """Make a removal; every third by keyword, on one of two lists."""
    day, minute = 1 + number // 1440 % 28, number % 1440
    return {
        "event_id": f"E{number:06}",
        "event_date": f"2026-02-{day:02}T{minute // 60:02}:{minute % 60:02}:00Z",
        "callback_type": "subscription_removed",
        "delivery_attempt": "1",
        "subscription": {
            "person": {
                "person_key": f"key-{number}",
                "external_person_id": f"ex{number:05}",
                "mobile_phone": {"mdn": f"+1206555{number % 10000:04}"},
            },
            "subscription_list": {"id": "1234" if number % 2 else "1188"},
            "opt_in_date": "2026-01-01T00:00:00Z",
            "opt_out_date": "2026-02-01T00:00:00Z",
            "opt_out_reason": "keyword_opt_out" if number % 3 == 0 else "user_opt_out",
        },
    }
