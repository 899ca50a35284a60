"""The log: one small file, redacted at every level."""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path

from vibes_desktop.vibes.redaction import KnownSecrets, configure_logging

LOG_BYTES = 1_000_000  # a larger log becomes the old one at the next start
DEBUG_VARIABLE = "VIBES_DESKTOP_DEBUG"


class LogFile(logging.FileHandler):
    """A file that is made when something is first logged; a disk that refuses costs the log alone."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8", delay=True)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: there is nobody left to say it to."""


def start_logging(file: Path) -> KnownSecrets:
    """Send all logs to a file; returns where secrets are told to it, so that it hides them."""
    with contextlib.suppress(OSError):
        if file.stat().st_size > LOG_BYTES:
            file.replace(file.with_suffix(".old.log"))
    known = KnownSecrets()
    level = logging.DEBUG if DEBUG_VARIABLE in os.environ else logging.INFO
    configure_logging(LogFile(file), known, level=level)
    return known
