"""What is open: every payload can be read again exactly, whatever it came out of."""

import gzip
import json
import os
from pathlib import Path

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.pile import Pile

LINE = b'{"callback_type":"person_added","event_id":"E%d","person":{"person_id":"%d"}}\n'


def test_every_sample_is_read_again_as_it_was(samples: Path) -> None:
    expected = list(Pile([str(samples)]).payloads())
    with Collection.open([str(samples)]) as collection:
        assert [collection.payload(row) for row in range(len(collection))] == expected
        assert [collection.text(row) for row in range(len(collection))] == [
            payload.text for payload in expected
        ]
        assert collection.troubles == []


def test_what_was_unpacked_is_read_again(tmp_path: Path) -> None:
    lines = b"".join(LINE % (number, number) for number in range(500))
    (tmp_path / "a.gz").write_bytes(gzip.compress(lines))
    with Collection.open([str(tmp_path / "a.gz"), str(tmp_path / "missing")]) as collection:
        assert len(collection) == 500
        assert collection.payload(499).facts.person.person_id == "499"
        assert collection.is_plain(499)
        assert len(collection.troubles) == 1


def test_a_file_that_is_cut_while_it_is_open(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_bytes(b"".join(LINE % (number, number) for number in range(10)))
    with Collection.open([str(file)]) as collection:
        os.truncate(file, 100)
        assert collection.payload(0).kind is Kind.CALLBACK
        assert collection.payload(9).kind is Kind.UNREADABLE
        assert collection.text(9) == b""


def test_several_in_one_document(tmp_path: Path) -> None:
    events = [
        {"message": json.dumps({"callback_type": "x", "event_id": str(number)}), "timestamp": 1}
        for number in range(3)
    ]
    (tmp_path / "a.json").write_text(json.dumps({"logEvents": events}))
    with Collection.open([str(tmp_path / "a.json")]) as collection:
        rows = [collection.payload(row) for row in (2, 0, 1)]
        assert [(row.facts.event_id, row.position) for row in rows] == [("2", 2), ("0", 0), ("1", 1)]


def test_nothing_at_all(tmp_path: Path) -> None:
    with Collection.open([str(tmp_path)]) as collection:
        assert len(collection) == 0


def test_what_can_never_be_read_shows_its_beginning(tmp_path: Path) -> None:
    content = bytes(range(256)) * 20
    (tmp_path / "a.bin").write_bytes(content)
    with Collection.open([str(tmp_path)]) as collection:
        payload = collection.payload(0)
        assert (payload.kind, payload.text, collection.text(0)) == (
            Kind.UNREADABLE,
            content[:200],
            content[:200],
        )
