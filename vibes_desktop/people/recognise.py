"""What was typed or pasted into the one box, as identifiers to ask for.

Typed text may fit several kinds (ten digits are a number or an ID): those are asked together.
A URL or a JSON text speaks of one person: its identifiers are asked one after another, best first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import is_unicode
from vibes_desktop.model.person import MAX_EXTERNAL_ID_CHARACTERS
from vibes_desktop.model.phone import to_e164
from vibes_desktop.people.limits import DOT_IDS, HALF_CHARACTER
from vibes_desktop.people.pasted import in_json, in_url, kind_of_key, labelled, without_unspecific_label

_MARKS_OF_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_AROUND = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\u2060\ufeff" + _MARKS_OF_DIRECTION
_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "„": "“", "‘": "’", "«": "»", "<": ">"}
_PHONE = re.compile(r"(?:tel:)?[+＋(]?[\d\s().\-/\u00a0\u2010-\u2015\u202f+]+")
_RAW_E164 = re.compile(r"\+\d{7,15}", re.ASCII)
_OLD_ID = re.compile(r"(?=.*\d)[A-Za-z0-9]{1,20}", re.ASCII)
_MAX_PASTE_CHARACTERS = 5_000_000


class Source(StrEnum):
    """What the identifiers were read from."""

    TEXT = "text"
    LABELLED_TEXT = "labelled text"
    URL = "person URL"
    CALLBACK_JSON = "callback JSON"
    PERSON_JSON = "person JSON"


@dataclass(frozen=True, slots=True)
class Recognised:
    """Identifiers to ask for, best first, at least one."""

    candidates: tuple[Identifier, ...]
    source: Source = Source.TEXT

    @property
    def primary(self) -> IdentifierKind:
        """The kind to show beside the box."""
        return self.candidates[0].kind

    @property
    def is_one_person(self) -> bool:
        """Tell whether all candidates name one person, so that the first that is found answers."""
        return self.source is not Source.TEXT


def recognise(text: str, phone_region: str, forced: IdentifierKind | None = None) -> Recognised:
    """Read identifiers out of any text. Raises InvalidInput with the reason.

    A forced kind takes the text for that kind. Forced as external ID, it is asked for exactly as
    typed, spaces included, and beside that as it reads without them.
    """
    _check_paste(text)
    if forced is not None:
        return _as_kind(text, forced, phone_region)
    found = _structured(text, phone_region)
    if found is not None:
        return found
    cleaned = _cleaned(_only_line(text))
    _check_id(cleaned)
    bare = _cleaned(without_unspecific_label(cleaned) or "")
    guesses = _guesses(bare, phone_region) if bare else ()
    return Recognised(_distinct((*guesses, *_guesses(cleaned, phone_region))))


def _structured(text: str, phone_region: str) -> Recognised | None:
    """Read a JSON text, a person URL or labelled lines; None for plain text."""
    stripped = text.strip(_AROUND)
    for source, read in (
        (None, in_json),
        (Source.URL, in_url),
        (Source.LABELLED_TEXT, labelled),
    ):
        raw = read(_cleaned(stripped) if read is in_url else stripped)
        if raw is not None:
            is_person = raw.is_person
            named = source or (Source.PERSON_JSON if is_person else Source.CALLBACK_JSON)
            return Recognised(_usable(raw.identifiers, phone_region), named)
    return None


def _as_kind(text: str, kind: IdentifierKind, phone_region: str) -> Recognised:
    """Take the text for one kind of identifier, whatever it looks like."""
    try:
        found = _structured(text, phone_region)
    except InvalidInput:
        found = None
    of_kind = tuple(c for c in found.candidates if _slot(c.kind) is _slot(kind)) if found is not None else ()
    if found is not None and of_kind:
        return Recognised(of_kind, found.source)
    cleaned = _cleaned(text)
    _check_id(cleaned)
    match kind:
        case IdentifierKind.MDN:
            return Recognised((Identifier(kind, _number(cleaned, phone_region)),))
        case IdentifierKind.PERSON_KEY:
            return Recognised(_keys(cleaned))
        case IdentifierKind.EXTERNAL_ID:
            typed = text.strip("\r\n")
            _check_id(typed)
            return Recognised(_distinct(Identifier(kind, value) for value in (typed, cleaned)))
        case _:
            return Recognised((Identifier(kind, cleaned),))


def _guesses(text: str, phone_region: str) -> tuple[Identifier, ...]:
    """List the kinds a cleaned text fits, likeliest first."""
    external = Identifier(IdentifierKind.EXTERNAL_ID, text)
    if kind_of_key(text) is IdentifierKind.PERSON_KEY:
        return (*_keys(text), external)
    number = _number_or_none(text, phone_region) if _PHONE.fullmatch(text) else None
    numbers = () if number is None else (Identifier(IdentifierKind.MDN, number),)
    if numbers and not text.isdigit() and text[0] in "+＋(t":
        return numbers
    old = (Identifier(IdentifierKind.PERSON_ID, text),) if _OLD_ID.fullmatch(text) else ()
    return (*numbers, external, *old)


def _keys(text: str) -> tuple[Identifier, ...]:
    return _distinct(Identifier(IdentifierKind.PERSON_KEY, value) for value in (text.lower(), text))


def _usable(found: Iterable[Identifier], phone_region: str) -> tuple[Identifier, ...]:
    """Keep what can be asked for, numbers in E.164, keys in lower case as well. Raises InvalidInput."""
    usable: list[Identifier] = []
    reason: InvalidInput | None = None
    for identifier in found:
        try:
            _check_id(identifier.value)
            if identifier.kind is IdentifierKind.MDN:
                usable.append(Identifier(identifier.kind, _number(identifier.value, phone_region)))
            elif identifier.kind is IdentifierKind.PERSON_KEY:
                usable.extend(_keys(identifier.value))
            else:
                usable.append(identifier)
        except InvalidInput as error:
            reason = reason or error
    if reason is not None and not usable:
        raise reason
    return _distinct(usable)


def _number(text: str, phone_region: str) -> str:
    number = _number_or_none(text, phone_region)
    if number is None:
        raise InvalidInput(
            "This is not a mobile number",
            f"Type it with its country code, like +1 312 555 0143. Without one it is read as {phone_region}.",
        )
    return number


def _number_or_none(text: str, phone_region: str) -> str | None:
    """Read a number; with its country code also one no plan knows: the platform holds such."""
    number = to_e164(text, phone_region)
    return text if number is None and _RAW_E164.fullmatch(text) else number


def _only_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip(_AROUND)]
    if len(lines) > 1:
        raise InvalidInput(
            f"These are {len(lines):,} lines",
            "Paste one person's identifier, a person URL, or one whole callback or person JSON.",
        )
    return lines[0] if lines else ""


def _cleaned(text: str) -> str:
    """Take off spaces, and quotes that stand around the whole."""
    before = None
    while text != before:
        before = text
        text = text.strip(_AROUND)
        if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
            text = text[1:-1]
        elif len(text) > 2 and text[-1] in ",;" and _QUOTES.get(text[0]) == text[-2]:
            text = text[:-1]
    return text


def _check_paste(text: str) -> None:
    if not text.strip(_AROUND):
        raise InvalidInput(
            "Nothing to look for", "Type or paste a mobile number, an external ID or a person key."
        )
    if len(text) > _MAX_PASTE_CHARACTERS:
        raise InvalidInput("This is too much text", "Paste one identifier, or one callback or person JSON.")


def _check_id(text: str) -> None:
    if not text:
        raise InvalidInput("Nothing to look for", "Between the quotes there is nothing.")
    if len(text) > MAX_EXTERNAL_ID_CHARACTERS:
        raise InvalidInput(
            "This is too long for an identifier",
            f"An external ID has at most {MAX_EXTERNAL_ID_CHARACTERS} characters; this has {len(text):,}.",
        )
    if text in DOT_IDS:
        raise InvalidInput(
            "“.” and “..” can't be asked for",
            "In an address they mean a folder, so no call reaches such an ID.",
        )
    if not is_unicode(text):
        raise InvalidInput("This can't be sent", HALF_CHARACTER)


def _slot(kind: IdentifierKind) -> IdentifierKind:
    """Person key and old person ID are asked for in the same place (C-15)."""
    return IdentifierKind.PERSON_KEY if kind is IdentifierKind.PERSON_ID else kind


def _distinct(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    return tuple(dict.fromkeys(identifiers))
