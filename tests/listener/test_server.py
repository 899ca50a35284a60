"""The listener as a whole: start, stop, states, rehearsals, trouble with the disk, and many at once."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.listener.binding import CannotListen
from vibes_desktop.listener.limits import DEFAULT
from vibes_desktop.listener.refusals import Reason
from vibes_desktop.listener.rehearsal import Rehearsal
from vibes_desktop.listener.server import Listener
from vibes_desktop.listener.status import ListenerState
from vibes_desktop.model.endpoint import Endpoint
from vibes_desktop.storage import database
from vibes_desktop.storage.captures import CaptureStore
from vibes_desktop.storage.captures_lock import StoreInUse
from vibes_desktop.storage.trouble import DiskFull

if TYPE_CHECKING:
    from tests.listener.conftest import Run

Compose = Callable[..., bytes]
PAGES = 60


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


async def test_it_starts_tells_its_address_and_stops(store: CaptureStore, compose: Compose) -> None:
    listener = Listener(store, Endpoint(token="t").on_port(0))
    assert (listener.status.state, listener.status.address, listener.port) == (ListenerState.STOPPED, None, 0)
    address = await listener.start()
    assert address == f"http://127.0.0.1:{listener.port}/t" == listener.status.address
    assert listener.status.state is ListenerState.LISTENING
    with pytest.raises(RuntimeError):
        await listener.start()
    port = listener.port
    await listener.stop()
    await listener.stop()
    with pytest.raises(OSError, match="Connect call failed"):
        await asyncio.open_connection("127.0.0.1", port)


async def test_it_can_be_started_again_on_the_same_port(store: CaptureStore) -> None:
    listener = Listener(store, Endpoint(token="t").on_port(0))
    await listener.start()
    port = listener.port
    await listener.stop()
    listener.admit(listener.endpoint.on_port(port))
    assert (await listener.start()).endswith(f":{port}/t")
    await listener.stop()


async def test_a_taken_port_is_told_and_nothing_runs(store: CaptureStore) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        listener = Listener(store, Endpoint().on_port(other.getsockname()[1]))
        with pytest.raises(CannotListen):
            await listener.start()
    assert listener.status.state is ListenerState.STOPPED


async def test_a_store_that_another_writes_is_not_received_into(store: CaptureStore) -> None:
    second = CaptureStore.open(store.path)
    with pytest.raises(StoreInUse):
        await Listener(second, Endpoint().on_port(0)).start()
    second.close()


async def test_the_other_loopback_address_is_served_too(station: Run, compose: Compose) -> None:
    async with station() as running:
        reader, writer = await asyncio.open_connection("::1", running.listener.port)
        writer.write(compose(b"six", host=b"[::1]"))
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        writer.close()
        assert running.captures[0].delivery.peer == "::1"


async def test_stopping_answers_what_waits_and_closes_the_rest(store: CaptureStore, compose: Compose) -> None:
    listener = Listener(store, Endpoint(token="the-path").on_port(0))
    await listener.start()
    lines = [await asyncio.open_connection("127.0.0.1", listener.port) for _ in range(8)]
    for number, (_, writer) in enumerate(lines):
        writer.write(compose(b"%d" % number)[: -1 if number == 0 else None])
    while store.totals().captures == 0:  # noqa: ASYNC110 - the store has no event
        await asyncio.sleep(0)
    await listener.stop()
    answers = [await reader.read() for reader, _ in lines]
    for _, writer in lines:
        writer.close()
    assert answers[0] == b""
    confirmed = sum(answer.startswith(b"HTTP/1.1 200") for answer in answers)
    assert 0 < confirmed <= store.totals().captures


async def test_what_is_stored_and_refused_is_told(station: Run, compose: Compose) -> None:
    async with station() as running:
        await running.ask(compose(b"{}"))
        await running.ask(compose(b"{}", target=b"/other"))
        await running.ask(compose(b"{}", host=b"X.ngrok.app"))
        await running.until(lambda: running.told and running.told[-1].refused_total == 2)
        status = running.told[-1]
        assert (status.stored, status.refused_total) == (1, 2)
        assert status.stored_bytes == running.store.totals().wire_bytes
        assert [refusal.reason for refusal in status.refusals] == [
            Reason.UNKNOWN_PATH,
            Reason.HOST_NOT_ALLOWED,
        ]
        assert status.host_to_allow == "x.ngrok.app"
        assert status.refusals[1].peer == "127.0.0.1"


async def test_an_allowed_host_is_let_in_at_once(station: Run, compose: Compose) -> None:
    async with station() as running:
        data = compose(b"{}", host=b"x.ngrok.app")
        assert (await running.ask(data))[0] == 503
        running.listener.admit(running.listener.endpoint.allowing("x.ngrok.app"))
        assert (await running.ask(data))[0] == 200
        assert running.listener.status.host_to_allow is None


async def test_rehearsed_answers_are_given_and_everything_is_stored(station: Run, compose: Compose) -> None:
    async with station() as running:
        running.listener.rehearse(Rehearsal(500, every=2))
        assert [(await running.ask(compose(b"{}")))[0] for _ in range(4)] == [200, 500, 200, 500]
        assert [capture.delivery.answered for capture in running.captures] == [200, 500, 200, 500]
        assert len(running.bodies()) == 4
        assert running.listener.status.rehearsal == Rehearsal(500, every=2)
        running.listener.rehearse(None)
        assert (await running.ask(compose(b"{}")))[0] == 200


async def test_a_rehearsed_answer_without_content_has_none(station: Run, compose: Compose) -> None:
    async with station() as running:
        running.listener.rehearse(Rehearsal(204))
        line = await running.connect()
        await line.send(compose(b"{}") + compose(b"{}"))
        for _ in range(2):
            head = await line.reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 204 No Content\r\n")
            assert b"Content-Length" not in head
        await line.close()


async def test_the_rate_is_told_until_it_is_none(
    station: Run, compose: Compose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vibes_desktop.listener.server.RATE_FALLS_SECONDS", 0.01)
    monkeypatch.setattr("vibes_desktop.listener.server.TELL_SECONDS", 0.01)
    async with station() as running:
        clock = running.listener._counts._clock = Clock()
        await running.ask(compose(b"{}"))
        clock.now += 1
        await running.until(lambda: running.told and running.told[-1].per_second > 0)
        clock.now += 10
        await running.until(lambda: running.told[-1].per_second == 0)


async def test_a_rehearsed_delay_ends_when_listening_does(store: CaptureStore, compose: Compose) -> None:
    listener = Listener(store, Endpoint(token="the-path").on_port(0))
    listener.rehearse(Rehearsal(200, delay_seconds=300))
    await listener.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
    writer.write(compose(b"{}"))
    while store.totals().captures == 0:  # noqa: ASYNC110 - the store has no event
        await asyncio.sleep(0.001)
    await listener.stop()
    assert (await reader.read()).startswith(b"HTTP/1.1 200")
    writer.close()


async def test_trouble_with_the_disk_is_503_and_ends_without_a_restart(
    station: Run, compose: Compose, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "PRAGMAS", (*database.PRAGMAS, f"max_page_count={PAGES}"))
        async with station() as running:
            await asyncio.wrap_future(running.store.reopen(thoroughly=False))
            stored = 0
            while (answer := await running.ask(compose(b"x" * 5000)))[0] == 200:
                stored += 1
            assert answer[0] == 503
            assert answer[1]["retry-after"] == "30"
            assert running.store.totals().captures == stored > 0
            status = running.listener.status
            assert status.state is ListenerState.IN_TROUBLE
            assert isinstance(status.trouble, DiskFull)
            assert status.refused[Reason.STORAGE] >= 1
            assert (await running.ask(compose(b"x")))[0] == 503
            patch.undo()
            await running.until(lambda: running.listener.status.state is ListenerState.LISTENING)
            assert (await running.ask(compose(b"y")))[0] == 200
            assert running.bodies()[-1] == b"y"
            assert len(running.bodies()) == stored + 1


async def test_a_deleted_store_is_noticed_told_and_begun_again(station: Run, compose: Compose) -> None:
    async with station() as running:
        assert (await running.ask(compose(b"1")))[0] == 200
        running.store.path.unlink()
        assert (await running.ask(compose(b"2")))[0] == 503
        await running.until(lambda: running.listener.status.state is ListenerState.LISTENING)
        recovery = running.listener.status.recovery
        assert recovery is not None
        assert recovery.is_new
        assert (await running.ask(compose(b"3")))[0] == 200
        assert running.bodies() == [b"3"]


async def test_a_thousand_slow_senders_do_not_stop_a_proper_one(station: Run, compose: Compose) -> None:
    async with station(limits=replace(DEFAULT, connections=64)) as running:
        slow = []
        for number in range(1000):
            line = await running.connect()
            slow.append(line)
            line.writer.write(b"POST /the-path HTTP/1.1\r\nX: "[: number % 29])
        assert (await running.ask(compose(b"proper")))[0] == 200
        assert running.listener.status.connections <= 64
        assert running.listener.status.refused[Reason.TOO_SLOW] >= 900
        assert running.bodies() == [b"proper"]
        for line in slow:
            await line.close()


async def test_slow_senders_of_bodies_do_not_stop_a_proper_one(station: Run, compose: Compose) -> None:
    async with station(limits=replace(DEFAULT, connections=16)) as running:
        slow = [await running.connect() for _ in range(50)]
        for line in slow:
            line.writer.write(compose(b"x", length=b"5000000"))
        assert (await running.ask(compose(b"proper")))[0] == 200
        assert running.bodies() == [b"proper"]
        for line in slow:
            await line.close()


async def test_when_all_wait_for_the_disk_another_is_told_to_come_again(
    station: Run, compose: Compose
) -> None:
    async with station(limits=replace(DEFAULT, connections=2, linger_seconds=0.05)) as running:
        running.listener.rehearse(Rehearsal(200, delay_seconds=300))
        busy = [await running.connect() for _ in range(2)]
        for line in busy:
            await line.send(compose(b"{}"))
        await running.until(lambda: running.listener.status.stored == 2)
        status, headers = await running.ask(compose(b"{}"))
        assert (status, "retry-after" in headers) == (503, True)
        assert running.listener.status.refused == {Reason.OVERLOADED: 1}
        for line in busy:
            await line.close()


async def test_a_bug_is_logged_by_its_place_alone(
    station: Run, compose: Compose, monkeypatch: pytest.MonkeyPatch, take_log: Callable[[str], object]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("+13125550143")

    monkeypatch.setattr("vibes_desktop.listener.server.Delivery", broken)
    async with station() as running:
        assert (await running.ask(compose(b"{}")))[0] == 0
        assert "+1312" not in str(take_log("ZeroDivisionError in"))
