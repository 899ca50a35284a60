"""Rows of a collection, delivered again: captures as they were received, payloads as they stand in files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.live import CaptureSource
from vibes_desktop.listener.redelivering import Again, Answered, again, redeliver
from vibes_desktop.listener.targets import checked_target

Rows = npt.NDArray[np.int64]
MOST_CAPTURES = 1 << 44


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be delivered, where to, how fast. `is_confirmed`: another computer may receive it."""

    rows: Rows = field(repr=False)
    address: str = field(repr=False)  # as it was typed; its path may be a secret
    per_second: float
    is_confirmed: bool = False


def deliverable(collection: Collection, rows: Rows) -> Rows:
    """Leave out rows whose capture an earlier one stands for: a delivery may have held many payloads."""
    captures = [
        number for number, source in enumerate(collection.sources) if isinstance(source, CaptureSource)
    ]
    columns = collection.columns
    files = columns.of("file", rows).astype(np.int64)
    places = files * MOST_CAPTURES + columns.of("offset", rows).astype(np.int64)
    keys = np.where(np.isin(files, captures), places, -1 - np.arange(len(rows)))
    _, first = np.unique(keys, return_index=True)
    found: Rows = rows[np.sort(first)]
    return found


def all_again(collection: Collection, rows: Rows, missed: Callable[[int], object]) -> Iterator[Again]:
    """Read one after the other, by their rows; `missed` hears of those that are not there any more."""
    for row in rows.tolist():
        try:
            one = _again(collection, row)
        except (OSError, EOFError):
            one = None
        if one is None:
            missed(row)
        else:
            yield one


async def deliver(collection: Collection, request: Request, report: Callable[[Answered], object]) -> int:
    """Deliver, and report each answer; gives how many were not there any more. Raises InvalidInput."""
    target = await checked_target(request.address)
    missed: list[int] = []
    rows = await asyncio.to_thread(deliverable, collection, request.rows)
    sent = all_again(collection, rows, missed.append)
    answers = redeliver(target, sent, per_second=request.per_second, is_confirmed=request.is_confirmed)
    async with aclosing(answers):
        async for answered in answers:
            report(answered)
    return len(missed)


def _again(collection: Collection, row: int) -> Again | None:
    source = collection.sources[collection.columns.at("file", row)]
    if isinstance(source, CaptureSource):
        delivery = source.delivery(collection.columns.at("offset", row))
        return None if delivery is None else again(row, delivery)
    text = collection.text(row)
    return Again(row, text) if text else None
