"""Payloads out again: their exact bytes line by line, as an array, or as CSV; chunks to be written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.dates import iso_seconds
from vibes_desktop.callbacks.payload import Payload

BYTE_ORDER_MARK = "\ufeff"  # lets Excel read UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

CELLS: dict[str, Callable[[Payload], object]] = {
    "time": lambda payload: _time(payload.facts.event_ms),
    "received": lambda payload: _time(payload.wrapping.received_ms),
    "answered": lambda payload: payload.wrapping.answered,
    "type": lambda payload: payload.callback_type,
    "kind": lambda payload: payload.kind.value,
    "external_person_id": lambda payload: payload.facts.person.external_person_id,
    "person_key": lambda payload: payload.facts.person.person_key,
    "person_id": lambda payload: payload.facts.person.person_id,
    "mdn": lambda payload: payload.facts.person.mdn,
    "list": lambda payload: payload.facts.list_id,
    "campaign": lambda payload: payload.facts.campaign_id,
    "opt_out_reason": lambda payload: payload.facts.opt_out_reason,
    "delivery_attempt": lambda payload: payload.facts.delivery_attempt,
    "event_id": lambda payload: payload.facts.event_id,
    "findings": lambda payload: " ".join(dict.fromkeys(each.code for each in payload.findings)),
    "source": lambda payload: payload.source,
    "position": lambda payload: payload.position,
}


def to_lines(collection: Collection, rows: Iterable[int]) -> Iterator[bytes]:
    """Give the exact original bytes, a payload a line; one that has line ends keeps them. Raises OSError."""
    for row in rows:
        yield collection.text(row) + b"\n"


def to_array(collection: Collection, rows: Iterable[int]) -> Iterator[bytes]:
    """Give one JSON array of the original bytes; what is not strict JSON as it was read. Raises OSError.

    What can't be read at all becomes a JSON string of its text.
    """
    import msgspec

    yield b"["
    comma = b"\n"
    for row in rows:
        payload = collection.payload(row, judged=False)
        strict = not payload.repairs and payload.cut_off_at is None and payload.value is not None
        if strict:
            yield comma + payload.text
        else:
            lost = payload.value is None
            yield comma + msgspec.json.encode(
                payload.text.decode("utf-8", "replace") if lost else payload.value
            )
        comma = b",\n"
    yield b"\n]\n"


def to_csv(payloads: Iterable[Payload], columns: Iterable[str] = tuple(CELLS)) -> Iterator[bytes]:
    """Give the chosen columns as RFC 4180 asks.

    No cell can begin a formula: one that would gets an apostrophe in front. Removing it gives the value
    back, a mobile number with its + included.
    """
    chosen = tuple(columns)
    yield (BYTE_ORDER_MARK + _line(chosen)).encode()
    for payload in payloads:
        yield _line(_safe(CELLS[name](payload)) for name in chosen).encode("utf-8", "backslashreplace")


def _safe(value: object) -> str:
    text = "" if value is None else str(value).replace("\x00", "␀")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _time(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else iso_seconds(milliseconds)
