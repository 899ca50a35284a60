"""Files become the same columns on one core, on several, and record by record."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks import indexing
from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.columns import DTYPES
from vibes_desktop.callbacks.indexing import cores, edges_of, index_lines, index_source, is_lines
from vibes_desktop.callbacks.payload import Body
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.source import FileSource
from vibes_desktop.callbacks.unfolding import open_path

GENERATOR = Path(__file__).parent.parent.parent / "scripts" / "bench-events"
EVENTS = 3000
PRETTY = b'{\n "callback_type": "person_added",\n "event_id": "P"\n}\n'


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate a file as the benchmark does, and spoil it: noise, a pretty-printed event, a long line."""
    file = tmp_path_factory.mktemp("events") / "events.ndjson"
    subprocess.run([sys.executable, GENERATOR, file, str(EVENTS), "7"], check=True)
    lines = file.read_bytes().splitlines(keepends=True)
    lines[1000:1000] = [
        b"noise\n",
        b"\n",
        PRETTY,
        b'x {"callback_type": "person_added"}\n',
        b'{"a": "' + b"y" * 3_000_000 + b'"}\r\n',
    ]
    file.write_bytes(b"".join(lines).rstrip(b"\n"))
    return file


def opened(file: Path) -> FileSource:
    """Open a file."""
    (source,) = open_path(str(file))
    assert isinstance(source, FileSource)
    return source


def test_it_is_the_same_as_reading_every_payload(events: Path) -> None:
    source = opened(events)
    assert is_lines(source)
    indexed = index_source(source, 0, workers=1)
    source.close()
    payloads = list(Pile([str(events)]).payloads(judged=False))
    columns = indexed.columns
    assert len(columns) == len(payloads)
    assert columns["position"].tolist() == [payload.position for payload in payloads]
    for name, words in (("type", "callback_type"),):
        assert [columns.take(name, code) for code in columns[name].tolist()] == [
            getattr(payload, words) for payload in payloads
        ]
    assert [columns.take("list", code) for code in columns["list"].tolist()] == [
        payload.facts.list_id for payload in payloads
    ]
    assert indexed.skipped == {"no JSON in the line": 1}


def test_bytes_out_are_bytes_in(events: Path) -> None:
    source = opened(events)
    columns = index_source(source, 0, workers=1).columns
    for row in range(0, len(columns), 97):
        text = source.read_at(int(columns["offset"][row]), int(columns["length"][row]))
        assert assemble(Body(text), "a", 1).facts.event_id
    source.close()


def test_several_cores_give_the_same(events: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "WORKERS_FROM_BYTES", 0)
    monkeypatch.setattr(indexing, "PIECE_BYTES", 1 << 19)
    source = opened(events)
    one, several = index_source(source, 0, workers=1), index_source(source, 0, workers=2)
    source.close()
    assert (one.lines, one.skipped) == (several.lines, several.skipped)
    for name in DTYPES:
        column = one.columns[name]
        if name in one.columns.words:
            words = [one.columns.take(name, code) for code in column.tolist()]
            assert [several.columns.take(name, code) for code in several.columns[name].tolist()] == words
        else:
            assert np.array_equal(column, several.columns[name]), name


@pytest.mark.parametrize(
    "wrapped", [b"2026-11-01 09:00:00 INFO got %s", b'{"time": 1767258000, "body": %s}', b"\xef\xbb\xbf%s"]
)
def test_lines_of_a_log_are_shared_out_too(
    wrapped: bytes, events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "WORKERS_FROM_BYTES", 0)
    monkeypatch.setattr(indexing, "PIECE_BYTES", 1 << 18)
    monkeypatch.setattr(indexing, "FULL_PIECE_BYTES", 1 << 18)
    file = tmp_path / "events.log"
    lines = [line for line in events.read_bytes().splitlines()[:900] if line.endswith(b"}")]
    bom = wrapped.startswith(b"\xef")
    wrapped = wrapped.removeprefix(b"\xef\xbb\xbf")
    file.write_bytes(b"\xef\xbb\xbf" * bom + b"".join(wrapped % line + b"\n" for line in lines))
    source = opened(file)
    one, several = index_source(source, 0, workers=1), index_source(source, 0, workers=2)
    source.close()
    assert len(several.columns) == len(lines)
    for name in DTYPES:
        if name not in one.columns.words:
            assert np.array_equal(one.columns[name], several.columns[name]), name


def test_parts_begin_where_clean_lines_do(events: Path) -> None:
    source = opened(events)
    edges = edges_of(source, 7)
    assert edges[0] == 0
    assert edges[-1] == source.size
    for edge in edges[1:-1]:
        assert source.read_at(edge - 1, 2) == b"\n{"
    source.close()


def test_a_file_that_ends_while_it_is_read(events: Path, tmp_path: Path) -> None:
    file = tmp_path / "short.ndjson"
    file.write_bytes(events.read_bytes()[:200_000])
    source = opened(file)
    file.write_bytes(file.read_bytes()[:100_000])
    assert 0 < len(index_lines(source, 0, 0, source.size).columns) < 200
    source.close()


def test_other_shapes_and_other_first_lines(samples: Path) -> None:
    for name in ("wrapped/cloudwatch.json", "wrapped/insights.csv", "types/person_added.json"):
        source = opened(samples / name)
        assert not is_lines(source)
        assert len(index_source(source, 0).columns) == 1
        source.close()
    assert cores() >= 1
