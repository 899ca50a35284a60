"""Reading the text of one payload: strictly first, mended only where that fails."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from vibes_desktop.callbacks.mending import CannotMend, Mender
from vibes_desktop.callbacks.payload import Finding, Json, JsonObject, Repair, Severity

MAX_DIGITS = 4000  # Python refuses to read longer integers
MAX_REPAIRED_BYTES = 4_000_000
TOO_DEEP = "nested too deep to be read"
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text. `trouble` is the reason why it could not be read at all."""

    value: Json = field(default=None, repr=False)
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    cut_off_at: int | None = None
    trouble: str | None = None


class _Doubled(dict[str, Json]):
    """An object some of whose keys came twice."""

    keys_doubled: tuple[str, ...] = ()


class _Reader:
    """Reads what is JSON by its grammar with the standard library, and notes what is odd in it."""

    def __init__(self) -> None:
        self.repairs: list[Repair] = []
        self.odd_numbers = 0
        self._any_doubled = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._integer,
            parse_float=self._float,
            parse_constant=self._constant,
        )

    def read(self, text: str) -> tuple[Json, list[Finding]]:
        """Read a text; raises ValueError or RecursionError."""
        value: Json = self._decoder.decode(text)
        findings = [*_doubled_keys(value, "")] if self._any_doubled else []
        if self.odd_numbers:
            findings.append(
                Finding(
                    Severity.WARNING,
                    "number_out_of_range",
                    "",
                    "A number is too large for most receivers; it is shown as text",
                )
            )
        return value, findings

    def _object(self, pairs: list[tuple[str, Json]]) -> JsonObject:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        self._any_doubled = True
        doubled = _Doubled(members)
        counted = Counter(name for name, _ in pairs)
        doubled.keys_doubled = tuple(name for name, count in counted.items() if count > 1)
        return doubled

    def _integer(self, text: str) -> int | str:
        if len(text) <= MAX_DIGITS:
            return int(text)
        self.odd_numbers += 1
        return text

    def _float(self, text: str) -> float | str:
        number = float(text)
        if abs(number) != float("inf"):
            return number
        self.odd_numbers += 1
        return text

    def _constant(self, text: str) -> None:
        self.repairs.append(Repair(0, f"{text} is not JSON; read as null"))


def read(raw: bytes) -> Reading:
    """Read the text of one payload; never raises for what the text holds."""
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
        repairs.append(Repair(0, "half of a surrogate pair read as U+FFFD"))
    return Reading(value, (*repairs, *reader.repairs), tuple(findings))


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
    """Read bytes as UTF-8; what is none becomes U+FFFD, and a repair."""
    try:
        return raw.decode(), []
    except UnicodeDecodeError as error:
        place = len(raw[: error.start].decode("utf-8", "replace"))
        return raw.decode("utf-8", "replace"), [Repair(place, "bytes that are not UTF-8 read as U+FFFD")]


def _cut_off(position: int) -> Finding:
    return Finding(
        Severity.ERROR, "cut_off", "", f"The text ends early, after character {position}; nothing was added"
    )


def _doubled_keys(value: Json, path: str) -> Iterator[Finding]:
    if isinstance(value, _Doubled):
        for name in value.keys_doubled:
            yield Finding(
                Severity.WARNING,
                "duplicate_key",
                f"{path}{name}",
                f"The key {name} comes more than once; the last one counts",
            )
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _doubled_keys(inner, f"{path}{name}.")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _doubled_keys(inner, f"{path}{index}.")


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
