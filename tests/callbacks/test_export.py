"""Payloads out again: bytes out are bytes in, and no cell begins a formula."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.export import CELLS, Form, Order, export, to_array, to_csv, to_lines
from vibes_desktop.callbacks.judging import judge_all
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.stopping import Stopped, Stopper
from vibes_desktop.model.errors import StorageError

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


def test_a_cut_off_line_keeps_the_blank_at_its_end(tmp_path: Path) -> None:
    lines = [b'{"callback_type":"x","a":"cut  ', b'{"callback_type":"x"}', b'{"callback_type":"y","a":"cut ']
    (tmp_path / "a.ndjson").write_bytes(b"\r\n".join(lines))
    with Collection.open([str(tmp_path / "a.ndjson")]) as collection:
        assert list(to_lines(collection, np.arange(3))) == [line + b"\n" for line in lines]


def test_lines_are_the_original_bytes(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        assert b"".join(to_lines(collection, np.arange(4))) == b"\n".join(LINES) + b"\n"
        assert b"".join(to_lines(collection, np.array([2, 0]))) == LINES[2] + b"\n" + LINES[0] + b"\n"


def test_an_array_is_json_and_keeps_what_was_json(file: Path) -> None:
    with Collection.open([str(file)]) as collection:
        content = b"".join(to_array(collection, np.arange(4)))
        assert b"".join(to_array(collection, np.arange(0))) == b"[\n]\n"
    assert LINES[0] in content
    assert json.loads(content) == [json.loads(LINES[0]), {"callback_type": "y"}, "{:}", {}]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+13125550143",
        "-1",
        "@x",
        "\t=1",
        'a "quoted", cell\r\n',
        "plain",
        "'x",
        "007",
        "447911123456",
        "1E9",
    ],
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
    assert (row[0] == text) == text.startswith(("a", "p"))
    assert not row[0].startswith(("=", "+", "-", "@", "\t"))


def test_every_column_of_every_sample(samples: Path) -> None:
    with Collection.open([str(samples)]) as collection:
        payloads = [collection.payload(row) for row in range(len(collection))]
    content = b"".join(to_csv(payloads)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(rows) == len(payloads)
    assert list(rows[0]) == list(CELLS)
    assert {row["mdn"] for row in rows} == {"", "'+13125550143"}


@pytest.fixture
def many(removed: dict[str, Any], tmp_path: Path) -> Path:
    """Write a file of many removals, more than a chunk of an export holds."""
    file = tmp_path / "many.ndjson"
    lines = (json.dumps({**removed, "event_id": f"E{number}"}) for number in range(1500))
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


@pytest.mark.parametrize("form", Form)
def test_a_job_tells_its_progress_and_leaves_one_file(form: Form, many: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    told: list[int] = []
    with Collection.open([str(many)]) as collection:
        export(collection, np.arange(1500), tmp_path / "out" / "a", Order(form), told.append)
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["a"]
    assert told == sorted(told)
    assert (len(told) > 1, told[-1]) == (True, 1500)
    content = (tmp_path / "out" / "a").read_bytes()
    if form is Form.LINES:
        assert content == many.read_bytes()
    elif form is Form.CSV:
        assert content.count(b"\r\n") == 1501
    else:
        assert len(json.loads(content)) == 1500


@pytest.mark.parametrize("form", Form)
def test_a_job_that_is_stopped_leaves_what_was_there(form: Form, many: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_text("before")
    stopper = Stopper()
    with Collection.open([str(many)]) as collection, pytest.raises(Stopped):
        export(
            collection,
            np.arange(1500),
            tmp_path / "out" / "a",
            Order(form),
            lambda _: stopper.stop(),
            stopper.check,
        )
    assert [each.read_text() for each in (tmp_path / "out").iterdir()] == ["before"]


def test_a_file_that_was_cut_meanwhile(many: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with Collection.open([str(many)]) as collection:
        many.write_bytes(many.read_bytes()[:5000])
        with pytest.raises(StorageError) as caught:
            export(collection, np.arange(1500), tmp_path / "out" / "a", Order(Form.LINES))
    assert "any more" in caught.value.title
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_is_not_there(many: Path, tmp_path: Path) -> None:
    with Collection.open([str(many)]) as collection, pytest.raises(StorageError):
        export(collection, np.arange(3), tmp_path / "nowhere" / "a", Order(Form.LINES))


@pytest.mark.parametrize("form", Form)
def test_nobody_is_named_where_that_is_asked_for(form: Form, samples: Path, tmp_path: Path) -> None:
    paths = [str(samples / "types"), str(samples / "wrapped")]
    with Collection.open(paths) as collection:
        rows = np.arange(len(collection))
        export(collection, rows, tmp_path / "a", Order(form, is_masked=True))
    content = (tmp_path / "a").read_text()
    assert not [word for word in ("5550143", "CUST", "Robin", "token-of") if word in content]
    assert "SMPL0002" in content


def test_rows_in_any_order(many: Path, tmp_path: Path) -> None:
    lines = many.read_bytes().splitlines(keepends=True)
    rows = np.array([7, 3, 4, 5, 1400, 2, 2])
    with Collection.open([str(many)]) as collection:
        export(collection, rows, tmp_path / "a", Order(Form.LINES))
    assert (tmp_path / "a").read_bytes() == b"".join(lines[row] for row in rows)


def test_what_is_read_in_part_gives_the_same_cells(many: Path, samples: Path, tmp_path: Path) -> None:
    names = tuple(name for name in CELLS if name not in {"findings", "repairs"})
    generator = samples.parent.parent / "scripts" / "bench-events"
    subprocess.run([sys.executable, generator, tmp_path / "events.ndjson", "300", "3"], check=True)
    with Collection.open([str(samples), str(tmp_path / "events.ndjson")]) as collection:
        rows = np.arange(len(collection))
        export(collection, rows, tmp_path / "a", Order(Form.CSV, names))
        payloads = [collection.payload(row) for row in rows.tolist()]
        assert (tmp_path / "a").read_bytes() == b"".join(to_csv(payloads, names))
        export(collection, rows, tmp_path / "b", Order(Form.CSV, ("event_id", "findings")))
        judge_all(collection)
        export(collection, rows, tmp_path / "c", Order(Form.CSV, ("event_id", "findings")))
    texts = [(tmp_path / name).read_text("utf-8-sig") for name in "bc"]
    before, after = (list(csv.reader(io.StringIO(text, newline=""))) for text in texts)
    assert [(event, set(found.split())) for event, found in before] == [
        (event, set(found.split())) for event, found in after
    ]
