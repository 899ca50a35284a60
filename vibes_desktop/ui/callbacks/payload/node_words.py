"""What the tree writes for a node, with personal data hidden where that is asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from vibes_desktop.callbacks.masking import masked
from vibes_desktop.callbacks.payload import Json
from vibes_desktop.ui.callbacks.payload.json_tree import Key, Node, Shape, leaf_text, shape_of
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.plain import one_line

SHOWN_BYTES = 600  # of a leaf, in the row
TOLD_BYTES = 4_000  # of a leaf, in the tooltip
SUMMED_BYTES = 256 << 10  # larger containers are not decoded for a summary
TELLING = (
    "id",
    "name",
    "person_key",
    "person_id",
    "external_person_id",
    "external_id",
    "mdn",
    "code",
    "uuid",
)


class NodeWords:
    """Words for nodes; asks the window's switch each time."""

    def __init__(self, privacy: Privacy) -> None:
        self._privacy = privacy
        self._revealed: tuple[Key, ...] | None = None

    def reveal(self, node: Node | None) -> None:
        """Show one value as it is, until another is revealed, or none; what is copied stays hidden."""
        self._revealed = None if node is None else node.path

    def key(self, node: Node) -> str:
        """The member's name or the item's index; of a range, the indexes it holds."""
        if node.shape is Shape.RANGE:
            return f"{node.span[0]:,} … {node.span[1] - 1:,}"
        if node.key is None:
            return ""
        return one_line(str(self._veiled(node.path, None)[0]))

    def value(self, node: Node, limit: int = SHOWN_BYTES) -> str:
        """A leaf as JSON spells it, in one line; of a container that is empty its brackets."""
        if node.is_container:
            return ("{}" if node.shape is Shape.OBJECT else "[]") if node.is_empty else ""
        return self._leaf(node.path, node.raw, node.shape, limit)

    def summary(self, node: Node) -> str:
        """What a closed container holds: `2 keys · id "1234"`."""
        if not node.is_container or node.is_empty:
            return ""
        if node.shape is not Shape.RANGE and node.size > SUMMED_BYTES:
            return _size(node.size)
        noun = "keys" if _holder(node).shape is Shape.OBJECT else "items"
        count = f"{node.count:,} {noun if node.count != 1 else noun[:-1]}"
        telling = self._telling(node) if node.shape is Shape.OBJECT else ""
        return f"{count} · {telling}" if telling else count

    def spoken(self, node: Node) -> str:
        """A row in one line, for screen readers and for typing ahead."""
        return " ".join(filter(None, (self.key(node), self.value(node) or self.summary(node))))

    def tooltip(self, node: Node) -> str:
        """More of a long value; nothing for what the row tells already."""
        if node.is_container or node.size <= SHOWN_BYTES // 10:
            return ""
        return self.value(node, TOLD_BYTES)

    def path(self, node: Node) -> str:
        """The dotted path, as questions spell it."""
        return ".".join(str(self._veiled(node.path[: place + 1], None)[0]) for place in range(len(node.path)))

    def copied(self, node: Node) -> str:
        """The value alone: a text without its quotation marks, a container as JSON."""
        if node.is_container:
            return self.subtree(node)
        text = leaf_text(node.text)
        if not self._privacy.is_masking or node.shape is Shape.WORD:
            return text
        return str(veiled(node.path, text)[1])

    def is_hiding(self, node: Node) -> bool:
        """Tell whether something of the node's path or value is not shown as it is."""
        if self.path(node) != ".".join(map(str, node.path)):
            return True
        return not node.is_container and self.copied(node) != leaf_text(node.text)

    def subtree(self, node: Node) -> str:
        """The node and all below it as formatted JSON."""
        text = _text_of(node)
        if self._privacy.is_masking:
            text = json.dumps(veiled(node.path, json.loads(text))[1], ensure_ascii=False).encode()
        return msgspec.json.format(text, indent=2).decode("utf-8", "replace")

    def _telling(self, node: Node) -> str:
        """The member that tells most about an object: an ID, a name, or its first plain one."""
        plain = [(key, raw) for key, raw in node.members if shape_of(raw) in (Shape.TEXT, Shape.NUMBER)]
        if not plain:
            return ""
        named = dict(plain)
        key = next((name for name in TELLING if name in named), plain[0][0])
        shown, _ = self._veiled((*node.path, key), None)
        value = self._leaf((*node.path, key), named[key], shape_of(named[key]), 120)
        return f"{one_line(str(shown))} {value}"

    def _leaf(self, path: tuple[Key, ...], raw: msgspec.Raw | bytes, shape: Shape, limit: int) -> str:
        whole = bytes(memoryview(raw)[: limit + 1])
        text = leaf_text(whole, limit)
        if self._privacy.is_masking and shape is not Shape.WORD:
            text = str(self._veiled(path, text)[1])
        more = "…" if len(whole) > limit else ""
        return f'"{one_line(text)}{more}"' if shape is Shape.TEXT else one_line(text) + more

    def _veiled(self, path: tuple[Key, ...], value: Json) -> tuple[Key, Json]:
        """Give the last key and the value as they may be shown."""
        if not self._privacy.is_masking or (path and path == self._revealed):
            return path[-1] if path else None, value
        return veiled(path, value)


def veiled(path: Sequence[Key], value: Json) -> tuple[Key, Json]:
    """Hide what is personal in a value that stands at a path, and in the last key of that path."""
    nest = value
    for key in reversed(path):
        nest = [nest] if isinstance(key, int) else {str(key): nest}
    shown, found = masked(nest), path[-1] if path else None
    for _ in path:
        if isinstance(shown, dict):
            found, shown = next(iter(shown.items()))
        elif isinstance(shown, list):
            shown = shown[0]
    return found, shown


def _holder(node: Node) -> Node:
    while node.shape is Shape.RANGE and node.parent is not None:
        node = node.parent
    return node


def _text_of(node: Node) -> bytes:
    if node.shape is not Shape.RANGE:
        return node.text
    begin, end = node.span
    keys, raws = node.members.keys[begin:end], node.members.raws[begin:end]
    if _holder(node).shape is Shape.ARRAY:
        return b"[" + b",".join(map(bytes, raws)) + b"]"
    members = (json.dumps(key).encode() + b":" + bytes(raw) for key, raw in zip(keys, raws, strict=True))
    return b"{" + b",".join(members) + b"}"


def _size(count: int) -> str:
    """Write a number of bytes for a person."""
    if count < 1 << 20:
        return f"{count / 1024:,.0f} kB"
    return f"{count / (1 << 20):,.1f} MB"
