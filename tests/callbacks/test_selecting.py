"""Columns and payloads give the same answers to every query."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.judged import BITS, Judged
from vibes_desktop.callbacks.judging import judge_all
from vibes_desktop.callbacks.matching import matcher
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.query import WORDS, And, Not, Or, Query, Term, parse
from vibes_desktop.callbacks.repeats import marked
from vibes_desktop.callbacks.selecting import needs_rules, select, select_in_steps, unjudged

GENERATOR = Path(__file__).parent.parent.parent / "scripts" / "bench-events"
QUERIES = (
    "", "type:subscription_*", "type:person_updated",
    "reason:user_opt_out list:12*", "list:1234 OR list:1210", "-type:person_*",
    "campaign:C0001*", "mdn:+1312*", "mdn:*492",
    "mdn:+13125550143", "mdn:3125550143", "person:CUST-0042", "person:8800123",
    "person:CUST-00*", "person:+13125550143", "event:SMPL0002",
    "event:SMPL*", "date:2026-08-01", "date:2026-08..", "date:2026-03",
    "received:2026-03-02", "optout:2026-03", "attempt:>1", "attempt:1",
    "answered:404", "kind:callback", "kind:*able", "source:*.log",
    "is:repaired", "is:cut_off", "is:unreadable", "is:callback",
    "is:unwrapped", "has:repairs", "has:person", "has:mdn", "has:received",
    "has:attempt", "path:person.custom_fields.tier=gold", "path:wallet_item", "gold",
    "GOLD", '"weekly deals"', "é", "-gold -is:repaired",
    "(type:person_* OR is:cut_off) -mdn:+1312*", "nowhere",
    "is:redelivered",
    "-is:redelivered attempt:>1", "finding:redelivery", "finding:conflict OR is:conflicting",
    "SMPL0107", "{", "path:subscription.subscription_list.id=12*", "path:participant.source_code",
    "path:person.custom_fields.note", "-path:event_id", 'person:""', 'event:""', 'list:""',
)  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collection, list[Payload]]]:
    """Open our samples and some generated events; give the payloads beside."""
    file = tmp_path_factory.mktemp("events") / "events.ndjson"
    subprocess.run([sys.executable, GENERATOR, file, "1500", "3"], check=True)
    paths = [str(Path(__file__).parent.parent.parent / "resources" / "samples"), str(file)]
    with Collection.open(paths) as collection:
        yield collection, list(marked(Pile(paths).payloads()))


@pytest.mark.parametrize("text", QUERIES)
def test_the_same_answer(text: str, both: tuple[Collection, list[Payload]]) -> None:
    collection, payloads = both
    query = parse(text)
    assert not needs_rules(query)
    matches = matcher(query)
    expected = [row for row, payload in enumerate(payloads) if matches(payload)]
    assert select(query, collection).tolist() == expected


def test_a_word_over_two_payloads_is_in_neither(both: tuple[Collection, list[Payload]]) -> None:
    collection, _ = both
    assert select(parse('"}\\n{"'), collection).tolist() == []


@pytest.mark.parametrize("text", ["finding:cut_off", "has:findings", "a OR -finding:re*"])
def test_what_only_the_rules_can_answer(text: str) -> None:
    assert needs_rules(parse(text))


@pytest.mark.parametrize("text", ["gold", "", "type:person_*", "-gold -is:repaired", "nowhere OR is:cut_off"])
def test_steps_put_together_are_the_answer(text: str, both: tuple[Collection, list[Payload]]) -> None:
    collection, _ = both
    query = parse(text)
    steps = list(select_in_steps(query, collection))
    assert np.concatenate([rows for rows, _ in steps]).tolist() == select(query, collection).tolist()
    looked_at = [count for _, count in steps]
    assert looked_at == sorted(set(looked_at))
    assert looked_at[-1] == len(collection)
    assert (len(steps) > 1) == ("gold" in text or "nowhere" in text)


@pytest.mark.parametrize("text", QUERIES)
def test_only_some_rows(text: str, both: tuple[Collection, list[Payload]]) -> None:
    collection, _ = both
    every = set(select(parse(text), collection).tolist())
    fresh = np.arange(1400, len(collection))
    for rows in (fresh, np.arange(0, len(collection), 7), fresh[:0]):
        found = select(parse(text), collection, rows).tolist()
        assert found == [row for row in rows.tolist() if row in every]
    assert [looked for _, looked in select_in_steps(parse(text), collection, fresh[:0])] == [0]


@pytest.mark.parametrize(
    "text", ["finding:missing_field", "has:findings", "finding:re* OR finding:type_by_shape"]
)
def test_without_a_second_pass_the_payloads_are_asked(
    text: str, both: tuple[Collection, list[Payload]]
) -> None:
    collection, payloads = both
    matches = matcher(parse(text))
    expected = [row for row, payload in enumerate(payloads) if row < 300 and matches(payload)]
    assert select(parse(text), collection, np.arange(300)).tolist() == expected
    assert unjudged(parse(text), collection) == 0


def test_with_a_second_pass_its_findings_are_asked(removed: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text("".join(json.dumps({**removed, "event_id": f"{row}"}) + "\n" for row in range(10)))
    with Collection.open([str(file)]) as collection:
        collection.judged = Judged()
        collection.judged.put(2, np.array([BITS["missing_field"], BITS["unknown_field"], 0], np.uint32))
        for text, rows in {
            "finding:missing_field": [2],
            "finding:*_field": [2, 3],
            "has:findings": [2],
            "-has:findings": [0, 1, 3, 4, 5, 6, 7, 8, 9],
            "finding:nothing": [],
        }.items():
            assert select(parse(text), collection).tolist() == rows
            assert unjudged(parse(text), collection) == 7
        assert unjudged(parse("type:x"), collection) == 0


VALUES = {
    "": ["a", "E", "gold", "CUST", '"', "\\", "\u00e9", "{", "  ", 'e"', "*", "+13"],
    "type": ["*", "subscription_*", "Person_Added", "*_*_*", ""],
    "reason": ["user*", "USER_OPT_OUT"],
    "list": ["1234", "12*", "*4"],
    "campaign": ["C*", ""],
    "kind": ["*", "un*"],
    "source": ["*json", "x"],
    "person": ["1", "CUST-0042", "+13125550143", "3125550143", "*1*", "0", ""],
    "event": ["SMPL*", "SMPL0002", ""],
    "mdn": ["*", "+1*", "1312*", "*43", "3125550143", "12", "abc", "+0*"],
    "finding": ["*", "re*", "cut_off"],
    "attempt": [">0", "1", "1..", "..3", "<2"],
    "answered": ["404", ">399"],
    "optout": ["2026-03", "..2027"],
    "date": ["2026", "2026-03", ">2026-03-01", "..2026-03-05T03"],
    "received": ["2026", "..2030"],
    "has": list(WORDS["has"]),
    "is": list(WORDS["is"]),
    "path": [
        "a",
        "a.0",
        "event_id",
        "event_id=S*",
        "a=null",
        "subscription.person.mobile_phone.mdn=+1312*",
        "e\u00e9",
    ],
}


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Draw a condition that makes sense."""
    field = draw(st.sampled_from(sorted(VALUES)))
    is_word = field in {"attempt", "answered", "date", "received", "optout", "has", "is"}
    return Term(field, draw(st.sampled_from(VALUES[field])), not is_word and draw(st.booleans()))


def combined(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    """Put conditions together."""
    several = st.lists(inner, max_size=3).map(tuple)
    return inner.map(Not) | several.map(And) | st.lists(inner, min_size=2, max_size=3).map(tuple).map(Or)


class Opened:
    """A collection, and its payloads beside."""

    def __init__(self, collection: Collection, payloads: list[Payload]) -> None:
        self.collection = collection
        self.payloads = payloads

    def __repr__(self) -> str:
        """Keep reports short."""
        return "Opened(…)"


@pytest.fixture(scope="module")
def odd() -> Iterator[Opened]:
    """Open our samples and the corpus, judged; give the payloads beside."""
    tests = Path(__file__).parent
    paths = [str(tests.parent.parent / "resources" / "samples"), str(tests / "corpus" / "invalid")]
    with Collection.open(paths) as collection:
        judge_all(collection)
        yield Opened(collection, list(marked(Pile(paths).payloads())))


@given(query=st.recursive(terms(), combined, max_leaves=5), first=st.integers(0, 50), step=st.integers(1, 5))
def test_any_query_gives_the_answer_of_the_payloads(query: Query, first: int, step: int, odd: Opened) -> None:
    rows, matches = np.arange(first, len(odd.collection), step), matcher(query)
    expected = [row for row in rows.tolist() if matches(odd.payloads[row])]
    assert select(query, odd.collection, rows).tolist() == expected
