"""Payloads out again: bytes out are bytes in, and no cell begins a formula."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.export import CELLS, to_array, to_csv, to_lines
from vibes_desktop.callbacks.payload import Payload

LINES = [
    b'{ "callback_type" : "x",  "n": 1.50, "\\u00e9": "\xc3\xa9" }',
    b'{"callback_type":"y",}',
    b"{:}",
    b'{"a":"cut',
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file with good and bad lines."""
    (tmp_path / "a.ndjson").write_bytes(b"\n".join(LINES))
    return tmp_path / "a.ndjson"


def test_lines_are_the_original_bytes(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        assert b"".join(to_lines(collection, range(4))) == b"\n".join(LINES) + b"\n"
        assert b"".join(to_lines(collection, [2, 0])) == LINES[2] + b"\n" + LINES[0] + b"\n"


def test_an_array_is_json_and_keeps_what_was_json(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        content = b"".join(to_array(collection, range(4)))
        assert b"".join(to_array(collection, [])) == b"[\n]\n"
    assert LINES[0] in content
    assert json.loads(content) == [json.loads(LINES[0]), {"callback_type": "y"}, "{:}", {}]


@pytest.mark.parametrize(
    "text", ["=1+1", "+13125550143", "-1", "@x", "\t=1", 'a "quoted", cell\r\n', "plain"]
)
def test_cells_survive_and_begin_no_formula(
    text: str, removed: dict[str, Any], assembled: Callable[[Any], Payload]
) -> None:
    removed["subscription"]["person"]["mobile_phone"]["mdn"] = text
    content = b"".join(to_csv([assembled(removed)], ["mdn", "list", "time"])).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(content, newline=""))
    assert header == ["mdn", "list", "time"]
    assert row[1:] == ["1234", "2026-03-03T14:05:09Z"]
    assert row[0].removeprefix("'") == text
    assert not row[0].startswith(("=", "+", "-", "@", "\t"))


def test_every_column_of_every_sample(samples: Path) -> None:
    with Collection.open([str(samples)]) as collection:
        payloads = [collection.payload(row) for row in range(len(collection))]
    content = b"".join(to_csv(payloads)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(rows) == len(payloads)
    assert list(rows[0]) == list(CELLS)
    assert {row["mdn"] for row in rows} == {"", "'+13125550143"}
