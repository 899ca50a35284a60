"""The whole program, offscreen, with files of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.app.program import Program
from vibes_desktop.app.run import open_frame
from vibes_desktop.app.wish import Wish
from vibes_desktop.app.workplace import Workplace
from vibes_desktop.storage.folders import Folders
from vibes_desktop.vibes.redaction import KnownSecrets

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HERE = Path(__file__).parent
READY_MS = 20_000

Start = Callable[..., Program]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform complain about what it cannot do: it has no window manager."""
    mark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(mark)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders.under(tmp_path)
    made.create()
    return made


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, folders: Folders) -> Iterator[Start]:
    """Start programs, and end them after the test."""
    started: list[Program] = []

    def begin(*, in_sandbox: bool = False, person: str | None = None) -> Program:
        program = Program(qapp, open_frame(folders), folders, KnownSecrets())
        started.append(program)
        with qtbot.waitSignal(program.ready, timeout=READY_MS):
            program.start(Wish(in_sandbox=in_sandbox, person=person))
        return program

    yield begin
    for program in started:
        program.frame.close()
        program.stop()
        program.frame.deleteLater()
        program.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def at_work(start: Start, qtbot: QtBot) -> Workplace:
    """Start in the sandbox, and wait until it is signed in to."""
    program = start(in_sandbox=True)
    place = workplace_of(program)
    qtbot.waitUntil(lambda: place.session is not None, timeout=READY_MS)
    return place


def workplace_of(program: Program) -> Workplace:
    assert program.workplace is not None
    return program.workplace
