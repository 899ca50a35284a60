"""The bridge, with a real background loop."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vibes_desktop.model.errors import InvalidInput, VibesDesktopError
from vibes_desktop.runtime import Runtime
from vibes_desktop.ui.bridge import Bridge


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    with Runtime() as runtime:
        yield Bridge(runtime)


def _unwanted(result: object) -> None:
    raise AssertionError(f"nothing was due, and {result!r} came")


async def _thread_name() -> str:
    return threading.current_thread().name


def test_the_work_runs_on_the_loop_and_its_result_arrives_on_the_windows_thread(
    bridge: Bridge, qtbot: QtBot
) -> None:
    arrived: list[tuple[str, threading.Thread]] = []
    bridge.start(_thread_name(), lambda name: arrived.append((name, threading.current_thread())), _unwanted)
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [("runtime", threading.main_thread())]
    assert bridge.running == ()


def test_an_error_of_the_tree_reaches_its_callback(bridge: Bridge, qtbot: QtBot) -> None:
    errors: list[VibesDesktopError] = []

    async def fail() -> None:
        raise InvalidInput("title", "advice")

    bridge.start(fail(), _unwanted, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].advice == "advice"


def test_cancelling_stops_the_work_and_calls_nobody(bridge: Bridge, qtbot: QtBot) -> None:
    stopped = threading.Event()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    task = bridge.start(wait(), _unwanted, _unwanted, title="Waiting")
    assert [each.title for each in bridge.running] == ["Waiting"]
    task.cancel()
    qtbot.waitUntil(lambda: stopped.is_set() and not bridge.running)
    assert not task.is_running


def test_a_deleted_owner_hears_nothing(bridge: Bridge, qtbot: QtBot) -> None:
    import shiboken6

    owner = QObject()
    bridge.start(_thread_name(), _unwanted, _unwanted, owner=owner)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: not bridge.running)


def test_reports_of_progress_arrive_on_the_windows_thread(bridge: Bridge, qtbot: QtBot) -> None:
    seen: list[tuple[int, threading.Thread]] = []

    def note(value: int) -> None:
        seen.append((value, threading.current_thread()))

    report = bridge.reporter(note)

    async def work() -> None:
        for i in range(3):
            report(i)

    bridge.start(work(), lambda _: None, _unwanted)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [(i, threading.main_thread()) for i in range(3)]


def test_starting_from_another_thread_complains(bridge: Bridge) -> None:
    coroutine = _thread_name()
    errors: list[BaseException] = []

    def start() -> None:
        try:
            bridge.start(coroutine, _unwanted, _unwanted)
        except RuntimeError as error:
            errors.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    coroutine.close()
    assert "window's thread" in str(errors[0])


def test_a_closed_bridge_cancels_what_runs_and_starts_nothing(bridge: Bridge, qtbot: QtBot) -> None:
    stopped = threading.Event()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    bridge.start(wait(), _unwanted, _unwanted)
    bridge.close()
    assert not bridge.start(_thread_name(), _unwanted, _unwanted).is_running
    qtbot.waitUntil(stopped.is_set)
