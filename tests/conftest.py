"""What every test gets: folders of its own, and a failure for threads and log records left behind."""

import gc
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from vibes_desktop.runtime import Runtime

if TYPE_CHECKING:
    from vibes_desktop.sandbox.server import Sandbox

THREAD_END_SECONDS = 5.0
TESTS_BETWEEN_WHOLE_COLLECTIONS = 50
SANDBOX_START_SECONDS = 30.0
HOME_FOLDERS = {
    "HOME": "",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
}

settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


class UnexpectedLogs(logging.Handler):
    """Collects records at WARNING and above until a test takes those it expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self._records.append(record)

    def take(self, pattern: str) -> logging.LogRecord:
        """Remove and return the first record whose message matches; fails the test without one."""
        for record in self._records:
            if re.search(pattern, record.getMessage()):
                self._records.remove(record)
                return record
        pytest.fail(f"no warning was logged that matches {pattern!r}; logged: {self.lines()}")

    def lines(self) -> list[str]:
        """Describe what nobody has taken."""
        return [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self._records]


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Collect on the main thread alone, as the program does: elsewhere a widget's end crashes Qt."""
    gc.disable()
    yield
    collect_garbage()


def collect_garbage() -> None:
    """Look through the young objects, and now and then through all."""
    oldest = gc.get_count()[2] > TESTS_BETWEEN_WHOLE_COLLECTIONS
    gc.collect(2 if oldest else 1)


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point HOME and the XDG folders to a temporary place, so that nothing of the user is touched."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name, below in HOME_FOLDERS.items():
            folder = home / below
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            patch.setenv(name, str(folder))
        yield home


@pytest.fixture(autouse=True)
def take_log() -> Iterator[Callable[[str], logging.LogRecord]]:
    """Fail the test when a record at WARNING or above is left that it did not take, by a pattern."""
    unexpected = UnexpectedLogs()
    logging.getLogger().addHandler(unexpected)
    yield unexpected.take
    logging.getLogger().removeHandler(unexpected)
    assert unexpected.lines() == []


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail the test when a thread it started would keep the process alive."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(THREAD_END_SECONDS)
            assert not thread.is_alive(), f"{thread.name} is still running"


@pytest.fixture
def runtime() -> Iterator[Runtime]:
    """Start the background loop, and stop it after the test."""
    with Runtime() as running:
        yield running


@pytest.fixture
def sandbox(runtime: Runtime) -> Iterator["Sandbox"]:
    """Start a simulated platform with its 2,000 people on a free port of the loopback interface."""
    from vibes_desktop.sandbox.server import Sandbox

    platform = Sandbox(seed=1, people=2000)
    runtime.submit(platform.start(port=0)).result(SANDBOX_START_SECONDS)
    yield platform
    runtime.submit(platform.stop()).result(SANDBOX_START_SECONDS)
