"""CSV files one column of which holds the payloads, as log services export them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vibes_desktop.callbacks.dates import parse_log_ms
from vibes_desktop.callbacks.payload import Wrapping

BODY_COLUMNS = (
    "@message",
    "body",
    "payload",
    "request_body",
    "message",
    "data",
    "_raw",
    "raw",
    "json",
    "log",
)
TIME_COLUMNS = (
    "@timestamp",
    "received_at",
    "received",
    "timestamp",
    "_time",
    "time",
    "datetime",
    "date",
    "ts",
)
STATUS_COLUMNS = ("status", "status_code", "@status", "response_status", "answered")
DELIMITERS = (",", ";", "\t")
SECOND_IS_QUOTED = re.compile(rb'[^\n]*\n\s*"')
MAX_CELL_BYTES = 64 << 20
MAX_COLUMNS = 500
SMALLEST_STATUS, LARGEST_STATUS = 100, 599


@dataclass(frozen=True, slots=True)
class Table:
    """How to read the file: its delimiter, and which columns hold what. Columns count from 0."""

    delimiter: str
    body: int
    time: int | None
    status: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row's body, and where the row is; `line` from 1."""

    offset: int
    length: int
    line: int
    body: bytes = field(repr=False)
    wrapping: Wrapping


def csv_table(head: bytes, name: str, column: str | None = None) -> Table | None:
    """Recognise a CSV file by its header, or by a column of objects; None if it is something else.

    The column that was chosen holds the payloads; if there is none of that name, the usual ones do.
    """
    for delimiter, rows in _readings(head):
        titles = [title.strip().lower() for title in rows[0]]
        if len(titles) == 1 and titles[0] not in BODY_COLUMNS and not SECOND_IS_QUOTED.match(head):
            continue  # a heading above a payload, rather than a column
        named_csv = name.lower().endswith((".csv", ".tsv", ".txt"))
        body = _body_column(titles, rows[1], column, named_csv=named_csv)
        if body is not None:
            return Table(delimiter, body, *_told_in(titles, body), titles[body])
    return None if column is None else csv_table(head, name)


def csv_titles(head: bytes) -> tuple[str, ...]:
    """Name the columns that one may choose from; none where it is hardly a CSV file."""
    found: tuple[str, ...] = ()
    for _, rows in _readings(head):
        titles = tuple(title.strip() for title in rows[0])
        found = max(found, titles, key=len)
    return found


def _readings(head: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Read the first rows with every delimiter that makes a header and a row of them."""
    lines = head.decode("utf-8", "replace").splitlines()
    if not lines or "{" in lines[0]:
        return
    for delimiter in DELIMITERS:
        rows = _parsed(lines[:50], delimiter)
        if len(rows) >= len("hb") and 1 <= len(rows[0]) <= MAX_COLUMNS:
            yield delimiter, rows


def rows_of(lines: Iterable[tuple[int, int, bytes]], table: Table) -> Iterator[Row]:
    """Read the rows after the header from lines with their offsets and lengths."""
    csv.field_size_limit(MAX_CELL_BYTES)
    tracked = _Tracked(lines)
    reader = csv.reader(tracked, delimiter=table.delimiter)
    begin = 0
    while True:
        first_line = tracked.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = []
        begin, begun = tracked.end_of_last, tracked.end
        tracked.end_of_last = tracked.end
        if first_line > 1 and any(cells):
            yield Row(
                begin,
                begun - begin,
                first_line,
                _cell(cells, table.body).encode("utf-8", "replace"),
                _told(cells, table),
            )


def body_of(text: bytes, table: Table) -> Row:
    """Read the body of one row again."""
    csv.field_size_limit(MAX_CELL_BYTES)
    decoded = text.decode("utf-8", "replace").replace("\0", "\ufffd")
    rows = csv.reader((line + "\n" for line in decoded.split("\n")), delimiter=table.delimiter)
    cells = next(rows, [])
    return Row(0, len(text), 1, _cell(cells, table.body).encode("utf-8", "replace"), _told(cells, table))


class _Tracked:
    """Hands lines to the CSV reader, and remembers how far it got."""

    def __init__(self, lines: Iterable[tuple[int, int, bytes]]) -> None:
        self._lines = iter(lines)
        self.line = 0
        self.end = 0
        self.end_of_last = 0

    def __iter__(self) -> _Tracked:
        return self

    def __next__(self) -> str:
        offset, length, text = next(self._lines)
        self.line += 1
        self.end = offset + length + 1
        return text.decode("utf-8", "replace").replace("\0", "\ufffd") + "\n"


def _parsed(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader((line + "\n" for line in lines), delimiter=delimiter) if row]
    except csv.Error:
        return []


def _body_column(titles: list[str], first: list[str], column: str | None, *, named_csv: bool) -> int | None:
    if column is not None:
        return titles.index(column.lower()) if column.lower() in titles else None
    if len(titles) > 1 or named_csv:
        for title in BODY_COLUMNS:
            if title in titles and titles.index(title) < len(first):
                return titles.index(title)
    objects = [index for index, cell in enumerate(first) if cell.lstrip().startswith("{")]
    return objects[0] if objects and named_csv and objects[0] < len(titles) else None


def _told_in(titles: list[str], body: int) -> tuple[int | None, int | None]:
    time = next((titles.index(title) for title in TIME_COLUMNS if title in titles), None)
    status = next((titles.index(title) for title in STATUS_COLUMNS if title in titles), None)
    return time if time != body else None, status if status != body else None


def _told(cells: list[str], table: Table) -> Wrapping:
    received = parse_log_ms(_cell(cells, table.time)) if table.time is not None else None
    status = _cell(cells, table.status) if table.status is not None else ""
    known = status.isascii() and status.isdigit() and SMALLEST_STATUS <= int(status[:9]) <= LARGEST_STATUS
    return Wrapping((f"the CSV column {table.name}",), received, int(status) if known else None)


def _cell(cells: list[str], index: int | None) -> str:
    return cells[index] if index is not None and index < len(cells) else ""
