"""Runs the benchmarks and prints their table: scripts/bench."""

from __future__ import annotations

import sys

from tests.bench import first_paint
from tests.bench.table import Row, machine, markdown


def main() -> int:
    """Measure everything, one thing after the other; returns the exit status."""
    rows: list[Row] = []
    for measure in (first_paint.measure,):
        rows += measure()
    sys.stdout.write(f"{markdown(rows)}\n\n{machine()}\n")
    return 0


sys.exit(main())
