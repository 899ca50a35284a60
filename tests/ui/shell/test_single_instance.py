from __future__ import annotations

import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.single_instance import LARGEST_MESSAGE, SingleInstance, parsed, socket_address

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from vibes_desktop.ui.shell.single_instance import SingleInstance
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
assert one.claim()
one.listen()
one.arguments_received.connect(lambda got: (print("got", *got, flush=True), app.quit()))
print("listening", flush=True)
app.exec()
one.release()
"""

SECOND = """
import sys
from pathlib import Path
from vibes_desktop.ui.shell.single_instance import SingleInstance
one = SingleInstance(Path(sys.argv[1]))
print("claimed" if one.claim() else "taken", one.hand_over(sys.argv[2:]), flush=True)
"""


def start(code: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a process that runs `code`."""
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), *arguments], stdout=subprocess.PIPE, text=True
    )


def line(process: subprocess.Popen[str]) -> str:
    """Wait for the next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def first(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a process that is the first and listens."""
    process = start(FIRST, tmp_path)
    assert line(process) == "listening"
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[SingleInstance]:
    """Return the first one, in this process, listening."""
    one = SingleInstance(tmp_path)
    assert one.claim()
    one.listen()
    yield one
    one.release()


def test_a_second_start_hands_its_arguments_to_the_first(
    first: subprocess.Popen[str], tmp_path: Path
) -> None:
    second = start(SECOND, tmp_path, "EXT 542342", "--sandbox", "ü\n")
    assert second.communicate()[0].strip() == "taken True"
    assert line(first) == "got EXT 542342 --sandbox ü"
    assert first.wait(10) == 0


def test_another_folder_is_another_window(first: subprocess.Popen[str], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    one = SingleInstance(other)
    assert one.claim()
    one.release()


def test_a_killed_first_leaves_nothing_in_the_way(
    first: subprocess.Popen[str], tmp_path: Path, qtbot: QtBot
) -> None:
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    assert Path(socket_address(tmp_path)).exists()
    one = SingleInstance(tmp_path)
    assert one.claim()
    one.listen()
    second = start(SECOND, tmp_path, "again")
    with qtbot.waitSignal(one.arguments_received, timeout=10_000) as received:
        pass
    assert received.args == [("again",)]
    assert second.communicate()[0].strip() == "taken True"
    one.release()


def test_the_claim_ends_with_its_owner(tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert one.claim()
    assert not other.claim()
    one.release()
    assert other.claim()
    other.release()


def test_only_the_same_person_can_open_the_socket(here: SingleInstance, tmp_path: Path) -> None:
    mode = stat.S_IMODE(Path(socket_address(tmp_path)).stat().st_mode)
    assert mode & 0o077 == 0


def test_a_message_that_is_too_large_is_not_sent(here: SingleInstance) -> None:
    assert not here.hand_over(["x" * LARGEST_MESSAGE])


@pytest.mark.parametrize("message", [b"not json\n", b'{"a": 1}\n', b"[1]\n", b"x" * (LARGEST_MESSAGE + 10)])
def test_what_is_no_message_is_refused(
    here: SingleInstance, tmp_path: Path, qtbot: QtBot, message: bytes
) -> None:
    visitor = QLocalSocket()
    visitor.connectToServer(socket_address(tmp_path))
    with (
        qtbot.assertNotEmitted(here.arguments_received),
        qtbot.waitSignal(visitor.disconnected, timeout=10_000),
    ):
        visitor.write(message)
    assert visitor.readAll().data() == b""


def test_a_message_in_pieces_arrives_whole(here: SingleInstance, tmp_path: Path, qtbot: QtBot) -> None:
    visitor = socket.socket(socket.AF_UNIX)
    visitor.connect(socket_address(tmp_path))
    visitor.sendall(b'["a", ')
    with qtbot.waitSignal(here.arguments_received) as received:
        visitor.sendall(b'"b"]\n')
    assert received.args == [("a", "b")]
    visitor.close()


def test_a_folder_nobody_may_write_does_not_stop_the_start(tmp_path: Path) -> None:
    assert SingleInstance(tmp_path / "missing").claim()


def test_a_long_path_still_has_an_address(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 120)
    assert len(socket_address(deep)) < 60
    assert socket_address(deep) != socket_address(tmp_path / ("y" * 120))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b'["a"]\n', ("a",)),
        (b"[]\n", ()),
        (b"null\n", None),
        (b"\xff\n", None),
        (b"[" * 50_000 + b"\n", None),
    ],
)
def test_parsing(message: bytes, expected: tuple[str, ...] | None) -> None:
    assert parsed(message) == expected
