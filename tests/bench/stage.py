"""The real program in this process, with a platform to speak to, for measuring the open window."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vibes_desktop.app.log import start_logging
from vibes_desktop.app.program import Program
from vibes_desktop.app.run import open_frame
from vibes_desktop.app.wish import Wish
from vibes_desktop.app.workplace import Workplace
from vibes_desktop.credentials.keyring import open_os_keyring
from vibes_desktop.model.profile import Profile, ProfileId, ProxyMode, Safety, Secrets
from vibes_desktop.runtime import Runtime
from vibes_desktop.sandbox.answers import JsonObject
from vibes_desktop.sandbox.people import DEMO_EXTERNAL_ID
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.server import Sandbox
from vibes_desktop.storage.folders import Folders
from vibes_desktop.storage.settings import Settings, SettingsFile
from vibes_desktop.ui.people.page import PeoplePage

PATIENCE_SECONDS = 30.0
POLL_MS = 2
STAMP = "2024-01-01T00:00:00Z"
QUIET_SECONDS = 1.1  # a look-up is never slowed down by those before it: five requests a second are allowed


@dataclass(frozen=True)
class Opening:
    """When Return was pressed (`perf_counter`), and the seconds until the record was painted."""

    started: float
    seconds: float


class Stage:
    """The program, signed in, with the People page in view."""

    def __init__(self, program: Program, workplace: Workplace, sandbox: Sandbox) -> None:
        self.program = program
        self.workplace = workplace
        self.sandbox = sandbox

    @property
    def page(self) -> PeoplePage:
        """The page that looks people up."""
        return self.workplace.people

    def open(self, external_id: str) -> Opening:
        """Look somebody up from the box, and wait until the record is painted."""
        self.wait_until_quiet()
        self.page.search.setFocus()
        self.page.search.set_text(external_id)
        wait_for(lambda: QApplication.focusWidget() is self.page.search.edit, "the cursor in the box")
        with _PaintWatch(self.page, external_id) as watch:
            started = time.perf_counter()
            QTest.keyClick(self.page.search.edit, Qt.Key.Key_Return)
            wait_for(lambda: watch.painted_at is not None, f"the record of {external_id}")
        assert watch.painted_at is not None
        return Opening(started, watch.painted_at - started)

    def insert(self, external_id: str, custom_fields: JsonObject) -> None:
        """Give the platform another person."""
        self.sandbox.platform.people.insert(
            PersonRecord(
                person_key=external_id,
                person_id=external_id,
                external_person_id=external_id,
                custom_fields=custom_fields,
                created_at=STAMP,
                updated_at=STAMP,
            )
        )

    def insert_like_the_demo_person(self, number: int) -> str:
        """Give the platform somebody with the demo person's fields and other values; returns the ID."""
        demo = self.sandbox.platform.people.by_external_id(DEMO_EXTERNAL_ID)
        assert demo is not None
        external_id = f"BENCH-{number}"
        self.insert(external_id, {**demo.custom_fields, "first_name": external_id, "visits": number})
        return external_id

    def wait_until_quiet(self) -> None:
        """Let everything that runs in the background end, and the platform's rate limit recover."""
        quiet_from = time.monotonic() + QUIET_SECONDS
        wait_for(lambda: time.monotonic() > quiet_from, "a moment's rest")
        wait_for(lambda: not self.workplace.bridge.running, "the end of the work in the background")


class _PaintWatch(QObject):
    """Notes when the record of one person was painted for the first time."""

    def __init__(self, page: PeoplePage, external_id: str) -> None:
        super().__init__()
        self._page = page
        self._external_id = external_id
        self._is_painting = False
        self.painted_at: float | None = None

    def __enter__(self) -> Self:
        self._page.record.installEventFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._page.record.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Paint and not self._is_painting and self._is_open():
            self._is_painting = True
            QTimer.singleShot(0, self._note)  # comes once everything that is due was painted
        return False

    def _is_open(self) -> bool:
        return self._page.desk.edit.opened.external_person_id == self._external_id

    def _note(self) -> None:
        self.painted_at = time.perf_counter()


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """Start a platform, and the program with a profile that signs in to it."""
    with Runtime() as runtime:
        sandbox = Sandbox()
        runtime.submit(sandbox.start()).result(PATIENCE_SECONDS)
        _make_profile(sandbox)
        with _program() as program:
            workplace = program.workplace
            assert workplace is not None
            yield Stage(program, workplace, sandbox)
        runtime.submit(sandbox.stop()).result(PATIENCE_SECONDS)


def _make_profile(sandbox: Sandbox) -> None:
    """Leave settings and a secret as the program itself leaves them."""
    profile = Profile(
        id=ProfileId("bench"),
        name="Benchmark",
        company_key=sandbox.company_key,
        base_url=sandbox.url,
        username=sandbox.username,
        safety=Safety.SANDBOX,
        proxy_mode=ProxyMode.NONE,
    )
    folders = Folders.of_user()
    folders.create()
    SettingsFile(folders.settings_file).save(Settings(profiles=(profile,), current_profile=profile.id))
    open_os_keyring().write(profile.id, profile.origin, Secrets(sandbox.password))


@contextlib.contextmanager
def _program() -> Iterator[Program]:
    """Start the program as `vibes-desktop` does, wait until it is signed in, and end it."""
    app = QApplication.instance() or QApplication(["vibes-desktop"])
    assert isinstance(app, QApplication)
    folders = Folders.of_user()
    program = Program(app, open_frame(folders), folders, start_logging(folders.log_file))
    program.start(Wish())
    try:
        wait_for(
            lambda: program.workplace is not None and program.workplace.session is not None, "the sign-in"
        )
        yield program
    finally:
        program.frame.close()
        program.stop()


def wait_for(condition: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Run the event loop as the program runs it until something is so; raises RuntimeError if it never is."""
    loop, timer = QEventLoop(), QTimer()
    deadline = time.monotonic() + seconds
    timer.timeout.connect(lambda: loop.exit() if condition() or time.monotonic() > deadline else None)
    timer.start(POLL_MS)
    loop.exec()
    if not condition():
        raise RuntimeError(f"waited in vain for {what}")
