"""Redeliveries and conflicts of a whole collection: found by columns, confirmed by reading the bodies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.columns import KINDS, Columns, Mark
from vibes_desktop.callbacks.matching import has_finding
from vibes_desktop.callbacks.payload import Finding, Kind, Payload
from vibes_desktop.callbacks.repeats import marked

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows whose event came before with the same body, and with another; and the finding of each."""

    redelivered: Rows = field(repr=False)
    conflicting: Rows = field(repr=False)
    findings: Mapping[int, Finding] = field(repr=False)


def candidates(columns: Columns) -> Rows:
    """Give the rows whose event ID and type occur more than once, in order."""
    countable = (columns["event"] != 0) & (columns["kind"] == KINDS.index(Kind.CALLBACK))
    countable &= (columns["mark"].astype(np.uint8) & np.uint8(Mark.CUT_OFF)) == 0
    rows = np.flatnonzero(countable)
    # 64 bits of the ID with the type mixed in; whoever meets by chance is told apart by reading
    keys = columns["event"][rows] ^ (columns["type"][rows].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    repeated = np.zeros(len(rows), bool)
    repeated[order[1:][same]] = True
    repeated[order[:-1][same]] = True
    found: Rows = rows[repeated].astype(np.int64)
    return found


def repeats_of(columns: Columns, read: Callable[[int], Payload]) -> Repeats:
    """Read every candidate and compare the bodies. Raises OSError."""
    rows = candidates(columns).tolist()
    found = {
        row: payload.findings[-1]
        for row, payload in zip(rows, marked(read(row) for row in rows), strict=True)
        if has_finding(payload, "redelivery") or has_finding(payload, "conflict")
    }
    return Repeats(_rows(found, "redelivery"), _rows(found, "conflict"), found)


def _rows(findings: Mapping[int, Finding], code: str) -> Rows:
    return np.array([row for row, finding in findings.items() if finding.code == code], dtype=np.int64)
