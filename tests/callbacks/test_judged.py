"""Findings of rows, held as bits, as the pass goes on."""

import numpy as np

from vibes_desktop.callbacks.findings import CODES
from vibes_desktop.callbacks.judged import BITS, DONE, Judged, bits_of_findings
from vibes_desktop.callbacks.payload import Finding, Severity


def test_every_code_has_a_bit_of_its_own() -> None:
    assert len(set(BITS.values())) == len(CODES)
    assert max(BITS.values()) < DONE
    found = [Finding(severity, code, "", "") for code, severity in CODES.items()]
    assert bits_of_findings(found) == sum(BITS.values())


def test_it_grows_in_any_order() -> None:
    judged = Judged()
    assert (judged.is_done(5), judged.codes(5), judged.worst(5), judged.done_rows) == (False, (), None, 0)
    judged.put(4, np.array([BITS["redelivery"] | BITS["unwrapped"], 0], np.uint32))
    judged.put(0, np.array([0, BITS["unwrapped"]], np.uint32))
    judged.put(0, np.array([0, BITS["unwrapped"]], np.uint32))
    judged.add("conflict", np.array([5, 400_000]))
    rows = np.arange(400_001)
    assert judged.done_rows == 4
    assert [judged.is_done(row) for row in range(7)] == [True, True, False, False, True, True, False]
    assert judged.codes(4) == ("redelivery", "unwrapped")
    assert [judged.worst(row) for row in (0, 1, 4, 5)] == [
        None,
        Severity.INFO,
        Severity.WARNING,
        Severity.ERROR,
    ]
    assert np.flatnonzero(judged.severe(rows)).tolist() == [4, 5]
    assert judged.counts(rows) == (("unwrapped", 2), ("conflict", 1), ("redelivery", 1))
    assert judged.counts(np.array([4, 1])) == (("unwrapped", 2), ("redelivery", 1))
    assert judged.counts(rows[:0]) == ()
