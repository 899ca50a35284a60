"""Logs and reports without personal data: what is known to be secret, and what looks like it, is left out."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from types import TracebackType
from typing import Final

OURS: Final = "vibes_desktop"
HIDDEN: Final = "•••"
CHATTY_LIBRARIES: Final = ("httpx", "httpcore", "h11", "hpack", "keyring", "asyncio")
LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
SHORTEST_SECRET: Final = 4  # characters; hiding shorter ones would only make a log unreadable
_PATTERNS: Final = (
    re.compile(r"(?i)\b(basic|bearer)\s+[\w.~+/=-]+"),
    re.compile(r"(?i)\bhttps?://[^\s\"'<>]+"),
    re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    # Digits that may be a phone number in any notation: seven or more.
    re.compile(r"(?<![\w.])(?:%2B|\+|\(|\b)?\d(?:[ ().\-/\u00a0]{0,2}\d){6,}"),
)


@dataclass(slots=True)
class KnownSecrets:
    """The credentials in use, so that they can be found in a text."""

    _values: set[str] = field(default_factory=set, repr=False)

    def add(self, *values: str | None) -> None:
        """Keep values out of every log from now on."""
        self._values |= {value for value in values if value and len(value) >= SHORTEST_SECRET}

    def hide(self, text: str) -> str:
        """Replace known secrets and what looks like a number, an address or a credential."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, HIDDEN)
        for pattern in _PATTERNS:
            text = pattern.sub(HIDDEN, text)
        return text


class RedactingFormatter(logging.Formatter):
    """Writes our own messages redacted, and of others' records only where they come from.

    What a library puts into its messages, and what an exception's text holds, can't be known.
    """

    def __init__(self, secrets: KnownSecrets) -> None:
        super().__init__(LINE)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Write one record; never raises."""
        safe = logging.LogRecord(
            self._secrets.hide(record.name), record.levelno, "", 0, self._message(record), None, None
        )
        safe.created, safe.msecs = record.created, record.msecs
        text = super().format(safe)
        error = record.exc_info[1] if record.exc_info else None
        return text if error is None else f"{text}\n{describe(error)}"

    def _message(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] != OURS:
            return f"(message withheld, {record.module} line {record.lineno})"
        try:
            text = record.getMessage()
        except Exception:  # noqa: BLE001 - a wrong placeholder must not print its arguments elsewhere
            return f"(unreadable message, {record.module} line {record.lineno})"
        return self._secrets.hide(text).replace("\n", " ").replace("\r", " ")


def configure_logging(handler: logging.Handler, secrets: KnownSecrets, *, level: int = logging.INFO) -> None:
    """Send all logs to one handler, redacted; libraries that log addresses speak up only from WARNING."""
    handler.setFormatter(RedactingFormatter(secrets))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    for name in CHATTY_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # On an error inside a handler, logging would print the record's arguments as they are.
    logging.raiseExceptions = False


def describe(error: BaseException) -> str:
    """Write an exception with its causes as a report: types and places, no messages, no values."""
    return "\n".join(_lines(error, set()))


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _lines(cause, seen)
        yield "which led to"
    yield from _places(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from (f"  | {line}" for line in _lines(inner, seen))


def _places(tb: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(tb):
        code = frame.f_code
        yield f"  {_short(code.co_filename)}:{line} in {code.co_qualname}"


def _short(file: str) -> str:
    """Shorten a path to what lies inside its package: the rest names the person's folders."""
    parts = PurePath(file).parts
    for anchor in (OURS, "site-packages"):
        if anchor in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(anchor) :])
    return parts[-1] if parts else file
