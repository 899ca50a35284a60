"""Braces that open and close outside of quotes, in texts that need not be JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"?|[{}]|//[^\n"]*|/\*.*?\*/', re.DOTALL)


def objects_in(text: bytes) -> Iterator[tuple[int, int]]:
    """Find the outermost objects, damaged ones included; the last one may lack its end."""
    depth = begin = 0
    for match in TOKEN.finditer(text):
        token = match[0]
        if token == b"{":
            begin = match.start() if depth == 0 else begin
            depth += 1
        elif token == b"}" and depth:
            depth -= 1
            if depth == 0:
                yield begin, match.end()
    if depth:
        yield begin, end_of(text)


def end_of(text: bytes) -> int:
    """Find the end of the last line that isn't blank; a blank on that line may belong to a text cut off."""
    newline = text.find(b"\n", len(text.rstrip()))
    return len(text) if newline < 0 else newline


def depth_of(text: bytes) -> int:
    """Count the braces that are opened and not closed, outside of quotes."""
    depth = 0
    for match in TOKEN.finditer(text):
        if match[0] == b"{":
            depth += 1
        elif match[0] == b"}":
            depth -= 1
    return depth
