"""Findings of clean lines without reading each in full: what looks alike is judged alike.

Two lines have one shape when they differ in nothing but the texts and numbers they hold. Most rules look at
the shape alone and are applied once to each; dates, mobile numbers, addresses and listed words are looked at
in every line. Whatever is out of the ordinary is read in full; both ways give the same findings
(tests/callbacks/test_line_judge.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeAlias

from vibes_desktop.callbacks.assembling import assemble
from vibes_desktop.callbacks.callback_types import CallbackType, Field, Holds
from vibes_desktop.callbacks.dates import iso_seconds
from vibes_desktop.callbacks.drift import DriftCounts
from vibes_desktop.callbacks.fast import fast_row
from vibes_desktop.callbacks.findings import (
    FUTURE_MS,
    MISSING,
    RULES_OF_CONTENT,
    at,
    is_refusal,
    is_valid_number,
    numbers_elsewhere,
    spelled_twice,
    type_of,
)
from vibes_desktop.callbacks.judged import BITS, bits_of_findings
from vibes_desktop.callbacks.outline import LARGE_BYTES
from vibes_desktop.callbacks.payload import Body, Json

USUAL_TIME = re.compile(
    rb"(?:19|20)\d\d-(?:02-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:0[1-9]|[12]\d|30)|(?:0[13578]|1[02])-31)"
    rb"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|\+00:00)"
)
HAS_NUMBER = re.compile(rb"[0-9]").search
NUMBERS = re.compile(rb"-?[0-9]+")
ODD_NUMBER = re.compile(rb"[0-9][eE]|[0-9]{300}").search
HAS_PLACEHOLDER = re.compile(rb"[:{<\\]").search
HARMLESS = {Holds.TIME: b"2017-01-01T00:00:00Z", Holds.PHONE: b"+13125550143", Holds.ADDRESS: b"/x"}
DISGUISED = b"\\_"  # JSON has no such escape
STAND_IN = re.compile(r"@(\d+)")
OPT_IN, OPT_OUT = "subscription.opt_in_date", "subscription.opt_out_date"

Pieces: TypeAlias = list[bytes]  # a line cut at its quotation marks: every other one is a text or a key


@dataclass(slots=True)
class Plan:
    """What is left to look at in a line of a known shape: places are those of its pieces."""

    type_name: str
    bits: int
    first: int  # the row of the first line of this shape
    value: Json = field(repr=False)  # what that line holds
    times: tuple[int, ...] = ()
    later: tuple[int, ...] = ()  # times that may lie in the future
    numbers: tuple[int, ...] = ()
    addresses: tuple[int, ...] = ()
    words: tuple[tuple[int, frozenset[bytes]], ...] = ()
    same: tuple[tuple[int, int], ...] = ()
    opted: tuple[int, int] | None = None
    count: int = 0


@dataclass(slots=True)
class Shape:
    """Lines with the same brackets and the same keys; what they are depends on their type."""

    type_place: int | None  # None where such lines are better read in full
    plans: dict[bytes, Plan | None] = field(default_factory=dict)


class LineJudge:
    """Judges lines; what they hold is counted along. One is made for each part of a collection."""

    def __init__(self, now_ms: int) -> None:
        self._latest = iso_seconds(now_ms + FUTURE_MS).encode()
        self._skeletons: dict[bytes, tuple[Callable[[Pieces], Any], dict[Any, Shape]]] = {}
        self.drift = DriftCounts()

    def bits(self, line: bytes, row: int) -> int:
        """Give the bits of a line's findings; the line is a clean callback, as `fast_row` takes them."""
        pieces = cut(line) if len(line) < LARGE_BYTES else None
        plan = None if pieces is None else self._plan(line, pieces, row)
        if pieces is None or plan is None or not self._is_ordinary(plan, pieces):
            return self.bits_in_full(Body(line), row)
        plan.count += 1
        bits = plan.bits
        for place in plan.numbers:
            if not is_valid_number(pieces[place].decode()):
                bits |= BITS["invalid_mdn"]
        if plan.opted is not None and pieces[plan.opted[1]] < pieces[plan.opted[0]]:
            bits |= BITS["opt_out_before_opt_in"]
        return bits

    def bits_of_body(self, body: Body, row: int) -> int:
        """Give the bits of an unwrapped payload's findings, by its shape where it is a clean callback."""
        if fast_row(body.text) is None:
            return self.bits_in_full(body, row)
        answered = body.wrapping.answered
        bits = self.bits(body.text, row)
        if body.wrapping.notes:
            bits |= BITS["unwrapped"]
        return bits | (BITS["answered_4xx"] if answered is not None and is_refusal(answered) else 0)

    def bits_in_full(self, body: Body, row: int) -> int:
        """Read a payload, and give the bits of its findings."""
        payload = assemble(body, "", row, whole=False)
        self.drift.add(payload.callback_type, payload.value, row)
        return bits_of_findings(payload.findings)

    def finish(self) -> DriftCounts:
        """Give all that was counted."""
        for _, shapes in self._skeletons.values():
            for shape in shapes.values():
                for plan in filter(None, shape.plans.values()):
                    if plan.count:
                        self.drift.add(plan.type_name, plan.value, plan.first, plan.count)
        return self.drift

    def _is_ordinary(self, plan: Plan, pieces: Pieces) -> bool:
        usual = USUAL_TIME.fullmatch
        for place in plan.times:
            if not usual(pieces[place]) or pieces[place] > self._latest:
                return False
        for place in plan.later:
            if not usual(pieces[place]):
                return False
        for place in plan.addresses:
            if HAS_PLACEHOLDER(pieces[place]):
                return False
        for place, words in plan.words:
            if pieces[place].lower() not in words:
                return False
        for place in plan.numbers:
            if b"\\" in pieces[place]:
                return False
        return all(pieces[one] == pieces[other] for one, other in plan.same)

    def _plan(self, line: bytes, pieces: Pieces, row: int) -> Plan | None:
        skeleton = b'"'.join(pieces[::2])
        if HAS_NUMBER(skeleton):
            if ODD_NUMBER(skeleton):
                return None
            skeleton = NUMBERS.sub(b"0", skeleton)
        known = self._skeletons.get(skeleton)
        if known is None:
            known = self._skeletons[skeleton] = (itemgetter(*places_of_keys(pieces)), {})
        getter, shapes = known
        keys = getter(pieces)
        shape = shapes.get(keys)
        if shape is None:
            is_plain = not any(DISGUISED in key for key in keys)
            shape = shapes[keys] = Shape(_place_of_type(pieces) if is_plain else None)
        if shape.type_place is None:
            return None
        name = pieces[shape.type_place]
        if name not in shape.plans:
            shape.plans[name] = _Planner(line, pieces, name.decode()).plan(row)
        return shape.plans[name]


def cut(line: bytes) -> Pieces | None:
    """Cut a line at its quotation marks, those within texts disguised; None where one can't be sure."""
    if b"\\" not in line:
        return line.split(b'"')
    return None if b"\\\\" in line else line.replace(b'\\"', DISGUISED).split(b'"')


def places_of_keys(pieces: Pieces) -> list[int]:
    """Find the texts that a colon follows; two at least, so that a getter gives a tuple."""
    places = [place for place in range(1, len(pieces), 2) if pieces[place + 1].lstrip().startswith(b":")]
    return places if len(places) > 1 else [1, 1]


def _with_stand_ins(pieces: Pieces) -> Json:
    """Read a line in which the number of its piece stands in place of each text."""
    keys = set(places_of_keys(pieces))
    line = b'"'.join(
        piece if place % 2 == 0 or place in keys else b"@%d" % place for place, piece in enumerate(pieces)
    )
    value: Json = json.loads(line)
    return value


def _place_of_type(pieces: Pieces) -> int:
    found = at(_with_stand_ins(pieces), "callback_type")
    place = _place(found)
    return place if place is not None else 1


def _place(found: object) -> int | None:
    match = STAND_IN.fullmatch(found) if isinstance(found, str) else None
    return int(match[1]) if match else None


class CannotPlan(Exception):
    """Lines of this shape are better read in full."""


class _Planner:
    """Makes the plan for lines that look like this one."""

    def __init__(self, line: bytes, pieces: Pieces, name: str) -> None:
        self._line = line
        self._pieces = list(pieces)
        self._name = name
        self._type: CallbackType | None = type_of(name)
        self._value = _with_stand_ins(pieces)
        self._found: dict[Holds, list[int]] = {each: [] for each in Holds}
        self._later: list[int] = []
        self._words: list[tuple[int, frozenset[bytes]]] = []

    def plan(self, row: int) -> Plan | None:
        """Make it; None where lines of this shape must be read in full."""
        if RULES_OF_CONTENT or self._type is None or at(self._value, "callback_type") is MISSING:
            return None
        try:
            for each in self._type.fields:
                self._look(each)
            self._look_elsewhere()
            same, opted = tuple(self._same()), self._opted()
        except CannotPlan:
            return None
        self._make_harmless(same)
        payload = assemble(Body(b'"'.join(self._pieces)), "", row)
        return Plan(
            self._name,
            bits_of_findings(payload.findings),
            row,
            json.loads(self._line),
            tuple(place for place in self._found[Holds.TIME] if place not in self._later),
            tuple(self._later),
            tuple(self._found[Holds.PHONE]),
            tuple(self._found[Holds.ADDRESS]),
            tuple(self._words),
            same,
            opted,
        )

    def _look(self, each: Field) -> None:
        found = at(self._value, each.path)
        place = _place(found)
        if place is None:
            is_judged = each.holds is Holds.PHONE or each.values
            if is_judged and isinstance(found, (int, float, str)):
                raise CannotPlan
        elif each.values:
            self._words.append((place, frozenset(value.lower().encode() for value in each.values)))
        elif each.holds in HARMLESS:
            self._found[each.holds].append(place)
            if each.path.endswith("expire_date"):
                self._later.append(place)

    def _look_elsewhere(self) -> None:
        holders = self._value if isinstance(self._value, dict) else {}
        for _, found in numbers_elsewhere(holders, self._type):
            place = _place(found)
            if place is None:
                raise CannotPlan
            self._found[Holds.PHONE].append(place)

    def _same(self) -> Iterator[tuple[int, int]]:
        """Name the texts that must be equal."""
        holders = self._value if isinstance(self._value, dict) else {}
        pairs = [(one, other) for _, _, one, other in spelled_twice(holders)]
        if "event_type" in holders:
            pairs.append((holders["callback_type"], holders["event_type"]))
        for pair in pairs:
            one, other = map(_place, pair)
            if one is None or other is None:
                raise CannotPlan
            yield one, other

    def _opted(self) -> tuple[int, int] | None:
        places = _place(at(self._value, OPT_IN)), _place(at(self._value, OPT_OUT))
        if places[0] is None or places[1] is None:
            return None
        if not set(places) <= set(self._found[Holds.TIME]):
            raise CannotPlan
        return places[0], places[1]

    def _make_harmless(self, same: tuple[tuple[int, int], ...]) -> None:
        """Put texts that no rule minds in the places that are looked at in every line."""
        for holds, places in self._found.items():
            for place in places:
                self._pieces[place] = HARMLESS[holds]
        for place, words in self._words:
            self._pieces[place] = min(words)
        for one, other in same:
            self._pieces[other] = self._pieces[one]
        self._pieces = [piece.replace(DISGUISED, b"_") for piece in self._pieces]
