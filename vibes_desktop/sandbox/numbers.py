"""How the two versions of the API spell mobile numbers (MDNs)."""

import re
from enum import IntEnum

from vibes_desktop.sandbox.answers import Refusal, refuse

COUNTRY_NOT_SUPPORTED = "countrynotsupported"
NORTH_AMERICA = "+1"

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
E164_NORTH_AMERICA = re.compile(r"\+1[2-9][0-9]{9}")
NATIONAL = re.compile(r"[2-9][0-9]{9}")
NATIONAL_IN_SEARCH = re.compile(r"[0-9]{7,10}")


class ApiVersion(IntEnum):
    """The value of X-API-Version."""

    ONE = 1
    TWO = 2


def mdn_to_find(text: str, version: ApiVersion) -> str:
    """Read a number somebody looks for; impossible but well-formed ones may be stored. Raises a 400."""
    if version is ApiVersion.ONE:
        if NATIONAL_IN_SEARCH.fullmatch(text):
            return NORTH_AMERICA + text
    elif E164.fullmatch(text):
        return text
    raise _misspelt(text, version, 400)


def mdn_to_store(text: str, version: ApiVersion, status: int = 422) -> str:
    """Read a number that is to be stored or messaged. Raises a refusal with this status."""
    if version is ApiVersion.ONE:
        if NATIONAL.fullmatch(text):
            return NORTH_AMERICA + text
    elif E164.fullmatch(text) and (not text.startswith(NORTH_AMERICA) or E164_NORTH_AMERICA.fullmatch(text)):
        return text
    raise _misspelt(text, version, status)


def mdn_shown(mdn: str, version: ApiVersion) -> str:
    """Spell a stored number for this version. Raises a 422 where version 1 has no spelling for it."""
    if version is ApiVersion.TWO or not mdn.startswith("+"):
        return mdn
    if mdn.startswith(NORTH_AMERICA):
        return mdn.removeprefix(NORTH_AMERICA)
    raise refuse(422, "The country of mobile_phone.mdn needs version 2 of the API.", COUNTRY_NOT_SUPPORTED)


def _misspelt(text: str, version: ApiVersion, status: int) -> Refusal:
    if text.startswith(" "):
        return refuse(status, "mdn is not in proper format: be sure to send %2B in place of +.")
    if version is ApiVersion.ONE and text.startswith("+"):
        return refuse(
            status, "mdn is in E.164 format, which needs version 2 of the API.", COUNTRY_NOT_SUPPORTED
        )
    if version is ApiVersion.TWO and NATIONAL_IN_SEARCH.fullmatch(text):
        return refuse(status, "mdn is not in E.164 format.", COUNTRY_NOT_SUPPORTED)
    return refuse(status, "mobile_phone.mdn is not in proper mobile number format.")
