"""A person as stored, as read, and what a request may write of one."""

from dataclasses import dataclass, field

from vibes_desktop.sandbox.answers import OMITTED, Json, JsonObject, Omitted, Problem, Refusal
from vibes_desktop.sandbox.fields import CODE_BAD_VALUE, CustomFields
from vibes_desktop.sandbox.numbers import ApiVersion, mdn_shown, mdn_to_store

EXTERNAL_ID_LIMIT = 128  # characters


@dataclass
class PersonRecord:
    """What the platform stores of one person; `extra` are elements of an answer that no document names."""

    person_key: str
    person_id: str = field(repr=False)
    external_person_id: str | None = field(repr=False, default=None)
    mdn: str | None = field(repr=False, default=None)
    carrier_code: str | None = None
    timezone: str | None = None
    timezone_source: str | None = None
    custom_fields: JsonObject = field(repr=False, default_factory=dict)
    created_at: str = ""
    updated_at: str = ""
    extra: JsonObject = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class PersonBody:
    """The writable part of a request: each is omitted, null or a value. Version 1 numbers are E.164 here."""

    external_person_id: str | Omitted | None = field(default=OMITTED, repr=False)
    mdn: str | Omitted | None = field(default=OMITTED, repr=False)
    carrier_code: str | Omitted | None = OMITTED
    timezone: str | Omitted | None = OMITTED
    custom_fields: JsonObject = field(default_factory=dict, repr=False)


def person_url(company_key: str, person: PersonRecord) -> str:
    """Give the relative address of a person."""
    return f"/companies/{company_key}/mobiledb/persons/{person.person_key}"


def show_person(
    person: PersonRecord, company_key: str, version: ApiVersion, *, with_person_id: bool
) -> JsonObject:
    """Give a person as read. Raises a 422 for a number that version 1 can't spell."""
    shown: JsonObject = {"person_key": person.person_key}
    if with_person_id:
        shown["person_id"] = person.person_id
    shown |= {
        "external_person_id": person.external_person_id,
        "mobile_phone": _show_phone(person, version),
        "timezone": person.timezone,
        "timezone_source": person.timezone_source,
        "custom_fields": person.custom_fields,
        "created_at": person.created_at,
        "updated_at": person.updated_at,
        "url": person_url(company_key, person),
    }
    return shown | person.extra


def read_person_body(
    body: Json, version: ApiVersion, fields: CustomFields, *, bad_number_status: int = 422
) -> PersonBody:
    """Read the writable fields; everything else is ignored. Raises one refusal with all problems."""
    if not isinstance(body, dict):
        raise Refusal(422, Problem("The body must be an object.", "UNPROCESSABLE ENTITY"))
    problems: list[Problem] = []
    phone = body.get("mobile_phone", OMITTED)
    custom_fields: JsonObject = {}
    if "custom_fields" in body:
        custom_fields, found = fields.read(body["custom_fields"])
        problems += found
    read = PersonBody(
        external_person_id=_read_external_id(body, problems),
        mdn=_read_mdn(phone, version, bad_number_status, problems),
        carrier_code=_read_text(phone, "carrier_code", problems) if isinstance(phone, dict) else OMITTED,
        timezone=_read_text(body, "timezone", problems),
        custom_fields=custom_fields,
    )
    if problems:
        raise Refusal(422, *problems)
    return read


def _show_phone(person: PersonRecord, version: ApiVersion) -> Json:
    if person.mdn is None:
        return None
    return {"mdn": mdn_shown(person.mdn, version), "carrier_code": person.carrier_code}


def _read_text(source: JsonObject, key: str, problems: list[Problem]) -> str | Omitted | None:
    value = source.get(key, OMITTED)
    if value is None or value is OMITTED or isinstance(value, str):
        return value
    problems.append(Problem(f"{key} must be a string or null.", CODE_BAD_VALUE))
    return OMITTED


def _read_external_id(body: JsonObject, problems: list[Problem]) -> str | Omitted | None:
    value = _read_text(body, "external_person_id", problems)
    if value == "":
        problems.append(Problem("external_person_id must not be empty.", CODE_BAD_VALUE))
    elif isinstance(value, str) and len(value) > EXTERNAL_ID_LIMIT:
        problems.append(
            Problem(f"external_person_id is longer than {EXTERNAL_ID_LIMIT} characters.", CODE_BAD_VALUE)
        )
    return value


def _read_mdn(
    phone: Json | Omitted, version: ApiVersion, bad_number_status: int, problems: list[Problem]
) -> str | Omitted | None:
    if phone is None or phone is OMITTED:
        return phone
    if not isinstance(phone, dict):
        problems.append(Problem("mobile_phone must be an object or null.", CODE_BAD_VALUE))
        return OMITTED
    mdn = _read_text(phone, "mdn", problems)
    if mdn is None or mdn is OMITTED:
        return mdn
    try:
        return mdn_to_store(mdn, version, bad_number_status)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        problems += refusal.problems
        return OMITTED
