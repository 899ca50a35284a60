"""Reading the text of one payload: strictly first, mended only where that fails."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from vibes_desktop.callbacks.mending import CannotMend, Mender
from vibes_desktop.callbacks.payload import Finding, Json, JsonObject, Repair, Severity

MAX_DIGITS = 4000  # Python refuses to read longer integers
MAX_REPAIRED_BYTES = 4_000_000
MAX_LEVELS = 300  # as for records; walking a value takes two frames of Python's thousand for each
BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
TOO_DEEP = "nested too deep to be read"
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
REPLACEMENT = "\ufffd"
MAX_TOLD = 100  # repairs of one kind
CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<word>NaN|-?Infinity)', re.DOTALL)
SURROGATE = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text. `trouble` is the reason why it could not be read at all."""

    value: Json = field(default=None, repr=False)
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    cut_off_at: int | None = None
    trouble: str | None = None


class _OddNumber(str):
    """A number that is too large for most receivers, as it is written."""

    __slots__ = ()


class _Doubled(dict[str, Json]):
    """An object some of whose keys came twice."""

    keys_doubled: tuple[str, ...] = ()


class _Reader:
    """Reads what is JSON by its grammar with the standard library, and notes what is odd in it."""

    def __init__(self) -> None:
        self.constants: list[str] = []
        self._any_odd = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._integer,
            parse_float=self._float,
            parse_constant=self._constant,
        )

    def read(self, text: str) -> tuple[Json, list[Finding]]:
        """Read a text; raises ValueError or RecursionError."""
        value: Json = self._decoder.decode(text)
        if not self._any_odd:
            return value, []
        findings = [*_oddities(value, "")]
        return _plain(value), findings

    def _object(self, pairs: list[tuple[str, Json]]) -> JsonObject:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        self._any_odd = True
        doubled = _Doubled(members)
        counted = Counter(name for name, _ in pairs)
        doubled.keys_doubled = tuple(name for name, count in counted.items() if count > 1)
        return doubled

    def _integer(self, text: str) -> int | str:
        if len(text) <= MAX_DIGITS:
            return int(text)
        self._any_odd = True
        return _OddNumber(text)

    def _float(self, text: str) -> float | str:
        number = float(text)
        if abs(number) != float("inf"):
            return number
        self._any_odd = True
        return _OddNumber(text)

    def _constant(self, text: str) -> None:
        self.constants.append(text)


def read(raw: bytes) -> Reading:
    """Read the text of one payload; never raises for what the text holds."""
    if raw.count(b"{") + raw.count(b"[") > MAX_LEVELS and _levels(raw) > MAX_LEVELS:
        return Reading(trouble=TOO_DEEP)
    try:
        msgspec.json.decode(raw)
    except RecursionError:
        return Reading(trouble=TOO_DEEP)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        return _read_odd(raw)
    try:
        value, findings = _Reader().read(raw.decode())
    except (RecursionError, ValueError):
        return Reading(trouble=TOO_DEEP)
    return Reading(value, findings=tuple(findings))


def _levels(raw: bytes) -> int:
    """Count how deep brackets are nested, outside of texts."""
    depth = deepest = 0
    for match in BRACKET.finditer(raw):
        if match[0] in b"{[":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] in b"}]":
            depth -= 1
    return deepest


def _read_odd(raw: bytes) -> Reading:
    """Read what the strict reader refused: valid by the grammar alone, or damaged."""
    text, repairs = decoded(raw)
    reader = _Reader()
    try:
        value, findings = reader.read(text)
    except RecursionError:
        return Reading(trouble=TOO_DEEP)
    except ValueError:
        return _mended(text, repairs)
    value, surrogates = _without_surrogates(value)
    if surrogates:
        repairs += _halves(text)
    if reader.constants:
        repairs += _constants(text)
    return Reading(value, tuple(repairs), tuple(findings))


def _constants(text: str) -> list[Repair]:
    """Tell where words stand that are no JSON, outside of texts."""
    places = [match for match in CONSTANT.finditer(text) if match["word"]][:MAX_TOLD]
    return [Repair(match.start(), f"{match['word']} is not JSON; read as null") for match in places]


def _halves(text: str) -> list[Repair]:
    """Tell where halves of surrogate pairs stand; whole pairs are passed over."""
    places = [match.start() for match in SURROGATE.finditer(text) if match["half"]][:MAX_TOLD]
    return [Repair(place, "half of a surrogate pair read as U+FFFD") for place in places]


def _mended(text: str, repairs: list[Repair]) -> Reading:
    if len(text) > MAX_REPAIRED_BYTES:
        return Reading(trouble="not JSON, and too large to be repaired")
    mender = Mender(text)
    try:
        value = mender.read()
    except CannotMend as refusal:
        return _guessed(text, refusal)
    except RecursionError:
        return Reading(trouble=TOO_DEEP)
    findings: tuple[Finding, ...] = ()
    if mender.cut_off_at is not None:
        findings = (_cut_off(mender.cut_off_at),)
    return Reading(value, (*repairs, *mender.repairs), findings, mender.cut_off_at)


def _guessed(text: str, refusal: CannotMend) -> Reading:
    """Leave the last attempt to a library that guesses more freely; only an object counts."""
    import json_repair  # 20 ms that well-kept files never need

    trouble = f"not JSON: {refusal.reason} (character {refusal.position + 1})"
    if "{" not in text:
        return Reading(trouble=trouble)
    try:
        answer: Any = json_repair.loads(text, logging=True)
        guessed, log = answer
    except (ValueError, RecursionError, IndexError):
        return Reading(trouble=trouble)
    if not isinstance(guessed, dict) or not any(isinstance(key, str) and key for key in guessed):
        return Reading(trouble=trouble)
    repairs = [Repair(refusal.position, f"guessed after: {refusal.reason}")]
    repairs += [
        Repair(max(text.find(entry["context"]), 0), entry["text"]) for entry in log if isinstance(entry, dict)
    ]
    return Reading(guessed, tuple(repairs))


def decoded(raw: bytes) -> tuple[str, list[Repair]]:
    """Read bytes as UTF-8; what is none becomes U+FFFD, and each place of it a repair."""
    try:
        return raw.decode(), []
    except UnicodeDecodeError:
        pass
    repairs: list[Repair] = []
    parts: list[str] = []
    count = 0
    while len(repairs) < MAX_TOLD:
        try:
            raw.decode()
            break
        except UnicodeDecodeError as error:
            parts.append(raw[: error.start].decode() + REPLACEMENT)
            count += len(parts[-1])
            repairs.append(Repair(count - 1, "bytes that are not UTF-8 read as U+FFFD"))
            raw = raw[error.end :]
    return "".join(parts) + raw.decode("utf-8", "replace"), repairs


def _cut_off(position: int) -> Finding:
    return Finding(
        Severity.ERROR, "cut_off", "", f"The text ends early, after character {position}; nothing was added"
    )


def _oddities(value: Json, path: str) -> Iterator[Finding]:
    """Find keys that came twice and numbers too large, wherever they are."""
    if isinstance(value, _OddNumber):
        message = "A number is too large for most receivers; it is shown as text"
        yield Finding(Severity.WARNING, "number_out_of_range", path, message)
    if isinstance(value, _Doubled):
        for name in value.keys_doubled:
            message = f"The key {name} comes more than once; the last one counts"
            yield Finding(Severity.WARNING, "duplicate_key", _below(path, name), message)
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _oddities(inner, _below(path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _oddities(inner, _below(path, str(index)))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _plain(value: Json) -> Json:
    """Give ordinary objects and texts in place of those that told something."""
    if isinstance(value, _OddNumber):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _without_surrogates(value: Json) -> tuple[Json, bool]:
    """Replace lone surrogates in all texts; tells whether there were any."""
    if isinstance(value, str):
        clean = value.translate(SURROGATES)
        return clean, clean != value
    if isinstance(value, dict):
        keys = {name: name.translate(SURROGATES) for name in value}
        inner = {name: _without_surrogates(item) for name, item in value.items()}
        changed = any(name != clean for name, clean in keys.items()) or any(odd for _, odd in inner.values())
        return {keys[name]: item for name, (item, _) in inner.items()}, changed
    if isinstance(value, list):
        items = [_without_surrogates(inner) for inner in value]
        return [item for item, _ in items], any(odd for _, odd in items)
    return value, False
