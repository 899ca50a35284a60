"""Words and members in texts, whatever stands around them."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks import searching
from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.matching import matcher
from vibes_desktop.callbacks.query import Term
from vibes_desktop.callbacks.searching import _holders
from vibes_desktop.callbacks.selecting import select


@given(
    st.lists(st.tuples(st.text("ab", max_size=9), st.text("ab|", max_size=3)), max_size=12),
    st.text("ab", min_size=1, max_size=3),
)
def test_pieces_that_hold_a_word(pieces: list[tuple[str, str]], word: str) -> None:
    text, begins, ends = "", [], []
    for piece, gap in pieces:
        begins.append(len(text))
        text += piece
        ends.append(len(text))
        text += gap
    expected = [number for number, (piece, _) in enumerate(pieces) if word in piece]
    assert _holders(word.encode(), text.encode(), begins, ends) == expected


TERMS = [
    Term("", "caf\u00e9"),
    Term("", "CAF\u00c9"),
    Term("", "cafe"),
    Term("", "stra\u00dfe"),
    Term("", "\u2603"),
    Term("path", "person.custom_fields.na\u00efve=1"),
    Term("path", "person.custom_fields.n=1"),
    Term("path", "x.0"),
    Term("path", "person.custom_fields.a.0=2"),
    Term("path", "person.custom_fields.a.1"),
    Term("path", "nowhere.b"),
    Term("path", "person.custom_fields.b=true"),
    Term("path", "person.custom_fields.z=null"),
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_letters_and_members(term: Term, tmp_path: Path) -> None:
    fields = [
        {"n": 1},
        {"na\u00efve": 1, "t": "Caf\u00e9"},
        {"a": [2, "STRASSE"]},
        {"b": True, "\u2603": 0},
        {"z": None, "n": "x"},
    ]
    values = [
        {"callback_type": "person_updated", "person": {"person_id": "1", "custom_fields": each}}
        for each in fields
    ]
    lines = [json.dumps(value, ensure_ascii=ascii_only) for value in values for ascii_only in (True, False)]
    lines.append(lines[0].replace('"n"', '"\\\\u006e"'))
    (tmp_path / "a.ndjson").write_text("\n".join(lines), "utf-8")
    with Collection.open([str(tmp_path)]) as collection:
        assert all(map(collection.is_plain, range(len(collection))))
        matches = matcher(term)
        expected = [row for row in range(len(collection)) if matches(collection.payload(row))]
        assert select(term, collection).tolist() == expected
        assert bool(expected) == (term.value not in {"cafe", "x.0", "nowhere.b"})


WRAPPED = ["gold", "GOLD", "zebra", "b\u00e9", 'a"b', "a b", "tier", "7"]


@pytest.mark.parametrize("word", WRAPPED)
def test_words_inside_of_wrappers(word: str, tmp_path: Path, samples: Path) -> None:
    payloads = [
        json.dumps({"callback_type": "person_updated", "person": {"custom_fields": {"tier": tier}}})
        for tier in ("gold", "b\u00e9", 'a"b', "a b", 7)
    ]
    lines = [json.dumps({"log": payload}) for payload in payloads]
    lines += [
        json.dumps({"body": base64.b64encode(each.encode()).decode(), "isBase64Encoded": True})
        for each in payloads
    ]
    lines.append(json.dumps({"events": [{"message": payload} for payload in payloads]}))
    (tmp_path / "a.log").write_text("\n".join(lines))
    with Collection.open([str(tmp_path), str(samples)]) as collection:
        for term in (
            Term("", word),
            Term("path", f"person.custom_fields.{word.split()[0]}".replace('"', "")),
        ):
            matches = matcher(term)
            expected = [row for row in range(len(collection)) if matches(collection.payload(row))]
            assert select(term, collection).tolist() == expected


def test_many_rows_of_one_record(tmp_path: Path) -> None:
    events = [{"message": json.dumps({"event_id": f"E{row}", "callback_type": "x"})} for row in range(40)]
    (tmp_path / "a.json").write_text(json.dumps({"logEvents": events}))
    with Collection.open([str(tmp_path)]) as collection:
        assert len(set(collection.columns["offset"].tolist())) == 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(searching, "SEARCH_BYTES", 10)
            reads: list[int] = []
            read_all = collection.sources[0].read_all

            def counted(offset: int, length: int) -> bytes:
                reads.append(offset)
                return read_all(offset, length)

            patch.setattr(collection.sources[0], "read_all", counted)
            assert select(Term("", "E7"), collection).tolist() == [7]
            assert len(reads) < 3
