"""A corpus of small files, valid, invalid and left open by the standard: each is read, repaired or told.

`valid` and `invalid` go by RFC 8259; `open` is what it leaves to the reader. The name says what is odd, or
numbers the piece and says in which place it stands.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.export import Form, Order, exported
from vibes_desktop.callbacks.payload import Kind, Payload
from vibes_desktop.callbacks.pile import Pile

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(CORPUS.rglob("*.json"))
TRANSCODED = {"utf16be.json", "utf16le.json"}  # shown as UTF-8


@contextmanager
def opened(file: Path) -> Iterator[tuple[Collection, list[Payload]]]:
    """Open one file and read all its rows."""
    with Collection.open([str(file)]) as collection:
        yield collection, [collection.payload(row) for row in range(len(collection))]


def told(payload: Payload) -> Payload:
    """Leave out the text of what can't be read: of a binary file a part of it will do."""
    return replace(payload, text=b"") if payload.kind is Kind.UNREADABLE else payload


def test_it_is_large_enough() -> None:
    assert len(FILES) >= 300
    assert len({file.read_bytes() for file in FILES}) >= 300


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_each_is_read_repaired_or_told(file: Path) -> None:
    content = file.read_bytes()
    with opened(file) as (collection, payloads):
        assert payloads or collection.skipped or collection.troubles
        rows = np.arange(len(collection))
        texts = [collection.text(row) for row in rows.tolist()]
        lines = b"".join(exported(collection, rows, Order(Form.LINES)))
        array = b"".join(exported(collection, rows, Order(Form.ARRAY)))
    assert lines == b"".join(text + b"\n" for text in texts)
    assert len(json.loads(array, parse_int=str)) == len(payloads)
    assert all(text in content for text in texts) or file.name in TRANSCODED
    for payload in payloads:
        is_odd = payload.repairs or payload.findings or payload.kind is Kind.UNREADABLE
        assert is_odd or file.parent.name != "invalid"
        assert not payload.repairs or file.parent.name != "valid"
        assert all(0 <= repair.position <= len(payload.text) for repair in payload.repairs)


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if file.parent.name == "valid" and not file.stem.endswith("-alone")],
    ids=lambda file: file.stem,
)
def test_a_valid_object_is_one_row_of_its_very_bytes(file: Path) -> None:
    content = file.read_bytes().removeprefix(b"\xef\xbb\xbf").strip()
    with opened(file) as (collection, payloads):
        assert [payload.value for payload in payloads] == [json.loads(content)]
        assert collection.text(0).strip() == content


def test_all_at_once_give_the_same_rows() -> None:
    paths = [str(CORPUS)]
    pile = Pile(paths)
    payloads = list(pile.payloads())
    with Collection.open(paths) as collection:
        found = [collection.payload(row) for row in range(len(collection))]
        assert list(map(told, found)) == list(map(told, payloads))
        assert collection.skipped == pile.skipped
    assert not pile.troubles
