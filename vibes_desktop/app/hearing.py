"""What the open callbacks say about a person, for the page that asks why they were texted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

import numpy as np

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS
from vibes_desktop.callbacks.query import Term
from vibes_desktop.callbacks.selecting import select
from vibes_desktop.callbacks.sentences import sentence
from vibes_desktop.callbacks.timeline import in_time
from vibes_desktop.model.errors import StorageError
from vibes_desktop.model.heard import HearAbout, Heard, HeardCallback
from vibes_desktop.model.identifier import Identifier

MOST_CALLBACKS = 2_000
OTHER = "payload"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def hearer(collection: Callable[[], Collection], is_complete: Callable[[], bool]) -> HearAbout:
    """Make what answers from whatever collection is open when it is asked; None while none is."""

    def hear(identifiers: Sequence[Identifier]) -> Heard | None:
        opened = collection()
        if not opened.sources:
            return None
        try:
            found = _callbacks(opened, identifiers)
        except OSError as error:
            raise StorageError(
                "The open callbacks can't be read", "Nothing was changed.", "Open their files again."
            ) from error
        complete = is_complete() and len(found) < MOST_CALLBACKS
        return Heard(found, _name(opened), is_complete=complete)

    return hear


def _callbacks(collection: Collection, identifiers: Sequence[Identifier]) -> tuple[HeardCallback, ...]:
    """Read what names one of the identifiers, in order of time; of very many the latest."""
    asked = {identifier.value for identifier in identifiers}
    found = [select(Term("person", value, is_quoted=True), collection) for value in sorted(asked)]
    rows = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return tuple(_callback(collection, row) for row in in_time(collection, rows)[-MOST_CALLBACKS:].tolist())


def _callback(collection: Collection, row: int) -> HeardCallback:
    payload = collection.payload(row, judged=False, whole=False)
    at = int(collection.columns.at("time", row))
    moment = None if at == ABSENT_MS else _moment(at)
    return HeardCallback(moment, payload.callback_type or OTHER, sentence(payload))


def _moment(milliseconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def _name(collection: Collection) -> str:
    count = len(collection.sources)
    return PurePath(collection.sources[0].name).name if count == 1 else f"{count:,} files"
