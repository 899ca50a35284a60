"""Columns and payloads give the same answers to every query."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.matching import matcher
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.query import parse
from vibes_desktop.callbacks.repeats import marked
from vibes_desktop.callbacks.selecting import needs_rules, select

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
    "SMPL0107", "{",
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
