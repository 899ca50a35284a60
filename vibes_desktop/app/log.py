"""The log: one small file, redacted at every level."""

from __future__ import annotations

import contextlib
import logging
import os
from io import TextIOWrapper
from pathlib import Path

from vibes_desktop.vibes.redaction import KnownSecrets, configure_logging

FILE_MODE = 0o600
LOG_BYTES = 1_000_000  # a larger log becomes the old one at the next start
DEBUG_VARIABLE = "VIBES_DESKTOP_DEBUG"


class LogFile(logging.FileHandler):
    """A file that is made when something is first logged; a disk that refuses costs the log alone."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        """Make the file for this user alone."""
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FILE_MODE)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or do without."""
        with contextlib.suppress(OSError):
            super().emit(record)


def start_logging(file: Path) -> KnownSecrets:
    """Send all logs to a file; returns where secrets are told to it, so that it hides them."""
    with contextlib.suppress(OSError):
        if file.stat().st_size > LOG_BYTES:
            file.replace(file.with_suffix(".old.log"))
    known = KnownSecrets()
    level = logging.DEBUG if DEBUG_VARIABLE in os.environ else logging.INFO
    configure_logging(LogFile(file), known, level=level)
    return known
