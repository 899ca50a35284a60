"""Tests of vibes_desktop.vibes.wire: every way a connection fails, and what is known of the request then."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import (
    NOTHING_CHANGED,
    NOTHING_SENT,
    BadAnswer,
    ConnectionFailed,
    InvalidInput,
    NotFound,
    OutcomeUnknown,
    Refused,
    VibesDesktopError,
    VibesError,
)
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.vibes.limits import Limits
from vibes_desktop.vibes.request import Request

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab, Server
    from vibes_desktop.vibes.client import VibesClient

KEY = Identifier(IdentifierKind.PERSON_KEY, "k1")
PERSON = '{"person_key": "k1"}'
IMPATIENT = Limits(connect_seconds=0.3, read_seconds=0.3, attempts=1)
ONCE = Limits(attempts=1)


def change(client: VibesClient) -> Request:
    return client.update_request(KEY, obj(custom_fields=obj(city="Ulm")))


async def failing_read(client: VibesClient) -> VibesError:
    with pytest.raises(VibesError) as caught:
        await client.person(KEY)
    return caught.value


async def failing_write(client: VibesClient) -> VibesError:
    with pytest.raises(VibesError) as caught:
        await client.write(change(client))
    return caught.value


async def free_port(lab: Lab) -> int:
    async with lab.server() as server:
        return server.port


async def test_a_refused_connection_has_certainly_sent_nothing(lab: Lab) -> None:
    url = f"http://127.0.0.1:{await free_port(lab)}"
    async with lab.client(url) as client:
        for error in (await failing_read(client), await failing_write(client)):
            assert type(error) is ConnectionFailed
            assert error.done == NOTHING_SENT
            assert "refuses the connection" in error.title
    assert len(lab.time.slept) == 2 * 3


async def test_an_unknown_host_is_named_and_not_tried_again(lab: Lab) -> None:
    async with lab.client("https://no-such-host.invalid") as client:
        error = await failing_write(client)
    assert type(error) is ConnectionFailed
    assert "no-such-host.invalid was not found" in error.title


@pytest.mark.parametrize(
    "host", ["x" * 80 + ".invalid", "a..invalid", "münchen.invalid", "a_b.invalid", "-.invalid"]
)
async def test_no_host_name_breaks_it(lab: Lab, host: str) -> None:
    async with lab.client(f"https://{host}", limits=ONCE) as client:
        assert isinstance(await failing_input_or_write(client), ConnectionFailed | InvalidInput)


async def failing_input_or_write(client: VibesClient) -> Exception:
    with pytest.raises(VibesDesktopError) as caught:
        await client.write(change(client))
    return caught.value


async def test_no_reply_to_the_connection_is_a_failed_connection(lab: Lab) -> None:
    """A server that takes the connection but never speaks TLS."""
    async with lab.server(lab.silence) as server:
        silent = server.url.replace("http:", "https:")
        async with lab.client(silent, limits=IMPATIENT) as client:
            error = await failing_write(client)
    assert type(error) is ConnectionFailed
    assert "no reply in time" in error.advice


@pytest.mark.parametrize("count", [0, 1, 40, 200])
async def test_a_connection_dropped_within_the_request_leaves_a_write_unknown(lab: Lab, count: int) -> None:
    async with lab.server(drop_after=count) as server, lab.client(server.url) as client:
        error = await failing_write(client)
        assert type(error) is OutcomeUnknown
        assert server.connections == 1
        read = await failing_read(client)
        assert type(read) is ConnectionFailed
        assert read.done == NOTHING_CHANGED
        assert server.connections == 5


async def test_an_answer_cut_at_each_byte_leaves_a_write_unknown_and_sends_it_once(lab: Lab) -> None:
    whole = lab.reply(200, PERSON).data
    for count in range(len(whole)):
        async with (
            lab.server(lab.reply(200, PERSON, cut_at=count)) as server,
            lab.client(server.url) as client,
        ):
            assert type(await failing_write(client)) is OutcomeUnknown
            assert len(server.requests) == 1


async def test_a_read_is_repeated_until_the_answer_is_whole(lab: Lab) -> None:
    cut = lab.reply(200, PERSON, cut_at=90)
    async with (
        lab.server(cut, cut, cut, lab.reply(200, PERSON)) as server,
        lab.client(server.url) as client,
    ):
        assert (await client.person(KEY)).person_key == "k1"
        assert len(server.requests) == 4


async def test_a_refusal_whose_words_are_cut_off_is_still_that_refusal(lab: Lab) -> None:
    whole = lab.reply(404, '{"errors": []}')
    async with (
        lab.server(lab.reply(404, '{"errors": []}', cut_at=len(whole.data) - 3)) as server,
        lab.client(server.url) as client,
    ):
        assert type(await failing_write(client)) is NotFound


async def test_silence_after_the_request_leaves_a_write_unknown(lab: Lab) -> None:
    async with lab.server(lab.silence) as server, lab.client(server.url, limits=IMPATIENT) as client:
        assert type(await failing_write(client)) is OutcomeUnknown
        assert type(await failing_read(client)) is ConnectionFailed


async def test_the_whole_call_has_a_limit_however_often_bytes_come(lab: Lab) -> None:
    limits = Limits(call_seconds=0.3, attempts=1)
    async with lab.server(lab.silence) as server, lab.client(server.url, limits=limits) as client:
        assert type(await failing_write(client)) is OutcomeUnknown
        await asyncio.wait_for(server.client_left.wait(), 5)


@pytest.mark.parametrize("garbage", [b"\x00\x01\x02\r\n\r\n", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
async def test_an_answer_that_is_not_http_leaves_a_write_unknown(lab: Lab, garbage: bytes) -> None:
    async with lab.server(lab.raw(garbage)) as server, lab.client(server.url, limits=ONCE) as client:
        assert type(await failing_write(client)) is OutcomeUnknown


async def test_a_kept_connection_that_the_server_closed_is_replaced(lab: Lab) -> None:
    closing = lab.reply(200, PERSON, closes=True)
    async with lab.server(closing) as server, lab.client(server.url) as client:
        for _ in range(3):
            await client.person(KEY)
        assert [request.connection for request in server.requests] == [1, 2, 3]


async def cancelled(server: Server, client: VibesClient, *, write: bool) -> None:
    call = client.write(change(client)) if write else client.person(KEY)
    task: asyncio.Task[object] = asyncio.ensure_future(call)
    await asyncio.wait_for(server.arrived.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(server.client_left.wait(), 5)


@pytest.mark.parametrize("write", [False, True])
async def test_cancelling_closes_the_socket(lab: Lab, write: bool) -> None:
    async with lab.server(lab.silence) as server, lab.client(server.url) as client:
        await cancelled(server, client, write=write)


async def test_cancelling_within_a_body_closes_the_socket(lab: Lab) -> None:
    whole = lab.reply(200, PERSON).data
    async with (
        lab.server(lab.stall_at(whole, len(whole) - 4)) as server,
        lab.client(server.url) as client,
    ):
        await cancelled(server, client, write=False)


async def test_cancelling_a_tls_handshake_closes_the_socket(lab: Lab) -> None:
    """httpcore alone would leave it open."""
    left = asyncio.Event()
    begun = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        begun.set()
        await reader.read()
        left.set()
        writer.close()

    listener = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener, lab.client(f"https://127.0.0.1:{port}") as client:
        task = asyncio.ensure_future(client.person(KEY))
        await asyncio.wait_for(begun.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(left.wait(), 5)


async def test_cancelling_a_wait_between_attempts_works(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    started = asyncio.Event()

    async def endless(_: float) -> None:
        started.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(lab.time, "sleep", endless)
    async with lab.server(lab.reply(503)) as server, lab.client(server.url) as client:
        task = asyncio.ensure_future(client.person(KEY))
        await asyncio.wait_for(started.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(server.requests) == 1


GZIP = (("Content-Encoding", "gzip"),)
DEFLATE = (("Content-Encoding", "deflate"),)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PERSON.encode()), GZIP),
        (gzip.compress(PERSON[:5].encode()) + gzip.compress(PERSON[5:].encode()), GZIP),
        (gzip.compress(PERSON.encode()) + bytes(16), GZIP),
        (gzip.compress(PERSON.encode()), (("Content-Encoding", "X-GZIP"),)),
        (zlib.compress(PERSON.encode()), DEFLATE),
        (zlib.compress(PERSON.encode())[2:-4], DEFLATE),
        (PERSON.encode(), (("Content-Encoding", "identity"),)),
    ],
)
async def test_reads_every_compression_it_may_get(
    lab: Lab, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    async with lab.server(lab.reply(200, body, headers=headers)) as server, lab.client(server.url) as client:
        assert (await client.person(KEY)).person_key == "k1"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (PERSON.encode(), GZIP),
        (gzip.compress(PERSON.encode())[:-12], GZIP),
        (PERSON.encode(), DEFLATE),
        (b"\x0b\x02\x80", (("Content-Encoding", "br"),)),
    ],
)
async def test_a_broken_compression_is_a_bad_answer_to_a_read_and_no_matter_to_a_write(
    lab: Lab, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    async with lab.server(lab.reply(200, body, headers=headers)) as server, lab.client(server.url) as client:
        assert type(await failing_read(client)) is BadAnswer
        answer = await client.write(change(client))
        assert (answer.status, answer.person) == (200, None)


def bomb(size: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([squeeze.compress(bytes(1 << 20)) for _ in range(size >> 20)]) + squeeze.flush()


async def test_a_gzip_bomb_is_stopped_while_it_unfolds(lab: Lab) -> None:
    data = bomb(200 << 20)
    assert len(data) < 300_000
    async with lab.server(lab.reply(200, data, headers=GZIP)) as server, lab.client(server.url) as client:
        await client.write(change(client))  # imports are not counted
        tracemalloc.start()
        error = await failing_read(client)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert type(error) is BadAnswer
    assert "larger" in error.advice
    assert peak < 60 << 20


async def test_a_plain_answer_is_read_up_to_its_limit_and_no_further(lab: Lab) -> None:
    limits = Limits(answer_bytes=1000)
    fits, too_large = '"' + "x" * 998 + '"', '"' + "x" * 999 + '"'
    async with (
        lab.server(lab.reply(200, fits), lab.reply(200, too_large)) as server,
        lab.client(server.url, limits=limits) as client,
    ):
        assert "not an object" in (await failing_read(client)).advice
        assert "larger" in (await failing_read(client)).advice
        assert "larger" in (await failing_read(client)).advice
        assert server.requests[2].connection == 2


async def test_a_huge_refusal_is_a_refusal(lab: Lab) -> None:
    limits = Limits(answer_bytes=1000)
    async with (
        lab.server(lab.reply(409, "x" * 5000)) as server,
        lab.client(server.url, limits=limits) as client,
    ):
        error = await failing_write(client)
        assert isinstance(error, Refused)
        assert error.status == 409


async def test_an_address_that_would_be_rewritten_is_refused(lab: Lab) -> None:
    async with lab.client("http://127.0.0.1:9/ä b") as client:
        with pytest.raises(InvalidInput) as caught:
            await client.person(KEY)
    assert caught.value.field == "base_url"


async def test_errors_drag_no_address_along(lab: Lab) -> None:
    """Neither as a cause nor as a context: those carry the URL."""
    async with lab.server(drop_after=5) as server, lab.client(server.url, limits=ONCE) as client:
        error: BaseException | None = await failing_read(client)
    while error is not None:
        assert type(error).__module__.startswith("vibes_desktop")
        error = error.__cause__ or error.__context__
