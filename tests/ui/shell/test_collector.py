"""Cycles are collected by the window's thread, and by no other."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.collector import Collector

WAIT_MS = 10_000


class Knot:
    """Something that only the collector can free."""

    def __init__(self, ends: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: ends.append(threading.get_ident()))


def tie(count: int, ends: list[int]) -> None:
    """Make cycles that nobody holds."""
    for _ in range(count):
        Knot(ends)


def test_garbage_of_other_threads_ends_on_this_one(qtbot: QtBot) -> None:
    collector = Collector()
    ends: list[int] = []
    elsewhere = threading.Thread(target=tie, args=(5_000, ends))
    elsewhere.start()
    elsewhere.join()
    assert ends == []
    qtbot.waitUntil(lambda: bool(ends), timeout=WAIT_MS)
    assert set(ends) == {threading.get_ident()}
    collector.deleteLater()


def test_older_generations_have_their_turn(qtbot: QtBot) -> None:
    collector = Collector()
    ends: list[int] = []
    Knot(ends)
    gc.collect(1)
    knot = Knot(ends)
    gc.collect(0)
    gc.collect(1)
    del knot
    for _ in range(200):
        held = [[] for _ in range(1_000)]  # type: ignore[var-annotated]
        collector.collect()
        del held
    assert len(ends) == 2
    collector.settle()
    gc.unfreeze()
    collector.deleteLater()
