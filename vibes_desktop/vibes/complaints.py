"""What a refusal says in its body, whatever the shape (docs/platform.md §6, C-2)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from vibes_desktop.model.errors import PlatformComplaint
from vibes_desktop.model.jsonvalue import (
    Json,
    JsonArray,
    JsonNumber,
    JsonObject,
    JsonSyntaxError,
    dump,
    parse,
)
from vibes_desktop.vibes.answer import Answer

MAX_SHOWN_CHARACTERS: Final = 1000
NUMBER_DOES_NOT_FIT: Final = "countrynotsupported"
NAMED_CODES: Final = (
    NUMBER_DOES_NOT_FIT,
    "MDNHASCONFIRMATIONBLOCK",
    "EXTERNALPERSONIDMISMATCH",
    "UNPROCESSABLE ENTITY",
)
PHONE_WORDS: Final = ("mdn", "mobile phone", "mobile number", "phone number", "phone")
_TITLE: Final = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


def read_complaints(answer: Answer, sent_body: str | None) -> tuple[PlatformComplaint, ...]:
    """Read all entries of the documented envelope, or of what looks like one."""
    value = _json_of(answer)
    names = _sent_names(sent_body)
    return tuple(_finished(complaint, names) for complaint in _entries(value))


def shown_text(answer: Answer) -> str:
    """Give a body as short plain text: of HTML its title alone, of broken bytes nothing."""
    text = answer.text()
    if text is None or not text.strip():
        return ""
    if "html" in answer.media_type or re.match(r"\s*<(!doctype|html|head|body)\b", text, re.IGNORECASE):
        found = _TITLE.search(text[:100_000])
        text = html.unescape(_TAG.sub(" ", found[2])) if found else ""
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * MAX_SHOWN_CHARACTERS])
    return " ".join(printable.split())[:MAX_SHOWN_CHARACTERS]


def _json_of(answer: Answer) -> Json:
    text = answer.text()
    if not text:
        return None
    try:
        return parse(text)
    except JsonSyntaxError:
        return None


def _entries(value: Json) -> Iterator[PlatformComplaint]:
    if not isinstance(value, JsonObject):
        return
    errors = value.get("errors", value.get("error"))
    match errors:
        case JsonArray():
            for entry in errors:
                yield from _entry(entry)
        case JsonObject() if "message" in errors:
            yield from _entry(errors)
        case JsonObject():
            for name, said in errors.members:
                for entry in said if isinstance(said, JsonArray) else (said,):
                    yield PlatformComplaint(_shown(entry), field=name)
        case _ if isinstance(value.get("message"), str):
            yield from _entry(value)
        case str():
            yield PlatformComplaint(errors)


def _entry(entry: Json) -> Iterator[PlatformComplaint]:
    if entry is None:
        return
    if not isinstance(entry, JsonObject):
        yield PlatformComplaint(_shown(entry))
        return
    message, code, field = entry.get("message"), entry.get("code"), entry.get("field")
    yield PlatformComplaint(
        _shown(message) if message is not None else _shown(code if code is not None else entry),
        code=_shown(code) if isinstance(code, str | JsonNumber) else None,
        field=field if isinstance(field, str) else None,
    )


def _shown(value: Json) -> str:
    return (value if isinstance(value, str) else dump(value))[:MAX_SHOWN_CHARACTERS]


def _finished(complaint: PlatformComplaint, names: tuple[str, ...]) -> PlatformComplaint:
    """Find the named code and the field that the message itself may hold."""
    message = complaint.message
    code = complaint.code or next((c for c in NAMED_CODES if c.lower() in message.lower()), None)
    return PlatformComplaint(message, code, complaint.field or _named_field(message, names))


def _named_field(message: str, names: tuple[str, ...]) -> str | None:
    """Find the sent field that a message names: as it is spelled, else as words, the longest first."""
    for name in names:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", message):
            return name
    spoken = f" {_as_words(message)} "
    for name in names:
        if _as_words(name) and f" {_as_words(name)} " in spoken:
            return name
    if "mobile_phone" in names and any(f" {word} " in spoken for word in PHONE_WORDS):
        return "mobile_phone"
    return None


def _as_words(text: str) -> str:
    return " ".join(re.split(r"[\W_]+", text.casefold())).strip()


def _sent_names(body: str | None) -> tuple[str, ...]:
    """List the fields of a sent body, custom fields among them, the longest name first."""
    value = parse(body) if body is not None else None
    if not isinstance(value, JsonObject):
        return ()
    custom = value.get("custom_fields")
    names = [name for name in value if name != "custom_fields"]
    names += list(custom) if isinstance(custom, JsonObject) else []
    return tuple(sorted((name for name in names if name), key=len, reverse=True))
