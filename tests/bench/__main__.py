"""Runs the benchmarks, or those that are named, and prints their table: scripts/bench [NAME...]."""

from __future__ import annotations

import argparse
import subprocess
import sys

from tests.bench import big_record, first_paint, listening, look_up, packaged, pauses, viewer
from tests.bench.table import Row, machine, markdown

BENCHMARKS = {
    "first_paint": first_paint.measure,
    "packaged": packaged.measure,
    "look_up": look_up.measure,
    "pauses": pauses.measure,
    "big_record": big_record.measure,
    "viewer": viewer.measure,
    "listening": listening.measure,
}


def main() -> int:
    """Measure one thing after the other; returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure ratios within one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        parser.error(f"there is no {', '.join(unknown)}; choose from {', '.join(BENCHMARKS)}")
    rows: list[Row] = []
    failed: list[str] = []
    for name in names:
        sys.stderr.write(f"{name} …\n")
        try:
            rows += BENCHMARKS[name]()
        except (RuntimeError, subprocess.CalledProcessError) as error:  # the others are still worth having
            failed.append(f"{name} could not be measured: {error}")
    sys.stdout.write("\n".join([markdown(rows), "", machine(), *failed, ""]))
    return 1 if failed else 0


sys.exit(main())
