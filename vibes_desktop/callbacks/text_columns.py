"""From many texts to one array: hashes of identifiers, times, mobile numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.many_dates import usual_times
from vibes_desktop.callbacks.matching import digits_of
from vibes_desktop.callbacks.packing import ABSENT_MS, Array

ODD_NUMBER = -1  # a mobile number that does not fit: the payload must be asked
MAX_MDN_DIGITS = 17
WORD_BYTES = 8

Letters = npt.NDArray[np.uint8]


def hashes(texts: Sequence[str | None]) -> npt.NDArray[np.uint64]:
    """Condense texts to 64 bits each, the same in every process; 0 for what is absent."""
    present = [text for text in texts if text]
    letters = _letters(present)
    if letters is None:
        return _mixed(_words_of(present), texts, present)
    padded = np.zeros((len(letters), -(-letters.shape[1] // WORD_BYTES) * WORD_BYTES), np.uint8)
    padded[:, : letters.shape[1]] = letters
    return _mixed(padded.view(np.uint64), texts, present)


def times(texts: Sequence[str | None]) -> npt.NDArray[np.int64]:
    """Read dates as milliseconds since 1970; the usual spelling for all at once, others one by one."""
    present = [text for text in texts if text]
    letters = _letters(present)
    found = None if letters is None else usual_times(letters)
    if found is None:
        each = map(parse_ms, present)
        found = np.array([ABSENT_MS if moment is None else moment for moment in each], np.int64)
    return _among_absent(found, texts, present, ABSENT_MS)


def numbers(texts: Sequence[str | None]) -> npt.NDArray[np.int64]:
    """Read mobile numbers as whole numbers: 0 for none, ODD_NUMBER for what fits no such number."""
    present = [text for text in texts if text]
    letters = _letters(present)
    found = None if letters is None else _usual_numbers(letters)
    if found is None:
        found = np.array([number_of(text) for text in present], np.int64)
    return _among_absent(found, texts, present, 0)


def number_of(text: str) -> int:
    """Read one mobile number in either API version's notation."""
    digits = text[1:] if text[:1] == "+" else digits_of(text)
    if not (digits.isascii() and digits.isdigit() and digits[0] != "0" and len(digits) <= MAX_MDN_DIGITS):
        digits = digits_of(text)
        if not digits or digits[0] == "0" or len(digits) > MAX_MDN_DIGITS:
            return ODD_NUMBER
    return int(digits)


def _letters(texts: list[str]) -> Letters | None:
    """Give the letters of texts of one length, a row each; None where they are none, or not all ASCII."""
    lengths = {*map(len, texts)}
    if len(lengths) != 1:
        return None
    together = "".join(texts)
    if not together.isascii():
        return None
    return np.frombuffer(together.encode(), np.uint8).reshape(len(texts), lengths.pop())


def _usual_numbers(letters: Letters) -> npt.NDArray[np.int64] | None:
    digits = letters[:, 1:] - np.uint8(ord("0"))
    count = digits.shape[1]
    if not 0 < count <= MAX_MDN_DIGITS or (digits > 9).any() or not digits[:, 0].all():
        return None
    if (letters[:, 0] != ord("+")).any():
        return None
    found: npt.NDArray[np.int64] = digits[:, 0].astype(np.int64)
    for place in range(1, count):
        found *= 10
        found += digits[:, place]
    return found


def _words_of(texts: list[str]) -> npt.NDArray[np.uint64]:
    """Write texts of any length in rows of 64-bit words."""
    try:
        packed = np.array(texts, dtype="S")
    except UnicodeEncodeError:
        packed = np.array([text.encode("utf-8", "surrogatepass") for text in texts], dtype="S")
    width = max(-(-packed.dtype.itemsize // WORD_BYTES), 1)
    return packed.astype(f"S{width * WORD_BYTES}").view(np.uint64).reshape(len(texts), width)


def _mixed(
    words: npt.NDArray[np.uint64], texts: Sequence[str | None], present: list[str]
) -> npt.NDArray[np.uint64]:
    mixed = np.zeros(len(words), np.uint64)
    for column in words.T:
        spread = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        spread ^= spread >> np.uint64(29)
        spread *= np.uint64(0xBF58476D1CE4E5B9)
        spread ^= spread >> np.uint64(32)
        mixed = np.where(column != 0, spread, mixed)
    found: npt.NDArray[np.uint64] = _among_absent(mixed, texts, present, 0)
    return found


def _among_absent(values: Array, texts: Sequence[str | None], present: list[str], absent: int) -> Array:
    """Put the values of present texts in their rows."""
    if len(present) == len(texts):
        return values
    found = np.full(len(texts), absent, values.dtype)
    if present:
        found[np.fromiter(map(bool, texts), bool, len(texts))] = values
    return found
