"""Personal data hidden for screen sharing: what stays tells two apart, and nobody who they are."""

from __future__ import annotations

import re

HIDDEN = "•"
HIDDEN_WORD = HIDDEN * 3
DIGITS_SHOWN = 2
_NUMBER = re.compile(r"\+?\d(?:[ \-.()/\u00a0\u2011]{0,3}\d){6,}", re.ASCII)
_ADDRESS = re.compile(r"[^\s\"'<>@,;:]+@[^\s\"'<>@,;]+")


def masked_number(text: str) -> str:
    """Hide every digit but the last two."""
    hidden = sum(character.isdigit() for character in text) - DIGITS_SHOWN
    shown = []
    for character in text:
        is_hidden = character.isdigit() and hidden > 0
        hidden -= is_hidden
        shown.append(HIDDEN if is_hidden else character)
    return "".join(shown)


def masked_word(text: str) -> str:
    """Keep the first letter; the length is hidden too."""
    return text[:1] + HIDDEN_WORD if text else text


def masked_text(text: str) -> str:
    """Hide numbers as long as a phone's, and e-mail addresses, wherever they stand."""
    text = _ADDRESS.sub(lambda found: masked_word(found[0]), text)
    return _NUMBER.sub(lambda found: masked_number(found[0]), text)


def masked_own(text: str) -> str:
    """Hide a value of a person's own: a number, or any other text."""
    return masked_number(text) if _NUMBER.fullmatch(text.strip()) else masked_word(text)
