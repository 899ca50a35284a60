"""Identifiers inside longer pasted texts: person URLs, callback and person JSON, labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import (
    Json,
    JsonArray,
    JsonNumber,
    JsonObject,
    JsonSyntaxError,
    parse,
)

_KEY, _OLD, _EXTERNAL, _MDN = (
    IdentifierKind.PERSON_KEY,
    IdentifierKind.PERSON_ID,
    IdentifierKind.EXTERNAL_ID,
    IdentifierKind.MDN,
)
_LIKE_A_KEY = re.compile(r"[0-9A-Fa-f]{4,12}(?:-[0-9A-Fa-f]{2,12}){4}|[0-9A-Fa-f]{32}", re.ASCII)
_LABELS = {
    "personkey": _KEY,
    "vibeskey": _KEY,
    "vibespersonkey": _KEY,
    "personid": _OLD,
    "vibesid": _OLD,
    "externalid": _EXTERNAL,
    "externalpersonid": _EXTERNAL,
    "extid": _EXTERNAL,
    "customerid": _EXTERNAL,
    "mdn": _MDN,
    "msisdn": _MDN,
    "mobile": _MDN,
    "mobilephone": _MDN,
    "mobilenumber": _MDN,
    "phone": _MDN,
    "phonenumber": _MDN,
    "tel": _MDN,
    "telephone": _MDN,
    "cell": _MDN,
    "cellphone": _MDN,
}
_LABELLED = re.compile(r"""["'“]?([A-Za-z][A-Za-z _\-.]{1,30}?)["'”]?(?:\s*[:=#]\s*|\s*\t\s*)(\S.*)""")
_UNSPECIFIC = re.compile(
    r"(?:(?:customer|subscriber|user|person) ?)?(?:id|no\.?|number)\s*[:=#]\s*(\S.*)", re.IGNORECASE
)
_LABEL_WORDS_AT_MOST = 3
_LIKE_A_NUMBER = re.compile(r"[+(]?[\d\s().\-/]{7,}")
_MEMBER = re.compile(
    r'"(person_key|person_id|external_person_id|external_id|mdn)"?\s*:\s*"?([^"\s,}\]][^"\n]*?)"?\s*(?=[,}\]"\n]|$)'
)
# where the families of callbacks keep the person (docs/platform.md §15)
_PERSON_PATHS = (
    ("subscription", "person"),
    ("participant", "person"),
    ("person",),
    ("participant",),
    ("event_processed", "event_data"),
)
_KEYS_OF_KINDS = (
    ("person_key", _KEY),
    ("external_person_id", _EXTERNAL),
    ("external_id", _EXTERNAL),
    ("person_id", _OLD),
)
_BELOW_A_PERSON = frozenset({"subscriptions", "push_devices"})


@dataclass(frozen=True, slots=True)
class Raw:
    """Identifiers of one person as they stand in a text, best first; `is_person` for a Person itself."""

    identifiers: tuple[Identifier, ...]
    is_person: bool = False


def kind_of_key(text: str) -> IdentifierKind:
    """Tell a person key from an old person ID: both stand in the same slot of a URL (C-15)."""
    return _KEY if _LIKE_A_KEY.fullmatch(text) else _OLD


def in_url(text: str) -> Raw | None:
    """Read a person URL, absolute or relative; None for any other text. Raises InvalidInput."""
    if "persons" not in text and "subscribers" not in text and "participants" not in text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    if not _looks_like_address(text, segments):
        return None
    found = tuple(_in_query(parts.query)) or tuple(_in_path(segments))
    if not found:
        raise InvalidInput(
            "This URL names no person", "It ends before the person's key or ID. Copy all of it."
        )
    if any(identifier.value.startswith(":") for identifier in found):
        raise InvalidInput(
            "This URL is a pattern", "Where the ID belongs, it has a placeholder from the manual."
        )
    return Raw(found)


def in_json(text: str) -> Raw | None:
    """Read a callback or person JSON, damaged ones too; None for any other text. Raises InvalidInput."""
    if not text.startswith(("{", "[")):
        return None
    try:
        people = _people_in(parse(text))
    except JsonSyntaxError as error:
        people = _in_damaged(text)
        if not people:
            place = f"Line {error.line}, column {error.column}: {error.message}."
            raise InvalidInput("This JSON can't be read", place) from None
    if not people:
        raise InvalidInput(
            "This JSON names no person",
            "It has none of person_key, person_id, external ID and mobile number.",
        )
    if len(people) > 1:
        raise InvalidInput(f"This JSON speaks of {len(people):,} people", "Paste one record at a time.")
    return people[0]


def labelled(text: str) -> Raw | None:
    """Read `label: value` lines, as in `External ID: EXT542342`; None when no line has a known label."""
    found: list[Identifier] = []
    for line in text.splitlines():
        line = line.strip().rstrip(",")
        match = _LABELLED.fullmatch(line)
        kind = _LABELS.get(_squeezed(match[1])) if match is not None else None
        if match is not None and kind is not None:
            found.append(Identifier(kind, _unquoted(match[2].strip())))
        else:
            found += _after_words(line)
    order = (_KEY, _EXTERNAL, _OLD, _MDN)
    found.sort(key=lambda identifier: order.index(identifier.kind))
    return Raw(tuple(found)) if found else None


def without_unspecific_label(text: str) -> str | None:
    """Take off a label that names no kind, as in `ID: 12345`; None where there is none."""
    match = _UNSPECIFIC.fullmatch(text)
    return match[1] if match is not None else None


def _after_words(line: str) -> Iterator[Identifier]:
    """Read `Person key ABC123`: a label that nothing but a space separates."""
    for count in range(_LABEL_WORDS_AT_MOST, 0, -1):
        *words, rest = [*line.split(maxsplit=count), ""][: count + 1]
        kind = _LABELS.get(_squeezed(" ".join(words)))
        if kind is not None and rest and (kind is not _MDN or _LIKE_A_NUMBER.fullmatch(rest)):
            yield Identifier(kind, _unquoted(rest.strip()))
            return


def _looks_like_address(text: str, segments: list[str]) -> bool:
    has_scheme = text.lower().startswith(("http://", "https://"))
    known = {"persons", "subscribers", "participants"}.intersection(segments)
    return bool(known) and (has_scheme or text.startswith("/") or segments[0] in {"companies", "persons"})


def _in_query(query: str) -> Iterator[Identifier]:
    for name, value in parse_qsl(query, keep_blank_values=False):
        kind = _LABELS.get(_squeezed(name))
        if kind is _MDN and value.startswith(" "):
            value = "+" + value[1:]
        if kind is not None and value:
            yield Identifier(kind, value)


def _in_path(segments: list[str]) -> Iterator[Identifier]:
    if "persons" not in segments:
        return
    rest = segments[segments.index("persons") + 1 :]
    is_external = rest[:1] == ["external"]
    rest = rest[1:] if is_external else rest
    below = next((i for i, segment in enumerate(rest) if i and segment in _BELOW_A_PERSON), len(rest))
    value = unquote("/".join(rest[:below]))
    if value:
        yield Identifier(_EXTERNAL if is_external else kind_of_key(value), value)


def _people_in(value: Json) -> list[Raw]:
    items: Iterable[Json] = value.items if isinstance(value, JsonArray) else (value,)
    found = [_person_of(item) for item in items if isinstance(item, JsonObject)]
    return list({raw.identifiers: raw for raw in found if raw.identifiers}.values())


def _person_of(document: JsonObject) -> Raw:
    for path in _PERSON_PATHS:
        holder: Json = document
        for step in path:
            holder = holder.get(step) if isinstance(holder, JsonObject) else None
        if isinstance(holder, JsonObject) and (found := tuple(_of_holder(holder, nested=True))):
            return Raw(found)
    return Raw(tuple(_of_holder(document, nested=False)), is_person=True)


def _of_holder(holder: JsonObject, *, nested: bool) -> Iterator[Identifier]:
    """List what an object that stands for a person says; `id` counts only inside of a callback."""
    for name, kind in (*_KEYS_OF_KINDS, *((("id", _OLD),) if nested else ())):
        text = _text(holder.get(name))
        if text:
            yield Identifier(kind_of_key(text) if kind is _OLD else kind, text)
    for number in (holder.get("mdn"), holder.get("mobile_phone"), holder.get("mobile")):
        text = _text(number.get("mdn") if isinstance(number, JsonObject) else number)
        if text:
            yield Identifier(_MDN, text)


def _in_damaged(text: str) -> list[Raw]:
    """Find the members that name a person in a JSON with comments, missing quotes or a cut-off end."""
    kinds = {**dict(_KEYS_OF_KINDS), "mdn": _MDN}
    found = {kinds[match[1]]: Identifier(kinds[match[1]], match[2]) for match in _MEMBER.finditer(text)}
    ordered = tuple(found[kind] for kind in (_KEY, _EXTERNAL, _OLD, _MDN) if kind in found)
    return [Raw(ordered)] if ordered else []


def _text(value: Json) -> str | None:
    if isinstance(value, JsonNumber):
        return value.text
    return value if isinstance(value, str) else None


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] in "\"'“" and text[-1] in "\"'”":
        return text[1:-1].strip()
    return text


def _squeezed(label: str) -> str:
    return "".join(c for c in label.casefold() if c.isalnum())
