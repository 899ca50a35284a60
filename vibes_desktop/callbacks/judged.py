"""What the second pass has found so far: a set of findings for each row, as the bits of one number."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.drift import DriftCounts
from vibes_desktop.callbacks.findings import CODES
from vibes_desktop.callbacks.payload import Finding, Severity

Rows = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint32]
BITS = {code: 1 << place for place, code in enumerate(CODES)}
DONE = 1 << 31  # this row has been judged
SPARE_ROWS = 1 << 16


def bits_of_severity(*severities: Severity) -> int:
    """Give the bits of all findings of these severities."""
    return sum(BITS[code] for code, severity in CODES.items() if severity in severities)


SEVERE = np.uint32(bits_of_severity(Severity.ERROR, Severity.WARNING))


def bits_of(fits: Callable[[str], bool]) -> np.uint32:
    """Give the bits of all findings whose code is wanted."""
    return np.uint32(sum(bit for code, bit in BITS.items() if fits(code)))


def bits_of_findings(findings: Iterable[Finding]) -> int:
    """Give the bits of a payload's findings."""
    bits = 0
    for finding in findings:
        bits |= BITS[finding.code]
    return bits


class Judged:
    """Grows as the pass goes on, on the owner's thread; rows that it has not come to hold nothing."""

    def __init__(self) -> None:
        self._bits: Bits = np.zeros(0, np.uint32)
        self.done_rows = 0
        self.drift = DriftCounts()

    def put(self, begin: int, bits: Bits) -> None:
        """Take what was found in the rows from `begin` on."""
        end = begin + len(bits)
        if end > len(self._bits):
            grown = np.zeros(max(end + SPARE_ROWS, len(self._bits) * 2), np.uint32)
            grown[: len(self._bits)] = self._bits
            self._bits = grown
        place = self._bits[begin:end]
        self.done_rows += len(bits) - int(np.count_nonzero(place & np.uint32(DONE)))
        place[:] |= bits | np.uint32(DONE)

    def add(self, code: str, rows: Rows) -> None:
        """Add a finding to rows that were judged."""
        self._bits[rows[rows < len(self._bits)]] |= np.uint32(BITS[code])

    def bits(self, rows: Rows) -> Bits:
        """Give the bits of rows; 0 for those to come."""
        known = self._bits
        if not len(rows):
            return np.zeros(0, np.uint32)
        if int(rows.max()) < len(known):
            return known[rows]
        found = np.zeros(len(rows), np.uint32)
        inside = rows < len(known)
        found[inside] = known[rows[inside]]
        return found

    def severe(self, rows: Rows) -> npt.NDArray[np.bool_]:
        """Tell which rows have a finding that is more than a remark."""
        found: npt.NDArray[np.bool_] = (self.bits(rows) & SEVERE) != 0
        return found

    def is_done(self, row: int) -> bool:
        """Tell whether a row was judged."""
        return bool(self._at(row) & DONE)

    def codes(self, row: int) -> tuple[str, ...]:
        """Name what was found in a row, the worst first."""
        bits = self._at(row)
        return tuple(code for code, bit in BITS.items() if bits & bit)

    def worst(self, row: int) -> Severity | None:
        """Tell how much the worst finding of a row matters."""
        codes = self.codes(row)
        return CODES[codes[0]] if codes else None

    def counts(self, rows: Rows) -> tuple[tuple[str, int], ...]:
        """Count the findings among rows, most frequent first."""
        bits = self.bits(rows)
        found = ((code, int(np.count_nonzero(bits & np.uint32(bit)))) for code, bit in BITS.items())
        return tuple(sorted((pair for pair in found if pair[1]), key=lambda pair: (-pair[1], pair[0])))

    def _at(self, row: int) -> int:
        return int(self._bits[row]) if row < len(self._bits) else 0
