"""What can be made to go wrong, for tests and for training.

Over HTTP, with the sandbox's Basic credentials:

    GET    /_sandbox/faults    200, an array of the faults that are on
    POST   /_sandbox/faults    201, the fault as it was switched on; 422 with the envelope when it can't be
    DELETE /_sandbox/faults    204, all are off

A fault is a JSON object; only `kind` is required:

    {"kind": "status", "method": "PUT", "pattern": "/persons/", "times": 1,
     "status": 429, "retry_after": "3"}

    kind         one of FaultKind, below
    method       only requests with this method
    path         only targets that begin so (as sent, still percent-encoded)
    pattern      only targets in which this regular expression is found
    skip         let so many matching requests through first (0)
    times        switch off after so many (never)
    applied      `status`, `never_answers`: do what was asked first (false)
    seconds      `latency`: how long the answer waits (1)
    status       `status`: 500, 502, 503 and others carry HTML, below 500 the envelope (503)
    retry_after  `status`: the header's value, seconds or an HTTP date (none)
    at_byte      `cut`: close after so many bytes of the answer, head included (0);
                 `truncated_json`: keep so many bytes of the body (half)
    size         `oversized`: bytes of the body before compression (11,000,000)
    gzip         `oversized`: compress it (false)
    charset      `wrong_charset`: the real encoding of a body that says UTF-8 ("utf-16")
    field        `changed_value`: the custom field
    change       `changed_value`: trim, lower, upper, drop (what was sent is not stored) or replace (trim)
    value        `changed_value` with replace: what is stored instead, of any form
    location     `redirect`: where to ("/elsewhere")

Latencies that match a request add up; of the other kinds the first that matches acts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from vibes_desktop.sandbox.answers import Json, JsonObject

DEFAULT_OVERSIZE = 11_000_000  # bytes


class FaultKind(StrEnum):
    """What goes wrong."""

    LATENCY = "latency"
    STATUS = "status"
    REDIRECT = "redirect"
    DROP_AT_HEAD = "drop_at_head"  # closed before the body is read
    DROP_BEFORE = "drop_before"  # closed, nothing applied
    DROP_AFTER = "drop_after"  # applied, then closed without an answer
    CUT = "cut"  # applied, then closed within the answer
    NEVER_ANSWERS = "never_answers"
    TRUNCATED_JSON = "truncated_json"  # a complete answer whose JSON stops early
    WRONG_CHARSET = "wrong_charset"
    OVERSIZED = "oversized"
    CHANGED_VALUE = "changed_value"  # a success that stored something else
    EXTERNAL_CREATES = "external_creates"  # C-8
    EXTERNAL_NOT_FOUND = "external_not_found"  # C-8


class Change(StrEnum):
    """What CHANGED_VALUE does to a value."""

    TRIM = "trim"
    LOWER = "lower"
    UPPER = "upper"
    DROP = "drop"
    REPLACE = "replace"


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, and when; raises ValueError for what makes no sense."""

    kind: FaultKind
    method: str | None = None
    path: str | None = None
    pattern: str | None = None
    skip: int = 0
    times: int | None = None
    applied: bool = False
    seconds: float = 1.0
    status: int = 503
    retry_after: str | int | None = None
    at_byte: int | None = None
    size: int = DEFAULT_OVERSIZE
    gzip: bool = False
    charset: str = "utf-16"
    field: str = ""
    change: Change = Change.TRIM
    value: Json = None
    location: str = "/elsewhere"

    def __post_init__(self) -> None:
        if self.pattern is not None:
            try:
                re.compile(self.pattern)
            except re.error as error:
                raise ValueError(f"pattern: {error}") from None
        if not 200 <= self.status <= 599:
            raise ValueError("status must lie between 200 and 599")
        if self.times is not None and self.times < 1:
            raise ValueError("times must be at least 1")
        if min(self.skip, self.at_byte or 0, self.size, self.seconds) < 0:
            raise ValueError("a number is negative")
        if self.kind is FaultKind.CHANGED_VALUE and not self.field:
            raise ValueError("field is required")
        try:
            "".encode(self.charset)
        except LookupError:
            raise ValueError("charset is not known") from None

    def matches(self, method: str, target: str) -> bool:
        """Say whether a request is meant."""
        return (
            (self.method is None or self.method.upper() == method)
            and (self.path is None or target.startswith(self.path))
            and (self.pattern is None or re.search(self.pattern, target) is not None)
        )

    def shown(self) -> JsonObject:
        """Give the fault as JSON, without what is at its default."""
        shown = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {each.name for each in fields(self) if shown[each.name] != each.default}
        return {name: value for name, value in shown.items() if name in kept}


@dataclass(eq=False)
class _Armed:
    fault: Fault
    skip: int
    left: int | None


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one request."""

    delay: float = 0.0  # seconds
    fault: Fault | None = None

    def is_kind(self, *kinds: FaultKind) -> bool:
        """Say whether the fault is of one of these kinds."""
        return self.fault is not None and self.fault.kind in kinds


class Faults:
    """The faults that are switched on, in the order they were added."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []

    def add(self, fault: Fault) -> None:
        """Switch one on."""
        self._armed.append(_Armed(fault, fault.skip, fault.times))

    def clear(self) -> None:
        """Switch all off."""
        self._armed.clear()

    def active(self) -> list[Fault]:
        """Give those that can still act."""
        return [each.fault for each in self._armed]

    def take(self, method: str, target: str) -> Trouble:
        """Decide what goes wrong with a request, and count it."""
        delay = 0.0
        chosen: Fault | None = None
        for armed in [each for each in self._armed if each.fault.matches(method, target)]:
            is_latency = armed.fault.kind is FaultKind.LATENCY
            if (not is_latency and chosen is not None) or not self._fires(armed):
                continue
            if is_latency:
                delay += armed.fault.seconds
            else:
                chosen = armed.fault
        return Trouble(delay, chosen)

    def _fires(self, armed: _Armed) -> bool:
        if armed.skip > 0:
            armed.skip -= 1
            return False
        if armed.left is not None:
            armed.left -= 1
            if armed.left == 0:
                self._armed.remove(armed)
        return True


# `Any`, as a type's values are checked here before they reach the dataclass.
_TYPES: Mapping[str, tuple[type, ...]] = {
    "kind": (str,),
    "method": (str,),
    "path": (str,),
    "pattern": (str,),
    "skip": (int,),
    "times": (int,),
    "applied": (bool,),
    "seconds": (int, float),
    "status": (int,),
    "retry_after": (str, int),
    "at_byte": (int,),
    "size": (int,),
    "gzip": (bool,),
    "charset": (str,),
    "field": (str,),
    "change": (str,),
    "location": (str,),
}


def fault_from_json(value: Json) -> Fault:
    """Read a fault that came over HTTP. Raises ValueError with a sentence."""
    if not isinstance(value, dict) or "kind" not in value:
        raise ValueError("A fault is an object with a kind.")
    given: dict[str, Any] = {}
    for name, each in value.items():
        if name != "value" and type(each) not in _TYPES.get(name, ()):
            raise ValueError(f"{name} is not known or of the wrong type.")
        given[name] = each
    given["kind"] = FaultKind(given["kind"])
    if "change" in given:
        given["change"] = Change(given["change"])
    return Fault(**given)
