"""Values as plain text, in the places where Qt would read meaning into them."""

from __future__ import annotations

from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QWidget

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_VISIBLE = str.maketrans(_PICTURES | {0x0A: "↵", 0x0D: "␍", 0x85: "↵", 0x2028: "↵", 0x2029: "¶", 0x09: "→"})


def one_line(text: str) -> str:
    """Make a value fit for one line: control characters and line ends become visible signs."""
    return text.translate(_VISIBLE)


def literal(text: str) -> str:
    """Return a value for a button, menu or action, where `&` would mark a key."""
    return one_line(text).replace("&", "&&")


def plain_tooltip(text: str) -> str:
    """Return a value for a tooltip, which Qt would show as rich text when it looks like it."""
    return GuiQt.convertFromPlainText(text) if GuiQt.mightBeRichText(text) else text


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows `text` as it is."""
    widget.setToolTip(plain_tooltip(text))
