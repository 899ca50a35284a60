"""A JSON text as a tree whose nodes are made when somebody looks at them; knows no Qt.

One level is decoded at a time, the rest stays text. Containers of many members are shown in ranges.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import TypeAlias

import msgspec

Key: TypeAlias = str | int | None  # a member's name, an item's index, None for the whole
Step: TypeAlias = int  # which member of its container, from 0
Members: TypeAlias = Sequence[tuple[Key, msgspec.Raw]]

RANGE = 1_000  # more members than this are shown in ranges
DOUBLES_KEPT_BYTES = 1 << 20  # in larger texts, names that come twice are looked for only ...
DOUBLES_KEPT_MEMBERS = 20_000  # ... among so many members: each costs a call
BROKEN_ESCAPE = re.compile(
    rb"\\(?:u[0-9a-fA-F]{0,3})?$|\\u[dD][89abAB][0-9a-fA-F]{2}(?:\\u?[0-9a-fA-F]{0,3})?$"
)
BLANKS = b" \t\r\n"


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


_NAMED = msgspec.json.Decoder(dict[_Name, msgspec.Raw], dec_hook=lambda _type, text: _Name(text))
_PLAIN = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])


class Node:
    """One place in the text. `row` counts among what its parent shows."""

    def __init__(
        self,
        document: Document,
        parent: Node | None,
        row: int,
        key: Key,
        raw: msgspec.Raw | bytes,
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

    @cached_property
    def text(self) -> bytes:
        """The node's own JSON text; a range has none of its own."""
        return bytes(self.raw)

    @property
    def size(self) -> int:
        """Bytes of the text."""
        return len(memoryview(self.raw))

    @property
    def is_empty(self) -> bool:
        """Tell whether it is a container of nothing, without decoding it."""
        return self.is_container and self.shape is not Shape.RANGE and not self.text[1:-1].strip(BLANKS)

    @cached_property
    def members(self) -> Members:
        """The members of a container, decoded one level deep; those of a range's container for a range."""
        if self.shape is Shape.RANGE and self.parent is not None:
            return self.parent.members
        try:
            return members_of(self.text)
        except NotJson:
            if self.parent is None:
                raise
            return ()

    @cached_property
    def children(self) -> list[Node]:
        """The nodes shown below this one."""
        if not self.is_container:
            return []
        start, stop = self.span if self.shape is Shape.RANGE else (0, len(self.members))
        if stop - start <= RANGE:
            return [self._child(row, *self.members[row + start]) for row in range(stop - start)]
        width = range_width(stop - start)
        return [
            self._range(row, first, min(first + width, stop))
            for row, first in enumerate(range(start, stop, width))
        ]

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
            rest = rest[len(str(node.members[step][0])) + 1 :]
            node = _member(node, step)
        return node, True


def members_of(text: bytes) -> Members:
    """Decode one level of a container. Raises NotJson."""
    try:
        if text[:1] == b"[":
            return list(enumerate(_ITEMS.decode(text)))
        return _object_members(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise NotJson(str(error)) from None


def shape_of(raw: msgspec.Raw | bytes) -> Shape:
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
    inner = BROKEN_ESCAPE.sub(b"", text[1:]) + b'"' if cut else text[1:]
    try:
        found = json.loads(b'"' + inner, strict=False)
    except (ValueError, UnicodeDecodeError):
        found = json.loads('"' + inner.decode("utf-8", "replace"), strict=False)
    return str(found)


def walk(node_text: bytes, steps: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Key, bytes]]:
    """Yield every member below, depth first: how to get there, its key, its text. Raises NotJson."""
    waiting: list[Iterator[tuple[tuple[Step, ...], Key, bytes]]] = [_level(node_text, steps)]
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
            continue
        yield found
        if found[2][:1] in {b"{", b"["}:
            waiting.append(_level(found[2], found[0]))


def range_width(count: int) -> int:
    """Say how many members a range holds, so that there are not too many ranges."""
    width = RANGE
    while -(-count // width) > RANGE:
        width *= RANGE
    return width


def _level(text: bytes, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Key, bytes]]:
    for step, (key, raw) in enumerate(members_of(text)):
        yield (*steps, step), key, bytes(raw)


def _object_members(text: bytes) -> Members:
    if len(text) > DOUBLES_KEPT_BYTES:
        plain = _PLAIN.decode(text)
        if len(plain) > DOUBLES_KEPT_MEMBERS:
            return list(plain.items())
    return [(name.text, raw) for name, raw in _NAMED.decode(text).items()]


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
        for step, (key, _) in enumerate(node.members)
        if path == key or path.startswith(f"{key}.")
    ]
    return max(fitting)[1] if fitting else None
