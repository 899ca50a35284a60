"""Personal data hidden in payloads, where they are shown and in every export.

What stays is what the platform documents and what is nobody's own: types, dates, lists, campaigns, Vibes'
own IDs. Everything else is hidden, so that a field nobody knew of gives nothing away.
"""

from __future__ import annotations

import json
import re
from enum import Enum, auto

from vibes_desktop.callbacks.callback_types import TYPES, Holds
from vibes_desktop.callbacks.payload import Json, Payload
from vibes_desktop.model.masking import HIDDEN_WORD, masked_number, masked_own, masked_text

PERSONAL = frozenset(
    ("mdn", "external_id", "external_person_id", "push_token", "tokens", "token", "message", "event_data")
)
OPEN = frozenset(("custom_fields", "event_data", "debug_data", "tokens"))  # everything below is hidden
NAMED_ELSEWHERE = (  # of persons, registrations and subscriptions, which the table of types does not hold
    "person_key", "personkey", "created_date", "updated_date", "status", "start_date", "end_date", "method",
    "content_type", "acquisition_id", "campaign_id", "list_id", "subscription_list_id", "opt_in_date",
    "opt_out_date", "opt_out_reason", "callback_ids", "callbacks_to_send", "os", "OS", "carrier_id",
    "description",
)  # fmt: skip
PLAIN = (
    frozenset(each.path.rpartition(".")[2] for one in TYPES for each in one.fields) | {*NAMED_ELSEWHERE}
) - PERSONAL
NUMBERS = frozenset(
    (
        "mdn",
        *(each.path.rpartition(".")[2] for one in TYPES for each in one.fields if each.holds is Holds.PHONE),
    )
)
NAMED_THINGS = frozenset(("subscription_list", "acquisition_campaign", "wallet_campaign"))
SHORT = 3  # the first letter of so little would give too much away
OBVIOUS = re.compile(r"(?:\+|%2[Bb])\d(?:[ \-.()/]{0,3}\d){7,}|[^\s\"'<>@,;:/?&=]+@[^\s\"'<>@,;:/?&=]+")
LITERALS = frozenset((b"", b":", b"null", b"true", b"false", b"NULL", b"None", b"True", b"False"))
BETWEEN_TAGS = re.compile(r">([^<>]+)(?=<)")

STEP = re.compile(
    rb'"((?:[^"\\]|\\.)*)(?:"(\s*:)?|\\?$)'  # a text, or a key, or a text that is never closed
    rb"|([{}\[\]])|(,)|(-?[0-9][0-9.eE+-]*)",
    re.DOTALL,
)


def masked(value: Json) -> Json:
    """Hide what is personal in a value."""
    return _masked(value, "", "", hidden=False)


def masked_bytes(text: bytes) -> bytes:
    """Hide what is personal in the text of a payload, and leave everything else as it stands.

    Works on damaged texts too: there, what is not known to be harmless is hidden.
    """
    return Hider(text).run()


def masked_cell(name: str, text: str) -> str:
    """Hide a value of an export's column."""
    if name == "mdn":
        return hidden_number(text)
    return hidden_word(text) if name == "external_person_id" else text


def hidden_number(text: str) -> str:
    """Hide a mobile number, or whatever stands in its place."""
    is_number = not any(character.isalpha() for character in text)
    return masked_number(text) if is_number else hidden_word(text)


def hidden_word(text: str) -> str:
    """Hide any value of a person's own."""
    return masked_own(text) if len(text) > SHORT else HIDDEN_WORD if text else text


def masked_sentence(payload: Payload, said: str) -> str:
    """Hide numbers, and the customer's own ID of this payload, in what was said about it."""
    external = payload.facts.person.external_person_id
    if external:
        said = said.replace(external, hidden_word(external))
    return masked_text(said)


def _masked(value: Json, key: str, parent: str, *, hidden: bool) -> Json:
    if isinstance(value, dict):
        return {
            _obvious(name): _masked(inner, name, key, hidden=hidden or name in OPEN)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_masked(inner, key, key, hidden=hidden) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    shown = hidden or not _is_plain(key, parent)
    if isinstance(value, str):
        return _text(value, key, hidden=shown)
    return hidden_word(str(value)) if shown else value


def _is_plain(key: str, parent: str) -> bool:
    """Tell what is nobody's own; lists and campaigns have names too."""
    return key in PLAIN and (key != "name" or parent in NAMED_THINGS)


def _text(text: str, key: str, *, hidden: bool) -> str:
    if key in NUMBERS:
        return hidden_number(text)
    return hidden_word(text) if hidden else _obvious(text)


def _obvious(text: str) -> str:
    """Hide a number with its + and an address of e-mail even where nobody expects them."""
    return OBVIOUS.sub(lambda found: hidden_word(found[0]), text)


class Hidden(Enum):
    """What becomes of a text."""

    NOT = auto()
    NUMBER = auto()
    WORD = auto()


class Hider:
    """Goes through a text once, following its keys and brackets."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._key = ""
        self._keys: list[str] = []  # the keys under which the open brackets stand
        self._hidden_from: int | None = None  # the depth below which all is hidden
        self._is_damaged = False  # here, until the next comma or bracket
        self.texts: list[Hidden] = []  # what became of each text that is no key, in order
        self.has_hidden_numbers = False  # that are written as numbers

    def run(self) -> bytes:
        """Give the text as it may be shown."""
        if b"{" not in self._text:
            return _prose(self._text.decode("utf-8", "replace")).encode()
        pieces, done = [], 0
        for match in STEP.finditer(self._text):
            if match.start() > done:
                pieces.append(self._between(self._text[done : match.start()]))
            pieces.append(self._step(match))
            done = match.end()
        pieces.append(self._between(self._text[done:]))
        shown = b"".join(pieces)
        return shown if b"+" not in shown else _obvious(shown.decode("utf-8", "replace")).encode()

    def _step(self, match: re.Match[bytes]) -> bytes:
        text, colon, bracket, comma, number = match.groups()
        if colon is not None:
            return self._named(match[0], text, colon)
        if bracket is None and comma is None:
            return self._value(match[0], text, number)
        self._is_damaged = False
        if bracket is not None:
            self._bracket(bracket)
        return match[0]

    def _bracket(self, bracket: bytes) -> None:
        if bracket in b"{[":
            if self._hidden_from is None and self._key in OPEN:
                self._hidden_from = len(self._keys)
            self._keys.append(self._key)
        elif self._keys:
            self._key = self._keys.pop()
            if self._hidden_from == len(self._keys):
                self._hidden_from = None

    def _value(self, whole: bytes, text: bytes | None, number: bytes | None) -> bytes:
        hidden = self._is_hidden()
        if number is not None:
            self.has_hidden_numbers |= hidden
            return whole if not hidden else b'"' + hidden_word(number.decode()).encode() + b'"'
        self.texts.append(Hidden.NUMBER if self._key in NUMBERS else Hidden.WORD if hidden else Hidden.NOT)
        read = _read(text or b"")
        shown = HIDDEN_WORD if read is None else _text(read, self._key, hidden=hidden)
        is_closed = whole.endswith(b'"') and len(whole) > 1
        return whole if shown == read else _written(shown, is_escaped=b"\\" in whole, is_closed=is_closed)

    def _named(self, whole: bytes, text: bytes, colon: bytes) -> bytes:
        self._key = _read(text) or ""
        shown = _obvious(self._key)
        return whole if shown == self._key else _written(shown, is_escaped=b"\\" in text) + colon

    def _is_hidden(self) -> bool:
        parent = self._keys[-1] if self._keys else ""
        inside = self._hidden_from is not None or self._key in OPEN
        return self._is_damaged or inside or not _is_plain(self._key, parent)

    def _between(self, text: bytes) -> bytes:
        """Hide what stands where JSON has no place for it: prose, or what damage left over."""
        if text.strip() in LITERALS:
            return text
        self._is_damaged = bool(self._keys)
        told = text.decode("utf-8", "replace")
        return (hidden_word(told) if self._keys else masked_text(told)).encode()


def _prose(text: str) -> str:
    """Hide numbers and addresses; of markup, what stands between the tags too."""
    if not text.lstrip().startswith("<"):
        return masked_text(text)
    shown = BETWEEN_TAGS.sub(
        lambda found: f">{hidden_number(found[1])}" if found[1].strip() else found[0], text
    )
    return masked_text(shown)


def _read(raw: bytes) -> str | None:
    """Read what stands between two quotes; None where its escapes are damaged."""
    text = raw.decode("utf-8", "replace")
    if "\\" not in text:
        return text
    try:
        read: str = json.loads(f'"{text}"', strict=False)
    except ValueError:
        return None
    return read


def _written(shown: str, *, is_escaped: bool, is_closed: bool = True) -> bytes:
    written = json.dumps(shown) if is_escaped else f'"{shown}"'
    return (written if is_closed else written[:-1]).encode()
