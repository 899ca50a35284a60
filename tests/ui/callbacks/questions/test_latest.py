"""Only the newest wish counts."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.stopping import Check
from vibes_desktop.model.errors import StorageError, VibesDesktopError
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.questions.latest import Latest


def test_it_is_worked_out_and_shown(bridge: Bridge, qtbot: QtBot) -> None:
    shown: list[int] = []
    latest: Latest[int] = Latest(bridge, QObject(bridge), shown.append)
    latest.ask(lambda _: 1)
    assert latest.is_busy
    qtbot.waitUntil(lambda: shown == [1])
    assert not latest.is_busy


def test_what_waits_is_replaced_by_what_comes_later(bridge: Bridge, qtbot: QtBot) -> None:
    go_on, shown = threading.Event(), list[int]()
    latest: Latest[int] = Latest(bridge, QObject(bridge), shown.append)

    def slow(_check: Check) -> int:
        go_on.wait(5)
        return 1

    latest.ask(slow)
    latest.ask(lambda _: 2)
    latest.ask(lambda _: 3)
    go_on.set()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown == [1, 3]


def test_dropped_work_is_given_up_and_shows_nothing(bridge: Bridge, qtbot: QtBot) -> None:
    begun, go_on, ended, shown = threading.Event(), threading.Event(), threading.Event(), list[int]()
    latest: Latest[int] = Latest(bridge, QObject(bridge), shown.append)

    def slow(check: Check) -> int:
        begun.set()
        try:
            go_on.wait(5)
            check()
            return 1
        finally:
            ended.set()

    latest.ask(slow)
    qtbot.waitUntil(begun.is_set)
    latest.drop()
    latest.ask(lambda _: 2)
    go_on.set()
    qtbot.waitUntil(lambda: ended.is_set() and not bridge.running)
    assert shown == [2]


def test_a_file_that_cannot_be_read_is_an_error_of_the_tree(bridge: Bridge, qtbot: QtBot) -> None:
    failed: list[VibesDesktopError] = []
    shown: list[int] = []
    latest: Latest[int] = Latest(bridge, QObject(bridge), shown.append, failed.append)
    latest.ask(_broken)
    latest.ask(lambda _: 2)
    qtbot.waitUntil(lambda: shown == [2])
    assert [type(error) for error in failed] == [StorageError]


def _broken(_check: Check) -> int:
    raise FileNotFoundError("gone")


def test_asking_again_while_a_result_is_shown(bridge: Bridge, qtbot: QtBot) -> None:
    shown: list[int] = []

    def show(value: int) -> None:
        shown.append(value)
        if value == 1:
            latest.ask(lambda _: 2)

    latest: Latest[int] = Latest(bridge, QObject(bridge), show)
    latest.ask(lambda _: 1)
    qtbot.waitUntil(lambda: shown == [1, 2])
    assert not latest.is_busy
