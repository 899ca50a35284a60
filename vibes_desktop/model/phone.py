"""Mobile numbers: reading any notation, one internal form (E.164), both API versions' forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from vibes_desktop.model.profile import ApiVersion

NATIONAL_DIGITS_OF_VERSION_1 = 10


@dataclass(frozen=True, slots=True)
class PhoneView:
    """How a number is shown. `region` is an ISO 3166 code, None where unknown."""

    text: str = field(repr=False)
    region: str | None
    is_valid: bool


def to_e164(text: str, region: str) -> str | None:
    """Read a number in any notation; None when it cannot be a phone number.

    `region` (ISO 3166, such as "US") is used when the text has no country code. A leading 00 is
    read as + where the region's own prefix makes nothing of it. A number without its area code
    is none.
    """
    text = text.strip()
    return _parsed(text, region) or (_parsed("+" + text[2:], region) if text.startswith("00") else None)


def _parsed(text: str, region: str) -> str | None:
    import phonenumbers  # 20 ms that the first paint does not wait for

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_valid(e164: str) -> bool:
    """Tell whether the numbering plan has such a number."""
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(e164, None))
    except phonenumbers.NumberParseException:
        return False


def show(stored: str, version: ApiVersion) -> PhoneView:
    """Format a stored number; one that is not valid is shown exactly as it is stored."""
    import phonenumbers

    try:
        number = phonenumbers.parse(from_platform(stored, version), None)
    except phonenumbers.NumberParseException:
        return PhoneView(stored, None, is_valid=False)
    region = phonenumbers.region_code_for_number(number)
    if not phonenumbers.is_valid_number(number):
        return PhoneView(stored, region, is_valid=False)
    text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return PhoneView(text, region, is_valid=True)


def from_platform(stored: str, version: ApiVersion) -> str:
    """Turn a received number into the internal form; what does not fit stays as it is."""
    if version is ApiVersion.V1 and stored.isascii() and stored.isdigit():
        return f"+1{stored}" if len(stored) == NATIONAL_DIGITS_OF_VERSION_1 else stored
    return stored


def to_platform(e164: str, version: ApiVersion) -> str | None:
    """Spell a number for the chosen API version; None where it cannot carry it (docs/platform.md §3)."""
    if version is ApiVersion.V2:
        return e164
    national = e164.removeprefix("+1")
    fits = e164.startswith("+1") and len(national) == NATIONAL_DIGITS_OF_VERSION_1 and national.isdigit()
    return national if fits else None
