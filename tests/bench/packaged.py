"""The packaged program's first paint against that from source, in turns, seen from outside."""

from __future__ import annotations

import contextlib
import statistics
from pathlib import Path

from tests.bench.first_paint import PROGRAM, RUNS, WARM_UPS, seconds_to_paint
from tests.bench.screen import Screen
from tests.bench.table import Row, median_and_spread

ROOT = Path(__file__).parent.parent.parent
PACKAGED = (str(ROOT / "dist" / "vibes-desktop" / "vibes-desktop"), "--sandbox")


def measure() -> list[Row]:
    """Start both in turns; raises RuntimeError where nothing was built."""
    if not Path(PACKAGED[0]).is_file():
        raise RuntimeError("there is no packaged program; scripts/build makes one")
    packaged: list[float] = []
    source: list[float] = []
    with contextlib.closing(Screen()) as screen:
        for _ in range(WARM_UPS + RUNS):
            source.append(seconds_to_paint(screen, PROGRAM))
            packaged.append(seconds_to_paint(screen, PACKAGED))
    kept, compared = packaged[WARM_UPS:], source[WARM_UPS:]
    ratio = statistics.median(kept) / statistics.median(compared)
    return [
        Row(
            "process start to first paint, packaged",
            median_and_spread(kept),
            "the same from source",
            median_and_spread(compared),
            f"{ratio:.2f} ×",
            "≤ 1.3 ×",
            f"{len(kept)} + {len(compared)}",
        )
    ]
