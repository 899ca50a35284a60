"""What was measured, and the table that shows it."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import qVersion

HEADINGS = ("what", "median", "against", "median", "compared", "aim", "runs")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    against: str = "–"
    against_measured: str = "–"
    compared: str = "–"
    aim: str = "–"
    runs: str = "1"

    @property
    def cells(self) -> tuple[str, ...]:
        """Its texts, in the order of the headings."""
        return (
            self.what,
            self.measured,
            self.against,
            self.against_measured,
            self.compared,
            self.aim,
            self.runs,
        )


def milliseconds(seconds: float) -> str:
    """Write a duration."""
    return f"{seconds * 1000:,.1f} ms"


def median_and_spread(seconds: Sequence[float]) -> str:
    """Write the median, with the quartiles around it."""
    low, middle, high = statistics.quantiles(seconds, n=4)
    return f"{milliseconds(middle)} ({low * 1000:,.0f}–{high * 1000:,.0f})"


def markdown(rows: Sequence[Row]) -> str:
    """Lay the rows out as a table that can be read as it is."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)


def machine() -> str:
    """Say what it was measured on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, Qt {qVersion()}, {os.environ.get('QT_QPA_PLATFORM', 'xcb')}"
    )
