"""`python -m tests.journey --output DIR`: makes the journey and says what it did."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.journey.journey import JourneyReport, run


def main() -> int:
    """Make the journey; returns the exit status."""
    parser = argparse.ArgumentParser(prog="tests.journey", description="Run the main job in a real window.")
    parser.add_argument("--output", type=Path, required=True, help="folder for the pictures and index.html")
    output: Path = parser.parse_args().output
    try:
        report = run(output)
    except AssertionError as error:
        sys.stderr.write(f"The journey broke off: {error}\n")
        return 1
    sys.stdout.write(_words(report))
    return 0


def _words(report: JourneyReport) -> str:
    chapters = "\n".join(f"  {chapter}" for chapter in report.chapters)
    return (
        f"By keyboard alone, with {report.keys_sent:,} keys:\n{chapters}\n"
        f"{len(report.shots)} pictures. The window's longest pause was {report.longest_pause_ms:.0f} ms, "
        f"and {report.theme_pause_ms:.0f} ms while it put on another theme.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
