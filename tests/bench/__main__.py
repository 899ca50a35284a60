"""Runs the benchmarks, or those that are named, and prints their table: scripts/bench [NAME...]."""

from __future__ import annotations

import argparse
import sys

from tests.bench import big_record, first_paint, look_up, pauses
from tests.bench.table import Row, machine, markdown

BENCHMARKS = {
    "first_paint": first_paint.measure,
    "look_up": look_up.measure,
    "pauses": pauses.measure,
    "big_record": big_record.measure,
}


def main() -> int:
    """Measure one thing after the other; returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure ratios within one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        parser.error(f"there is no {', '.join(unknown)}; choose from {', '.join(BENCHMARKS)}")
    rows: list[Row] = []
    for name in names:
        sys.stderr.write(f"{name} …\n")
        rows += BENCHMARKS[name]()
    sys.stdout.write(f"{markdown(rows)}\n\n{machine()}\n")
    return 0


sys.exit(main())
