"""What the platform can take: checked while typing, and again before sending."""

from __future__ import annotations

from typing import Final

from vibes_desktop.model.fields import EXTERNAL_ID, MOBILE, FieldRef
from vibes_desktop.model.jsonvalue import Json, first_unsendable, is_unicode
from vibes_desktop.model.person import MAX_EXTERNAL_ID_CHARACTERS
from vibes_desktop.model.phone import is_valid, to_e164, to_platform
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.entry import unsendable_words

DOT_IDS: Final = frozenset({".", ".."})
HALF_CHARACTER: Final = "It holds half of a character, which can't be sent."
_NO_REGION: Final = "ZZ"


def problem_of_value(field: FieldRef, value: Json, version: ApiVersion) -> str | None:
    """Say why a value can't be sent in a field; None when it can."""
    if field.is_custom:
        return problem_of_name(field.name) or _problem_of_json(value)
    if value is None:
        return None
    if field == EXTERNAL_ID:
        return problem_of_external_id(value) if isinstance(value, str) else "An external ID is text."
    if field == MOBILE:
        return problem_of_number(value, version) if isinstance(value, str) else "A mobile number is text."
    return "This field can't be written."


def problem_of_external_id(text: str) -> str | None:
    """Say why a text can't be an external ID (docs/platform.md §4, §8.1)."""
    if not text:
        return "Blank is not an ID. To remove the ID, clear the field."
    if len(text) > MAX_EXTERNAL_ID_CHARACTERS:
        return (
            f"An external ID has at most {MAX_EXTERNAL_ID_CHARACTERS} characters; this one has {len(text):,}."
        )
    if text in DOT_IDS:
        return "“.” and “..” mean a folder in an address: no call could ever reach this person."
    return None if is_unicode(text) else HALF_CHARACTER


def problem_of_number(e164: str, version: ApiVersion) -> str | None:
    """Say why a number can't be sent under an API version (docs/platform.md §3)."""
    if to_e164(e164, _NO_REGION) != e164:
        return "This is not a complete phone number. Numbers look like +1 312 555 0143."
    if to_platform(e164, version) is None:
        return "API version 1 takes numbers of +1 countries only. Choose version 2 in the profile for others."
    return None


def problem_of_name(name: str) -> str | None:
    """Say why a text can't be the name of a custom field."""
    if not name.strip():
        return "A field needs a name."
    return None if is_unicode(name) else HALF_CHARACTER


def warning_of_value(field: FieldRef, value: Json) -> str | None:
    """Say what is unusual about a value that can be sent."""
    if not isinstance(value, str):
        return None
    if field == MOBILE:
        return None if is_valid(value) else "No numbering plan that we know has this number."
    if field != EXTERNAL_ID:
        return None
    if value != value.strip():
        return "The ID begins or ends with a space. It becomes part of it."
    if "/" in value:
        return "Some proxies mangle “/” in an address: the person key is the safer way to this person."
    return None


def _problem_of_json(value: Json) -> str | None:
    if isinstance(value, str):
        return None if is_unicode(value) else HALF_CHARACTER
    place = first_unsendable(value)
    return None if place is None else unsendable_words(place)
