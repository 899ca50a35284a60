"""Payloads out again, as a job: their exact bytes line by line, as an array, or as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.callback_types import TYPES
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.dates import iso_seconds, parse_ms
from vibes_desktop.callbacks.fast import FastRow, fast_row
from vibes_desktop.callbacks.findings import CODES
from vibes_desktop.callbacks.judged import Judged
from vibes_desktop.callbacks.line_masker import LineMasker
from vibes_desktop.callbacks.masking import masked_bytes, masked_cell
from vibes_desktop.callbacks.payload import Facts, Finding, Kind, Payload, PersonRef
from vibes_desktop.callbacks.repeats import with_repeat
from vibes_desktop.callbacks.stopping import Check, go_on
from vibes_desktop.callbacks.texts import texts_of
from vibes_desktop.model.errors import StorageError
from vibes_desktop.storage.atomic import atomic_write

Rows = npt.NDArray[np.int64]
BYTE_ORDER_MARK = "\ufeff"  # lets Excel read UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
SPOILED = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+")  # a spreadsheet would keep another number
CHUNK_BYTES = 1 << 18
LOST = StorageError(
    "A file that is open here can't be read any more.",
    "Nothing was written.",
    "It was changed, cut or removed since it was opened. Open it again, and export then.",
)

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
    "opt_in_date": lambda payload: _time(payload.facts.opt_in_ms),
    "opt_out_date": lambda payload: _time(payload.facts.opt_out_ms),
    "opt_out_reason": lambda payload: payload.facts.opt_out_reason,
    "delivery_attempt": lambda payload: payload.facts.delivery_attempt,
    "event_id": lambda payload: payload.facts.event_id,
    "findings": lambda payload: " ".join(dict.fromkeys(each.code for each in payload.findings)),
    "repairs": lambda payload: "; ".join(each.text for each in payload.repairs),
    "source": lambda payload: payload.source,
    "position": lambda payload: payload.position,
}


class Form(Enum):
    """How payloads are written."""

    LINES = "newline-delimited JSON"
    ARRAY = "a JSON array"
    CSV = "CSV"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of an export; `columns` count for CSV alone."""

    form: Form
    columns: tuple[str, ...] = tuple(CELLS)
    is_masked: bool = False


def export(
    collection: Collection,
    rows: Rows,
    path: Path,
    order: Order,
    progress: Callable[[int], None] = lambda _: None,
    check: Check = go_on,
) -> None:
    """Write rows to a file, which is there once it is complete and not before.

    `progress` is told how many rows are written, now and then; `check` may raise Stopped to give up.
    Raises StorageError and Stopped; nothing is left behind then.
    """
    atomic_write(path, _watched(exported(collection, rows, order), len(rows), progress, check))


def exported(collection: Collection, rows: Rows, order: Order) -> Iterator[bytes]:
    """Give a piece for each row, with one before and one after them. Raises StorageError."""
    try:
        match order.form:
            case Form.LINES:
                yield b""
                yield from to_lines(collection, rows, is_masked=order.is_masked)
                yield b""
            case Form.ARRAY:
                yield from to_array(collection, rows, is_masked=order.is_masked)
            case Form.CSV:
                payloads = _judged(collection, rows, order.columns)
                yield from to_csv(payloads, order.columns, is_masked=order.is_masked)
                yield b""
    except OSError as error:
        raise LOST from error


def _watched(
    pieces: Iterator[bytes], rows: int, progress: Callable[[int], None], check: Check
) -> Iterator[bytes]:
    """Join pieces to chunks that are worth a call, and tell how far it is."""
    held: list[bytes] = []
    size = 0
    for number, piece in enumerate(pieces):
        held.append(piece)
        size += len(piece)
        if size >= CHUNK_BYTES:
            check()
            yield b"".join(held)
            progress(min(number, rows))
            held, size = [], 0
    check()
    yield b"".join(held)
    progress(rows)


def to_lines(collection: Collection, rows: Rows, *, is_masked: bool = False) -> Iterator[bytes]:
    """Give the exact original bytes, a payload a line; one that has line ends keeps them. Raises OSError."""
    hide = _hiding(collection) if is_masked else _as_it_is
    for row, text in zip(rows.tolist(), texts_of(collection, rows, whole=True), strict=True):
        yield hide(row, text) + b"\n"


def to_array(collection: Collection, rows: Rows, *, is_masked: bool = False) -> Iterator[bytes]:
    """Give one JSON array of the original bytes; what is not strict JSON as it was read.

    What can't be read at all becomes a JSON string of its text. Raises OSError.
    """
    hide = _hiding(collection) if is_masked else _as_it_is
    yield b"["
    comma = b"\n"
    for row, text in zip(rows.tolist(), texts_of(collection, rows, whole=True), strict=True):
        element = text if collection.is_plain(row) else _element(collection, row)
        yield comma + hide(row, element)
        comma = b",\n"
    yield b"\n]\n"


def _as_it_is(_row: int, text: bytes) -> bytes:
    return text


def _hiding(collection: Collection) -> Callable[[int, bytes], bytes]:
    masker = LineMasker()
    return lambda row, text: masker.masked(text) if collection.is_plain(row) else masked_bytes(text)


def _element(collection: Collection, row: int) -> bytes:
    """Give what was read in full as strict JSON."""
    import msgspec

    payload = collection.payload(row, judged=False)
    if payload.value is None:
        return msgspec.json.encode(payload.text.decode("utf-8", "replace"))
    if payload.repairs or payload.cut_off_at is not None:
        return msgspec.json.encode(payload.value)
    return payload.text


def to_csv(
    payloads: Iterable[Payload], columns: Iterable[str] = tuple(CELLS), *, is_masked: bool = False
) -> Iterator[bytes]:
    """Give the chosen columns as RFC 4180 asks.

    No cell can begin a formula, and none is a number that a spreadsheet would spoil: one that would gets an
    apostrophe in front. Removing one gives the value back, a mobile number with its + included.
    """
    chosen = tuple(columns)
    yield (BYTE_ORDER_MARK + _line(chosen)).encode()
    for payload in payloads:
        cells = [(name, _text(CELLS[name](payload))) for name in chosen]
        shown = (_safe(masked_cell(name, cell) if is_masked else cell) for name, cell in cells)
        yield _line(shown).encode("utf-8", "backslashreplace")


def _judged(collection: Collection, rows: Rows, columns: tuple[str, ...]) -> Iterator[Payload]:
    """Read payloads as far as columns need: clean lines in part, unless their findings aren't known."""
    judged = collection.judged if "findings" in columns else Judged()
    repeats: Mapping[int, Finding] = collection.repeats().findings if "findings" in columns else {}
    for row, text in zip(rows.tolist(), texts_of(collection, rows, whole=True), strict=True):
        known = judged is not None and ("findings" not in columns or judged.is_done(row))
        quick = fast_row(text) if known and collection.is_plain(row) else None
        if quick is None or judged is None:
            yield with_repeat(collection.payload(row, judged="findings" in columns), repeats.get(row))
        else:
            yield _in_part(quick, collection, row, judged.codes(row))


def _in_part(quick: FastRow, collection: Collection, row: int, codes: tuple[str, ...]) -> Payload:
    """Make a payload of what is known without reading all of it."""
    (code, event_id, date, attempt, key, person_id, external, mdn, listed, campaign, reason, joined, left) = (
        quick
    )
    facts = Facts(
        event_id or None,
        _moment(date),
        PersonRef(key or None, person_id or None, external or None, mdn or None),
        listed,
        campaign,
        _moment(joined),
        _moment(left),
        reason or None,
        attempt or None,
    )
    columns = collection.columns
    return Payload(
        collection.sources[columns.at("file", row)].name,
        columns.at("position", row),
        Kind.CALLBACK,
        TYPES[code - 1].name,
        facts,
        None,
        b"",
        findings=tuple(Finding(CODES[each], each, "", "") for each in codes),
    )


def _moment(text: str | None) -> int | None:
    return parse_ms(text) if text else None


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\x00", "␀")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) or SPOILED.fullmatch(text) else text


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _time(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else iso_seconds(milliseconds)
