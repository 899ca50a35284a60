"""What is copied of payloads: JSON, a command that delivers it, a link; knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

import msgspec

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.curl import curl
from vibes_desktop.callbacks.links import link_to
from vibes_desktop.callbacks.masking import masked_bytes
from vibes_desktop.ui.callbacks.payload.loading import told_in_words

COPIED_BYTES = 16 << 20  # more than a clipboard is good for
COPIED_ROWS = 500


class CopyAs(Enum):
    """In which form a payload is copied."""

    JSON = "JSON"
    EXACT = "exact text"
    CURL = "cURL command"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Copied:
    """A text for the clipboard, and what it is."""

    text: str = field(repr=False)
    what: str


def copied(collection: Collection, rows: Sequence[int], form: CopyAs, *, is_masking: bool = False) -> Copied:
    """Write rows for the clipboard, one after the other, within bounds. Raises StorageError."""
    pieces: list[str] = []
    size = 0
    for row in rows[:COPIED_ROWS]:
        pieces.append(_piece(collection, row, form, is_masking=is_masking))
        size += len(pieces[-1])
        if size > COPIED_BYTES:
            break
    return Copied("\n".join(pieces), _what(form, len(pieces), len(rows)))


def _piece(collection: Collection, row: int, form: CopyAs, *, is_masking: bool) -> str:
    if form is CopyAs.LINK:
        return link_to(collection, row)
    with told_in_words():
        text = collection.text(row)[:COPIED_BYTES]
    return _WRITERS[form](masked_bytes(text) if is_masking else text)


def _what(form: CopyAs, written: int, wanted: int) -> str:
    if wanted == 1:
        return form.value
    scope = f"the first {written:,} of {wanted:,}" if written < wanted else f"{written:,}"
    return f"{form.value} of {scope} payloads"


def _formatted(text: bytes) -> str:
    """Format what is JSON; leave anything else as it is."""
    try:
        return msgspec.json.format(text, indent=2).decode("utf-8", "replace")
    except (msgspec.MsgspecError, RecursionError):
        return text.decode("utf-8", "replace")


_WRITERS: dict[CopyAs, Callable[[bytes], str]] = {
    CopyAs.JSON: _formatted,
    CopyAs.EXACT: lambda text: text.decode("utf-8", "replace"),
    CopyAs.CURL: curl,
}
