"""Fuzzy matching: which titles a few typed letters mean."""

from __future__ import annotations

LONGEST = 64  # typed letters; more is a pasted text
AT_START = 12
AT_WORD = 8
IN_A_ROW = 5
ELSEWHERE = -1


def score(typed: str, title: str) -> int | None:
    """Return how well typed letters fit a title, higher is better; None when they don't occur in order."""
    wanted = [letter for letter in typed.casefold() if not letter.isspace()]
    if not wanted:
        return 0
    if len(wanted) > LONGEST:
        return None
    text = title.casefold()
    ends = {-2: 0}  # where the letters so far may end, and what that is worth at best
    for letter in wanted:
        ends = _with_letter(ends, letter, text)
    return max(ends.values(), default=None)


def _with_letter(ends: dict[int, int], letter: str, text: str) -> dict[int, int]:
    places = [place for place, other in enumerate(text) if other == letter]
    reached = {}
    for place in places:
        before = [value + _worth(text, place, end) for end, value in ends.items() if end < place]
        if before:
            reached[place] = max(before)
    return reached


def _worth(text: str, place: int, previous: int) -> int:
    if place == 0:
        return AT_START
    if place == previous + 1:
        return IN_A_ROW
    if not text[place - 1].isalnum():
        return AT_WORD
    return ELSEWHERE
