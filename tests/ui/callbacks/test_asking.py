"""The question, apart from files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from pathlib import Path

from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.asking import Asking
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times, Zone

Write = Callable[..., Path]
Open = Callable[..., Viewer]


def test_a_question_is_asked_of_whatever_is_there(bridge: Bridge, write_events: Write, qtbot: QtBot) -> None:
    asking = Asking(bridge, Privacy(), Times(local=UTC))
    with Collection.open([str(write_events(4))]) as collection:
        asking.collection = collection
        with qtbot.waitSignals([asking.asked, asking.answered]):
            asking.ask("reason:keyword_opt_out")
        assert asking.rows.tolist() == [0, 3]
        assert asking.took_ms > 0
        qtbot.waitUntil(lambda: not asking.is_answering)
        assert asking.answer_fraction == 1


def test_days_begin_in_the_zone_of_the_window(bridge: Bridge, write_events: Write, qtbot: QtBot) -> None:
    times = Times(local=timezone(timedelta(hours=-1)))
    asking = Asking(bridge, Privacy(), times)
    with Collection.open([str(write_events(61))]) as collection:
        asking.collection = collection
        with qtbot.waitSignal(asking.answered):
            asking.ask("date:2026-02-01")
        assert asking.rows.tolist() == [60]
        with qtbot.waitSignal(asking.answered):
            times.set_zone(Zone.UTC)
        assert len(asking.rows) == 61
