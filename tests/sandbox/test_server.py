"""Starting, stopping, what is recorded, and that the sandbox stands alone."""

import asyncio
import errno
import subprocess
import sys
from collections.abc import Callable
from logging import LogRecord
from typing import TYPE_CHECKING, Any

import pytest

from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.received import BYTES_KEPT
from vibes_desktop.sandbox.server import Sandbox

if TYPE_CHECKING:
    from tests.sandbox.conftest import Talk

WAIT_SECONDS = 20.0
LOADED_MODULES = """
import sys
import vibes_desktop.sandbox.server
print("\\n".join(sys.modules))
"""


def test_the_sandbox_loads_nothing_of_the_program_or_of_others() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED_MODULES], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "vibes_desktop.sandbox.wire" in loaded
    ours = [name for name in loaded if name.startswith("vibes_desktop.")]
    assert [name for name in ours if not name.startswith("vibes_desktop.sandbox")] == []
    foreign = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert {name for name in foreign if not name.startswith("_")} <= {"vibes_desktop", "h11", "sitecustomize"}


def test_the_announcement_names_everything_needed(sandbox: Sandbox) -> None:
    assert sandbox.url == f"http://127.0.0.1:{sandbox.port}"
    assert sandbox.announcement == (
        f"sandbox on {sandbox.url} company_key=demo-retail "
        "username=demo@sandbox.example password=not-a-secret"
    )


def test_a_taken_port_is_an_os_error(sandbox: Sandbox, runtime: Runtime) -> None:
    second = Sandbox(people=1)
    with pytest.raises(OSError, match=r".") as caught:
        runtime.submit(second.start(sandbox.port)).result(WAIT_SECONDS)
    assert caught.value.errno == errno.EADDRINUSE
    runtime.submit(second.start()).result(WAIT_SECONDS)
    assert second.port != sandbox.port
    runtime.submit(second.stop()).result(WAIT_SECONDS)


def test_starting_twice_is_a_mistake_and_stopping_twice_is_not(sandbox: Sandbox, runtime: Runtime) -> None:
    with pytest.raises(RuntimeError):
        runtime.submit(sandbox.start()).result(WAIT_SECONDS)
    for _ in range(2):
        runtime.submit(sandbox.stop()).result(WAIT_SECONDS)


def test_before_the_start_there_is_no_port() -> None:
    with pytest.raises(RuntimeError):
        _ = Sandbox(people=1).port


def test_only_the_loopback_interface_is_served() -> None:
    with pytest.raises(ValueError, match="loopback"):
        Sandbox(people=1, api_host="0.0.0.0")  # noqa: S104


def test_stopping_closes_every_connection_and_leaves_no_task(talk: "Talk", runtime: Runtime) -> None:
    talk.sandbox.faults.add(Fault(FaultKind.NEVER_ANSWERS, method="PUT"))
    talk.sandbox.faults.add(Fault(FaultKind.LATENCY, method="POST", seconds=3600))
    talk.sandbox.faults.add(Fault(FaultKind.OVERSIZED, method="GET", size=1_000_000_000))
    lines = [talk.connect() for _ in range(5)]
    for line, method in zip(lines[1:], ("PUT", "POST", "GET", "PU"), strict=True):
        line.sendall(talk.request_bytes(method, talk.steve)[: 1 if method == "PU" else None])
    assert lines[3].recv(4) == b"HTTP"

    async def stop_and_count() -> int:
        await talk.sandbox.stop()
        return len(asyncio.all_tasks()) - 1

    assert runtime.submit(stop_and_count()).result(WAIT_SECONDS) == 0
    for line in lines:
        with line:
            try:
                while line.recv(65536):
                    pass
            except ConnectionResetError:
                continue
    with pytest.raises(ConnectionRefusedError):
        talk.connect()


def test_a_restart_finds_the_same_people(talk: "Talk", runtime: Runtime) -> None:
    talk("PUT", talk.steve, {"custom_fields": {"notes": "kept"}})
    port = talk.sandbox.port
    runtime.submit(talk.sandbox.stop()).result(WAIT_SECONDS)
    runtime.submit(talk.sandbox.start(port)).result(WAIT_SECONDS)
    assert talk.sandbox.port == port
    assert talk.custom_fields()["notes"] == "kept"


def test_requests_are_recorded_without_the_credentials(talk: "Talk") -> None:
    talk("PUT", talk.steve, {"custom_fields": {"notes": "x"}}, headers={"Cookie": "a=b"})
    talk("GET", f"{talk.persons}?mdn=%2B12065550143")
    put, get = talk.sandbox.requests
    assert (put.method, put.target, put.body) == ("PUT", talk.steve, b'{"custom_fields": {"notes": "x"}}')
    assert (put.header("X-API-Version"), put.header("content-type")) == ("2", "application/json")
    assert (get.target, get.body) == (f"{talk.persons}?mdn=%2B12065550143", b"")
    talk.sandbox.requests.clear()
    assert len(talk.sandbox.requests) == 0
    for each in (put, get):
        assert {name for name, _ in each.headers}.isdisjoint({"authorization", "cookie"})


def test_nothing_that_is_represented_holds_personal_data(talk: "Talk") -> None:
    talk("PUT", talk.steve, {"custom_fields": {"notes": "canary"}})
    platform = talk.sandbox.platform
    steve = platform.people.by_external_id("EXT542342")
    assert steve is not None
    shown = repr([*talk.sandbox.requests, steve, *platform.subscriptions.of_person(steve, active_only=False)])
    shown += repr(platform.devices.of_person(steve))
    for secret in (
        "canary",
        "EXT542342",
        "2065550143",
        "Steve",
        "Millar",
        platform.devices.of_person(steve)[0].push_token,
    ):
        assert secret not in shown


def test_a_bug_is_logged_by_its_place_alone(
    talk: "Talk", runtime: Runtime, take_log: Callable[[str], LogRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def until_nobody_is_connected() -> None:
        await asyncio.gather(*talk.sandbox._connections, return_exceptions=True)

    def broken(*_: object) -> Any:
        raise KeyError("EXT542342")

    monkeypatch.setattr(talk.sandbox.platform.people, "by_external_id", broken)
    assert talk.raw(talk.request_bytes("GET", talk.steve)) == b""
    runtime.submit(until_nobody_is_connected()).result(WAIT_SECONDS)
    record = take_log("KeyError in .*test_server.py")
    assert record.exc_info is None
    assert "EXT542342" not in record.getMessage()


def test_the_record_of_requests_is_bounded_by_size(talk: "Talk") -> None:
    body = b"x" * 4_000_000
    for _ in range(BYTES_KEPT // len(body) + 3):
        assert talk("PUT", talk.steve, body).status == 400
    kept = talk.sandbox.requests
    assert 0 < sum(len(each.body) for each in kept) <= BYTES_KEPT
    assert kept[-1].body == body
