"""Lines judged by their shape get the findings that reading them in full gives."""

import copy
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.drift import DriftCounts
from vibes_desktop.callbacks.fast import fast_row
from vibes_desktop.callbacks.judged import bits_of_findings
from vibes_desktop.callbacks.line_judge import LineJudge
from vibes_desktop.callbacks.payload import Body, Wrapping

ROOT = Path(__file__).parent.parent.parent
SAMPLES = [
    json.loads(file.read_text()) for file in sorted((ROOT / "resources" / "samples" / "types").iterdir())
]
ODD_VALUES: list[Any] = [
    None,
    True,
    7,
    -1.5,
    1e300,
    "",
    "x",
    "@1",
    "2026-02-30T10:00:00Z",
    "2026-01-31T10:00:00Z",
    "3026-01-01T10:00:00Z",
    "2026-01-01T10:00:00+01:00",
    "2026-01-01",
    "+13125550143",
    "3125550143",
    "+1999999999",
    "/a/:id/b",
    "/a/{b}",
    "USER_OPT_OUT",
    "boredom",
    "CUST-0042",
    "caf\u00e9",
    "a\\b",
    'a"b',
    "a\nb",
    'say "hi", he said: "{"',
    'a\\"b',
    "\u00e9+13125550143",
    [],
    {},
    [1, {"a": "b"}],
    {"id": "9"},
    {"mdn": "+1999999999"},
    {"mdn": "3125550143"},
    "2026-01-04T08:00:00+00:00",
]
NAMES = [
    "external_id",
    "external_person_id",
    "id",
    "person_id",
    "carrier_id",
    "carrier_code",
    "colour",
    "event_type",
    "callback_type",
    "opt_out_date",
    "caf\u00e9",
    'a"b',
    "custom_fields",
    "mdn",
    "mobile",
    "mobile_phone",
    "list_id",
    "campaign_id",
    "created_date",
    "OS",
]


def agree(lines: list[bytes]) -> None:
    """See that both ways tell the same of lines that the judge is asked about."""
    judge, counts = LineJudge(time.time_ns() // 1_000_000), DriftCounts()
    for row, line in enumerate(lines):
        payload = assemble(Body(line), "", row)
        counts.add(payload.callback_type, payload.value, row)
        assert judge.bits(line, row) == bits_of_findings(payload.findings), line
    assert judge.finish().report() == counts.report()


def test_generated_events(tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    subprocess.run([sys.executable, ROOT / "scripts" / "bench-events", file, "3000", "5"], check=True)
    agree([line for line in file.read_bytes().splitlines() if fast_row(line) is not None])


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)


def spoiled(chance: random.Random) -> bytes:
    """Change a sample here and there."""
    value = json.loads(json.dumps(chance.choice(SAMPLES)))
    for _ in range(chance.randrange(4)):
        holder = chance.choice(list(objects(value)))
        if chance.random() < 0.3:
            holder[chance.choice(NAMES)] = copy.deepcopy(chance.choice(ODD_VALUES))
        elif holder:
            name = chance.choice(list(holder))
            if chance.random() < 0.2:
                del holder[name]
            else:
                holder[name] = copy.deepcopy(chance.choice(ODD_VALUES))
    separators = chance.choice([(",", ":"), (", ", ": ")])
    line = json.dumps(value, ensure_ascii=chance.random() < 0.5, separators=separators)
    if chance.random() < 0.05:
        line = line.replace("{", '{"event_id":"twice",', 1)
    return line.encode()


@pytest.mark.parametrize("seed", range(4))
def test_many_spoiled_samples(seed: int) -> None:
    chance = random.Random(seed)
    agree([line for line in (spoiled(chance) for _ in range(800)) if fast_row(line) is not None])


@pytest.mark.parametrize("wrapping", [Wrapping(), Wrapping(("x",), None, 404), Wrapping(("x",), 5, 200)])
def test_what_stood_around_a_payload_counts(wrapping: Wrapping) -> None:
    judge, chance = LineJudge(time.time_ns() // 1_000_000), random.Random(9)
    for row in range(100):
        body = Body(spoiled(chance), wrapping)
        assert judge.bits_of_body(body, row) == bits_of_findings(assemble(body, "", row).findings)
