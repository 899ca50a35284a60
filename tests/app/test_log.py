"""The log file: private, redacted, and no trouble where it can't be written."""

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from vibes_desktop.app.log import DEBUG_VARIABLE, LOG_BYTES, start_logging


@pytest.fixture(autouse=True)
def handlers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_known_secrets_and_numbers_stay_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    file = tmp_path / "app.log"
    start_logging(file).add("hunter2-canary")
    logging.getLogger("vibes_desktop.test").info("hunter2-canary called +1 312 555 0143")
    text = file.read_text(encoding="utf-8")
    assert "vibes_desktop.test" in text
    assert "hunter2-canary" not in text
    assert "555" not in text
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_a_large_log_becomes_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "app.log"
    file.write_bytes(b"x" * (LOG_BYTES + 1))
    start_logging(file)
    assert not file.exists()
    assert (tmp_path / "app.old.log").stat().st_size == LOG_BYTES + 1


def test_a_folder_that_is_missing_costs_the_log_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    start_logging(tmp_path / "nowhere" / "app.log")
    logging.getLogger("vibes_desktop.test").info("said to nobody")
    assert capfd.readouterr().err == ""
