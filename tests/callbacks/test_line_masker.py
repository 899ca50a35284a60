"""Lines masked by their shape are masked as every text is."""

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vibes_desktop.callbacks.line_masker import LineMasker
from vibes_desktop.callbacks.masking import masked_bytes

ROOT = Path(__file__).parent.parent.parent
SAMPLES = [
    json.loads(file.read_text()) for file in sorted((ROOT / "resources" / "samples" / "types").iterdir())
]
NAMES = ["mdn", "name", "custom_fields", "x", "url", "a+13125550143b", "message", "id"]
VALUES: list[Any] = [
    "+13125550143",
    "a@b.example",
    "Robin",
    "7",
    5,
    -1.5,
    None,
    True,
    [1, "x"],
    ["Robin", {"mdn": "12345"}],
    {"name": "Q"},
    "caf\u00e9",
    "a\\b",
    'a"b',
    'say "hi", +13125550143',
    '"',
    'a\\"b',
    "a\nb\u00e9",
    "%2B13125550143",
    {"a": {"b": "c"}},
]


def test_generated_events(tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    subprocess.run([sys.executable, ROOT / "scripts" / "bench-events", file, "500", "5"], check=True)
    masker = LineMasker()
    for line in file.read_bytes().splitlines():
        if line.endswith(b"}"):
            assert masker.masked(line) == masked_bytes(line)


@pytest.mark.parametrize("seed", range(3))
def test_spoiled_samples(seed: int) -> None:
    chance, masker = random.Random(seed), LineMasker()
    for _ in range(400):
        value = copy.deepcopy(chance.choice(SAMPLES))
        holder = value
        for _ in range(chance.randrange(3)):
            inner = [each for each in holder.values() if isinstance(each, dict)]
            holder = chance.choice(inner) if inner else holder
        holder[chance.choice(NAMES)] = copy.deepcopy(chance.choice(VALUES))
        line = json.dumps(value, ensure_ascii=chance.random() < 0.5).encode()
        assert masker.masked(line) == masked_bytes(line)
