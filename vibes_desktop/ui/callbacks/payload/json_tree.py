"""A JSON text as a tree whose nodes are made when somebody looks at them; knows no Qt.

One level is decoded at a time, the rest stays text. Containers of many members are shown in ranges.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import TypeAlias

import msgspec

Key: TypeAlias = str | int | None  # a member's name, an item's index, None for the whole
Step: TypeAlias = int  # which member of its container, from 0
Raw: TypeAlias = msgspec.Raw | bytes

RANGE = 1_000  # more members than this are shown in ranges
DOUBLES_KEPT = 20_000  # members: among more, names that come twice are not told apart, as each costs a call
BROKEN_ESCAPE = re.compile(  # a backslash behind an odd number of others begins nothing
    rb"(?<!\\)((?:\\\\)*)(?:\\(?:u[0-9a-fA-F]{0,3})?|\\u[dD][89abAB][0-9a-fA-F]{2}(?:\\u?[0-9a-fA-F]{0,3})?)\Z"
)
BLANKS = b" \t\r\n"
BLANK_BYTES = 64 << 10  # more than this between two brackets is not taken for nothing


class NotJson(ValueError):
    """The text is no strict JSON, or nested too deep."""


class Shape(Enum):
    """What a node is."""

    OBJECT = "object"
    ARRAY = "array"
    TEXT = "text"
    NUMBER = "number"
    WORD = "word"  # true, false, null
    RANGE = "range"  # some neighbours among the members of a container


_SHAPES = {ord("{"): Shape.OBJECT, ord("["): Shape.ARRAY, ord('"'): Shape.TEXT} | dict.fromkeys(
    b"tfn", Shape.WORD
)
CONTAINERS = (Shape.OBJECT, Shape.ARRAY, Shape.RANGE)


class _Name:
    """A member's name that is equal to no other, so that a dict keeps those that come twice."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _TooMany(Exception):
    """An object has more members than are worth a call each."""


_PLAIN = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])


class Members:
    """The members of a container, one level deep, in their order."""

    def __init__(self, keys: Sequence[Key], raws: Sequence[msgspec.Raw]) -> None:
        self.keys = keys
        self.raws = raws

    def __len__(self) -> int:
        return len(self.raws)

    def __iter__(self) -> Iterator[tuple[Key, msgspec.Raw]]:
        return zip(self.keys, self.raws, strict=True)

    @cached_property
    def doubled(self) -> frozenset[Key]:
        """The names that come more than once."""
        if isinstance(self.keys, range) or len(set(self.keys)) == len(self.keys):
            return frozenset()
        return frozenset(key for key, count in Counter(self.keys).items() if count > 1)


NO_MEMBERS = Members((), ())


class Node:
    """One place in the text. `row` counts among what its parent shows."""

    def __init__(
        self,
        document: Document,
        parent: Node | None,
        row: int,
        key: Key,
        raw: Raw,
        shape: Shape,
    ) -> None:
        self.document = document
        self.parent = parent
        self.row = row
        self.key = key
        self.raw = raw
        self.shape = shape
        self.span = (0, 0)  # of a range: the members it holds, the last excluded
        self.id = document.enrol(self)

    @property
    def is_container(self) -> bool:
        """Tell whether it can be opened."""
        return self.shape in CONTAINERS

    @property
    def text(self) -> bytes:
        """The node's own JSON text, copied; a range has none of its own."""
        return bytes(self.raw)

    @property
    def size(self) -> int:
        """Bytes of the text."""
        return len(memoryview(self.raw))

    @property
    def is_empty(self) -> bool:
        """Tell whether it is a container of nothing, without decoding it."""
        if not self.is_container or self.shape is Shape.RANGE or self.size > BLANK_BYTES:
            return False
        return not self.text[1:-1].strip(BLANKS)

    @cached_property
    def members(self) -> Members:
        """The members of a container, decoded one level deep; those of a range's container for a range."""
        if self.shape is Shape.RANGE and self.parent is not None:
            return self.parent.members
        try:
            return members_of(self.raw)
        except NotJson:
            if self.parent is None:
                raise
            return NO_MEMBERS

    @cached_property
    def children(self) -> list[Node]:
        """The nodes shown below this one."""
        if not self.is_container:
            return []
        start, stop = self.span if self.shape is Shape.RANGE else (0, len(self.members))
        if stop - start <= RANGE:
            keys, raws = self.members.keys[start:stop], self.members.raws[start:stop]
            return [self._child(row, *member) for row, member in enumerate(zip(keys, raws, strict=True))]
        width = range_width(stop - start)
        return [
            self._range(row, first, min(first + width, stop))
            for row, first in enumerate(range(start, stop, width))
        ]

    @property
    def is_doubled(self) -> bool:
        """Tell whether another member of the same name stands beside it."""
        return self.key is not None and self.parent is not None and self.key in self.parent.members.doubled

    @property
    def count(self) -> int:
        """Members of a container, whether in ranges or not."""
        return self.span[1] - self.span[0] if self.shape is Shape.RANGE else len(self.members)

    @property
    def path(self) -> tuple[Key, ...]:
        """The keys that lead here from the whole."""
        keys: list[Key] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            if node.shape is not Shape.RANGE:
                keys.append(node.key)
            node = node.parent
        return tuple(reversed(keys))

    @property
    def depth(self) -> int:
        """Levels below the whole."""
        depth, node = 0, self.parent
        while node is not None:
            depth, node = depth + 1, node.parent
        return depth

    def _child(self, row: int, key: Key, raw: msgspec.Raw) -> Node:
        return Node(self.document, self, row, key, raw, shape_of(raw))

    def _range(self, row: int, first: int, stop: int) -> Node:
        node = Node(self.document, self, row, None, b"", Shape.RANGE)
        node.span = (first, stop)
        return node


class Document:
    """The tree of one text. Raises NotJson."""

    def __init__(self, text: bytes) -> None:
        self.nodes: list[Node] = []
        text = text.removeprefix(b"\xef\xbb\xbf").strip(BLANKS)
        shape = shape_of(text)
        self.root = Node(self, None, 0, None, text, shape)
        if self.root.is_container:
            _ = self.root.members  # what can't be decoded shows here
        elif not text:
            raise NotJson("there is nothing")

    def enrol(self, node: Node) -> int:
        """Number a node; the number stays valid as long as the document."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def find(self, steps: Sequence[Step]) -> Node:
        """Follow members by their number, opening ranges on the way. Raises IndexError."""
        node = self.root
        for step in steps:
            node = _member(node, step)
        return node

    def at_path(self, path: str) -> tuple[Node, bool]:
        """Follow a dotted path as far as it leads; tells whether all of it was found."""
        node, rest = self.root, path
        while rest:
            step = _step(node, rest)
            if step is None:
                return node, False
            rest = rest[len(str(node.members.keys[step])) + 1 :]
            node = _member(node, step)
        return node, True


def members_of(raw: Raw, *, is_patient: bool = False) -> Members:
    """Decode one level of a container. Raises NotJson.

    Being patient takes longer for an object of very many members, and lets the window go on meanwhile.
    """
    text = memoryview(raw)
    try:
        if bytes(text[:1]) == b"[":
            items = _ITEMS.decode(text)
            return Members(range(len(items)), items)
        return _object_members(text, is_patient=is_patient)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise NotJson(str(error)) from None


def shape_of(raw: Raw) -> Shape:
    """Tell what a JSON text is by its first character."""
    first = memoryview(raw)[:1]
    return _SHAPES.get(first[0], Shape.NUMBER) if len(first) else Shape.WORD


def leaf_text(text: bytes, limit: int | None = None) -> str:
    """Read a leaf: a text without its quotation marks, anything else as it is spelled. `limit` in bytes."""
    cut = limit is not None and len(text) > limit
    if cut:
        text = text[:limit]
    if text[:1] != b'"':
        return text.decode("utf-8", "replace")
    inner = BROKEN_ESCAPE.sub(rb"\1", text[1:]) + b'"' if cut else text[1:]
    try:
        found = json.loads(b'"' + inner, strict=False)
    except (ValueError, UnicodeDecodeError):
        found = json.loads('"' + inner.decode("utf-8", "replace"), strict=False)
    return str(found)


def range_width(count: int) -> int:
    """Say how many members a range holds, so that there are not too many ranges."""
    width = RANGE
    while -(-count // width) > RANGE:
        width *= RANGE
    return width


def _object_members(text: memoryview, *, is_patient: bool) -> Members:
    """Decode an object with names that come twice, unless it has a great many."""
    seen = 0

    def named(_type: type, name: str) -> _Name:
        nonlocal seen
        seen += 1
        if seen > DOUBLES_KEPT and not is_patient:
            raise _TooMany
        return _Name(name)

    try:
        found = msgspec.json.Decoder(dict[_Name, msgspec.Raw], dec_hook=named).decode(text)
    except _TooMany:
        plain = _PLAIN.decode(text)
        return Members(list(plain), list(plain.values()))
    return Members([name.text for name in found], list(found.values()))


def _member(node: Node, step: Step) -> Node:
    """Give the node of a member, which may stand in ranges."""
    while True:
        children = node.children
        if not children or children[0].shape is not Shape.RANGE:
            start = node.span[0]
            return children[step - start]
        width = children[0].span[1] - children[0].span[0]
        node = children[(step - children[0].span[0]) // width]


def _step(node: Node, path: str) -> Step | None:
    """Find the member that a dotted path goes through; of equal names the last, the longest name first."""
    if not node.is_container:
        return None
    if node.shape is Shape.ARRAY:
        index = path.partition(".")[0]
        return int(index) if index.isdecimal() and int(index) < node.count else None
    fitting = [
        (len(str(key)), step)
        for step, key in enumerate(node.members.keys)
        if path == key or path.startswith(f"{key}.")
    ]
    return max(fitting)[1] if fitting else None
