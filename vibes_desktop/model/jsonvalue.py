"""JSON kept as it came: key order, duplicate keys and the spelling of numbers survive.

Python's own floats and dicts would lose `1.10`, `1e400` and a repeated key; a record
that is only looked at must come back out exactly as it went in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

MAX_DEPTH = 300  # levels; walking a value takes two frames of Python's thousand for each


class JsonSyntaxError(ValueError):
    """A text that is not JSON; `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A number in the spelling it was written in, `NaN` and `Infinity` included."""

    text: str = field(repr=False)

    @property
    def is_sendable(self) -> bool:
        """Tell whether strict JSON has this number."""
        return self.text not in {"NaN", "Infinity", "-Infinity"}


@dataclass(frozen=True, slots=True, eq=False)
class JsonObject:
    """An object as its members, in order, repeated keys included."""

    members: tuple[tuple[str, Json], ...] = field(default=(), repr=False)  # a repr may end in a log

    def get(self, key: str, default: Json = None) -> Json:
        """Return the value of a key; of a repeated key, the last, as most readers do."""
        for name, value in reversed(self.members):
            if name == key:
                return value
        return default

    def __eq__(self, other: object) -> bool:
        return _equal(self, other)

    def __hash__(self) -> int:
        return hash(tuple(name for name, _ in self.members))

    def __contains__(self, key: object) -> bool:
        return any(name == key for name, _ in self.members)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self.members))

    def __len__(self) -> int:
        return len(self.members)

    def having(self, key: str, value: Json) -> JsonObject:
        """Return this object with one member set: in its place, or at the end."""
        place = next((i for i, (name, _) in enumerate(self.members) if name == key), len(self.members))
        rest = [(i, member) for i, member in enumerate(self.members) if member[0] != key]
        before = tuple(member for i, member in rest if i < place)
        return JsonObject((*before, (key, value), *(member for i, member in rest if i > place)))

    @property
    def duplicate_keys(self) -> tuple[str, ...]:
        """Name the keys that occur more than once."""
        seen: set[str] = set()
        twice: dict[str, None] = {}
        for name, _ in self.members:
            if name in seen:
                twice[name] = None
            seen.add(name)
        return tuple(twice)


@dataclass(frozen=True, slots=True, eq=False)
class JsonArray:
    """An array of values."""

    items: tuple[Json, ...] = field(default=(), repr=False)

    def __eq__(self, other: object) -> bool:
        return _equal(self, other)

    def __hash__(self) -> int:
        return hash((JsonArray, len(self.items)))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Json]:
        return iter(self.items)


Json: TypeAlias = bool | str | JsonNumber | JsonArray | JsonObject | None


def obj(members: Iterable[tuple[str, Json]] = (), /, **named: Json) -> JsonObject:
    """Make an object from pairs and names."""
    return JsonObject((*members, *named.items()))


def parse(text: str) -> Json:
    """Read one JSON text, leniently as to `NaN`, lone surrogates and repeated keys.

    Raises JsonSyntaxError, also for text nested deeper than MAX_DEPTH.
    """
    try:
        return _frozen(_DECODER.decode(text.removeprefix("\ufeff")), 0)
    except json.JSONDecodeError as error:
        raise JsonSyntaxError(error.msg, error.lineno, error.colno) from None
    except RecursionError:
        raise JsonSyntaxError(f"Nested deeper than {MAX_DEPTH} levels", 1, 1) from None


def dump(value: Json, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """Write a value as JSON text; a lone surrogate is written as its escape."""
    pieces: list[str] = []
    _write(value, pieces, indent, 0, ascii_only)
    return "".join(pieces)


def same(a: Json, b: Json) -> bool:
    """Compare by meaning: numbers by value, objects regardless of key order."""
    waiting = [(a, b)]
    while waiting:
        x, y = waiting.pop()
        if isinstance(x, JsonArray) and isinstance(y, JsonArray):
            pairs = _item_pairs(x, y)
        elif isinstance(x, JsonObject) and isinstance(y, JsonObject):
            pairs = _member_pairs(x, y)
        else:
            pairs = [] if _same_leaf(x, y) else None
        if pairs is None:
            return False
        waiting += pairs
    return True


def first_unsendable(value: Json) -> str | None:
    """Find the first place that strict JSON or UTF-8 cannot carry: its path, or None.

    That is: NaN and infinities, lone surrogates, repeated keys.
    """
    waiting: list[tuple[Json, str]] = [(value, "")]
    while waiting:
        item, path = waiting.pop()
        match item:
            case JsonNumber() if not item.is_sendable:
                return path or "/"
            case str() if not is_unicode(item):
                return path or "/"
            case JsonArray():
                waiting += reversed([(each, f"{path}/{i}") for i, each in enumerate(item.items)])
            case JsonObject():
                bad = (*item.duplicate_keys, *(name for name in item if not is_unicode(name)))
                if bad:
                    return f"{path}/{bad[0]}"
                waiting += reversed([(each, f"{path}/{name}") for name, each in item.members])
    return None


def is_unicode(text: str) -> bool:
    """Tell whether a string has no lone surrogate."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


_DECODER = json.JSONDecoder(
    object_pairs_hook=lambda pairs: _Pairs(pairs),
    parse_float=JsonNumber,
    parse_int=JsonNumber,
    parse_constant=JsonNumber,
    strict=False,
)


class _Pairs(list[tuple[str, object]]):
    """The members of an object on their way out of the scanner; told from an array by type."""


def _frozen(value: object, depth: int) -> Json:
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, _Pairs):
        return JsonObject(tuple((name, _frozen(item, depth + 1)) for name, item in value))
    if isinstance(value, list):
        return JsonArray(tuple(_frozen(item, depth + 1) for item in value))
    assert value is None or isinstance(value, bool | str | JsonNumber)  # noqa: S101 - what the scanner makes
    return value


def _write(value: Json, out: list[str], indent: int | None, level: int, ascii_only: bool) -> None:
    match value:
        case None:
            out.append("null")
        case bool():
            out.append("true" if value else "false")
        case str():
            out.append(_quoted(value, ascii_only))
        case JsonNumber():
            out.append(value.text)
        case JsonArray():
            _write_block("[]", [("", item) for item in value.items], out, indent, level, ascii_only)
        case JsonObject():
            gap = ":" if indent is None else ": "
            members = [(_quoted(name, ascii_only) + gap, item) for name, item in value.members]
            _write_block("{}", members, out, indent, level, ascii_only)


def _write_block(
    brackets: str,
    members: list[tuple[str, Json]],
    out: list[str],
    indent: int | None,
    level: int,
    ascii_only: bool,
) -> None:
    out.append(brackets[0])
    for i, (head, item) in enumerate(members):
        if i:
            out.append(",")
        if indent is not None:
            out.append("\n" + " " * (indent * (level + 1)))
        out.append(head)
        _write(item, out, indent, level + 1, ascii_only)
    if members and indent is not None:
        out.append("\n" + " " * (indent * level))
    out.append(brackets[1])


def _quoted(text: str, ascii_only: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii_only or not is_unicode(text))


def _number(number: JsonNumber) -> object:
    from decimal import Decimal, InvalidOperation  # 4 ms of start-up for a rare comparison

    try:
        return Decimal(number.text)
    except InvalidOperation:
        return number.text


def _same_leaf(a: Json, b: Json) -> bool:
    if isinstance(a, JsonNumber) and isinstance(b, JsonNumber):
        return a.text == b.text or _number(a) == _number(b)
    return type(a) is type(b) and a == b


Pairs = list[tuple["Json", "Json"]]


def _item_pairs(a: JsonArray, b: JsonArray) -> Pairs | None:
    """Pair what has to be the same; None where the lengths already differ."""
    return list(zip(a.items, b.items, strict=True)) if len(a) == len(b) else None


def _member_pairs(a: JsonObject, b: JsonObject) -> Pairs | None:
    """Pair by key; with repeated keys, by place."""
    if len(a) != len(b):
        return None
    if a.duplicate_keys or b.duplicate_keys:
        if any(x[0] != y[0] for x, y in zip(a.members, b.members, strict=True)):
            return None
        return [(x[1], y[1]) for x, y in zip(a.members, b.members, strict=True)]
    others = dict(b.members)
    if any(name not in others for name, _ in a.members):
        return None
    return [(value, others[name]) for name, value in a.members]


def _equal(a: object, b: object) -> bool:
    """Compare exactly, without recursion: a value may be nested as deep as MAX_DEPTH."""
    waiting = [(a, b)]
    while waiting:
        x, y = waiting.pop()
        if x is y:
            continue
        if type(x) is not type(y):
            return False
        if isinstance(x, JsonArray) and isinstance(y, JsonArray):
            if len(x) != len(y):
                return False
            waiting += zip(x.items, y.items, strict=True)
        elif isinstance(x, JsonObject) and isinstance(y, JsonObject):
            if [name for name, _ in x.members] != [name for name, _ in y.members]:
                return False
            waiting += zip((item for _, item in x.members), (item for _, item in y.members), strict=True)
        elif x != y:
            return False
    return True
