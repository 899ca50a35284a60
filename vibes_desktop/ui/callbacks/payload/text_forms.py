"""The forms in which a payload's text is shown, each within bounds; knows no Qt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

import msgspec

from vibes_desktop.callbacks.masking import masked_bytes
from vibes_desktop.callbacks.payload import Payload
from vibes_desktop.ui.callbacks.payload.json_tree import NotJson, Raw, members_of

SHOWN_BYTES = 2 << 20
HEX_BYTES = 128 << 10
WHOLE_BYTES = 64 << 10  # containers up to here are formatted in one go
LINE_BYTES = 16
LONG_LINE = 4_000  # characters: Qt lays out a line as a whole
INDENT = 2


class Form(Enum):
    """How a text is shown."""

    FORMATTED = "Formatted"
    EXACT = "Exact text"
    HEX = "Bytes in hex"
    REPAIRED = "Original and repaired"


@dataclass(frozen=True, slots=True)
class Shown:
    """A text for the screen. `shown_bytes` of `all_bytes` are in it; `notes` say what is special about it."""

    text: str = field(repr=False)
    shown_bytes: int
    all_bytes: int
    notes: tuple[str, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Tell whether there is more than is shown."""
        return self.shown_bytes < self.all_bytes


def shown_as(payload: Payload, form: Form, *, is_masking: bool = False) -> Shown:
    """Write a payload in a form; what was repaired is formatted as it was read."""
    match form:
        case Form.HEX:
            return _hex(_hidden(payload.text[:HEX_BYTES], is_masking=is_masking), payload)
        case Form.EXACT:
            return _exact(_hidden(payload.text[:SHOWN_BYTES], is_masking=is_masking), payload)
        case _:
            return _formatted(payload, is_masking=is_masking)


def forms_of(payload: Payload) -> tuple[Form, ...]:
    """Say in which forms a payload can be shown, the one to begin with first."""
    if payload.repairs or payload.cut_off_at is not None:
        return Form.REPAIRED, Form.FORMATTED, Form.EXACT, Form.HEX
    if payload.value is None and not is_text(payload.text):
        return Form.HEX, Form.EXACT
    return (Form.EXACT, Form.HEX) if payload.value is None else (Form.FORMATTED, Form.EXACT, Form.HEX)


def is_text(text: bytes) -> bool:
    """Tell whether bytes are UTF-8 without control characters that no text has."""
    try:
        text[:SHOWN_BYTES].decode()
    except UnicodeDecodeError as error:
        return error.start > min(len(text), SHOWN_BYTES) - 4 and len(text) > SHOWN_BYTES
    return b"\x00" not in text[:SHOWN_BYTES]


def repaired_text(payload: Payload) -> str:
    """Write what was read of a damaged payload."""
    return json.dumps(payload.value, ensure_ascii=False, indent=INDENT)


def _formatted(payload: Payload, *, is_masking: bool) -> Shown:
    text = payload.text
    if payload.repairs or payload.cut_off_at is not None:
        text = repaired_text(payload).encode("utf-8", "replace")
    if is_masking:
        text = _hidden(text[:SHOWN_BYTES], is_masking=True)
    try:
        pieces, size = [], 0
        for piece in _pieces(text.strip(), 0):
            pieces.append(piece)
            size += len(piece)
            if size > SHOWN_BYTES:
                break
    except NotJson:
        return _exact(text[:SHOWN_BYTES], payload)
    whole = b"".join(pieces)
    cut = whole[:SHOWN_BYTES].decode("utf-8", "replace")
    is_all = len(whole) <= SHOWN_BYTES
    notes = ("As it was read, after the repairs",) if payload.repairs else ()
    shown_bytes = len(payload.text) if is_all else SHOWN_BYTES
    return Shown(_broken(cut), shown_bytes, max(len(payload.text), shown_bytes), notes)


def _pieces(raw: Raw, level: int) -> Iterator[bytes]:
    """Format a text piece by piece, so that the beginning of a large one is soon there. Raises NotJson."""
    text = memoryview(raw)
    if len(text) <= WHOLE_BYTES or bytes(text[:1]) not in (b"{", b"["):
        try:
            formatted = msgspec.json.format(bytes(text), indent=INDENT)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise NotJson(str(error)) from None
        yield formatted.replace(b"\n", b"\n" + b" " * (INDENT * level))
        return
    inside = b"\n" + b" " * (INDENT * (level + 1))
    is_object = bytes(text[:1]) == b"{"
    yield b"{" if is_object else b"["
    for number, (key, inner) in enumerate(members_of(raw, is_patient=True)):
        name = json.dumps(key, ensure_ascii=False).encode("utf-8", "replace") + b": "
        yield (b"," if number else b"") + inside + (name if is_object else b"")
        yield from _pieces(inner, level + 1)
    yield b"\n" + b" " * (INDENT * level) + (b"}" if is_object else b"]")


def _exact(text: bytes, payload: Payload) -> Shown:
    notes = []
    if not is_text(payload.text):
        notes.append("Not all of it is text: see the bytes in hex")
    shown = text.decode("utf-8", "replace")
    broken = _broken(shown)
    if len(broken) != len(shown):
        notes.append(f"Lines over {LONG_LINE:,} characters are broken here")
    return Shown(broken, min(len(payload.text), SHOWN_BYTES), len(payload.text), tuple(notes))


def _hex(text: bytes, payload: Payload) -> Shown:
    lines = [_hex_line(start, text[start : start + LINE_BYTES]) for start in range(0, len(text), LINE_BYTES)]
    return Shown("\n".join(lines), min(len(payload.text), HEX_BYTES), len(payload.text))


def _hex_line(start: int, part: bytes) -> str:
    letters = "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in part)
    return f"{start:06x}  {part.hex(' '):<{LINE_BYTES * 3}} {letters}"


def _hidden(text: bytes, *, is_masking: bool) -> bytes:
    return masked_bytes(text) if is_masking else text


def _broken(text: str) -> str:
    """Break lines that would stall the window."""
    if len(text) <= LONG_LINE:
        return text
    return "\n".join(
        "\n".join(line[start : start + LONG_LINE] for start in range(0, len(line), LONG_LINE))
        if len(line) > LONG_LINE
        else line
        for line in text.split("\n")
    )
