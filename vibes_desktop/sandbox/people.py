"""The demo people: made from a fixed seed, and as awkward as real ones.

Numbers lie in ranges kept free for fiction: 555-01xx in North America, 07700 900xxx in the United Kingdom,
0176 040690xx in Germany. None is in +1 312 555 or +1 312 556.
"""

from collections.abc import Iterator
from random import Random

from vibes_desktop.sandbox.account import (
    GENDERS,
    GROCERY,
    HARDWARE_STORE,
    MALE,
    NOT_TOLD,
    ORDER_UPDATES,
    SPRING_SALE,
    STORES,
    WEEKLY_DEALS,
)
from vibes_desktop.sandbox.answers import Json, JsonObject
from vibes_desktop.sandbox.fields import Option
from vibes_desktop.sandbox.mobiledb import CARRIERS, new_key
from vibes_desktop.sandbox.persons import PersonRecord
from vibes_desktop.sandbox.subscriptions import Subscription

DEMO_EXTERNAL_ID = "EXT542342"
DEMO_PERSON_KEY = "c5235a10-e243-42d7-979c-7f6234a21b60"
DEMO_PERSON_ID = "987654"
DEMO_MDN = "+12065550143"
SHARED_MDN = "+12065550150"  # of three people with different carriers, the places of SHARED_BY
SHARED_BY = range(1, 4)
FIRST_ODD_ID = 4  # the place of the first person with an unusual external ID


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# An area code and its time zone; the fictional numbers of each are 100.
AREAS = tuple(
    (code, zone)
    for zone, codes in (
        ("US/Eastern", "201 202 203 212 215 216 305 401 404 407 410 412 423 617"),
        ("US/Central", "205 210 214 225 251 314 316 402 405 414 504 512 615 713"),
        ("US/Mountain", "303 307 385 406 435 480 505 520"),
        ("US/Pacific", "206 209 213 253 310 360 415 425 503 509 530 541 559 562"),
    )
    for code in _words(codes)
)

ODD_EXTERNAL_IDS = (
    "CRM/77/eu",
    "100%",
    "%2F",
    "two words",
    "what?",
    "#1",
    "plus+sign",
    "a&b=c;d",
    "../up",
    "emoji-😀-👩‍👧",
    "שלום-עולם",
    "long-" + "x" * 123,
    'back\\slash "quoted"',
    "Zoë",
    "Zoe\u0308",
    " leading and trailing ",
    "<img src=x>",
    "=cmd()",
    "2065550143",
    "no\u00a0break",
)

INVALID_MDNS = ("+1999999999", "+1205555", "2065550143", "+120655501430", "unknown")

FIRST_NAMES = _words(
    "Ana Bea Chloé Dmitri Emeka Fatima Grace Hiroshi Ingrid José Kofi Lena Marek Nadia Óscar Priya Quinn "
    "Rosa Søren Tariq Uma Viktor Wei Ximena Yusuf Zoë"
)
LAST_NAMES = _words(
    "Adeyemi Brown Castillo D’Angelo Eriksen Fischer García Haddad Ito Johnson Kowalska Lindqvist Müller "
    "Nguyen O'Neill Petrov Quispe Rossi Smith Tanaka Usman Varga Williams Yılmaz Zhou"
)

ODD_NOTES = (
    "<b>not bold</b> <img src=file:///etc/hostname>",
    '=HYPERLINK("https://example.com")',
    "first line\nsecond line\ttabbed",
    "no\u00a0break\u2028line separator",
    "\ufeffa byte order mark, a bell \u0007 and an escape \u001b[31m",
    "‮right to left‬ and back",
    "a lone surrogate: \ud83d",
    " spaces around ",
    "",
)

OPT_OUT_REASONS = (
    "user_opt_out",
    "keyword_opt_out",
    "api_opt_out",
    "disconnect",
    "BULK_OPT_OUT",
    "moved_away",
)


def make_people(random: Random, count: int) -> Iterator[PersonRecord]:
    """Make so many people, the well-known one first."""
    if count > 0:
        yield demo_person()
    for index in range(1, count):
        yield _make_person(random, index)


def make_subscriptions(random: Random, people: list[PersonRecord]) -> Iterator[Subscription]:
    """Make the stays on lists of these people, some of them ended, some begun again."""
    if people:
        yield Subscription(people[0], WEEKLY_DEALS, "2017-01-15T15:34:52Z")
        yield Subscription(people[0], ORDER_UPDATES, "2021-03-03T09:12:00Z")
        yield Subscription(
            people[0], SPRING_SALE, "2017-01-15T15:36:10Z", "2017-02-18T15:34:52+0000", "user_opt_out"
        )
    for person in people[1:]:
        if person.mdn is not None:
            yield from _stays(random, person)


def demo_person() -> PersonRecord:
    """Make the well-known first person."""
    custom_fields: JsonObject = {
        "first_name": "Steve",
        "last_name": "Millar",
        "birthdate": "1950-12-01T00:00:00Z",
        "gender": MALE.shown(),
        "favorite_stores": [HARDWARE_STORE.shown(), GROCERY.shown()],
        "Home_Zip": "02134",
        "loyalty_id": None,
        "preferences": {
            "channel": "sms",
            "quiet_hours": {"from": 21, "to": 8},
            "topics": ["tools"],
            "vip": False,
        },
        "email": "steve.millar@example.com",
        "visits": 12,
        "newsletter": True,
        "notes": None,
    }
    return PersonRecord(
        person_key=DEMO_PERSON_KEY,
        person_id=DEMO_PERSON_ID,
        external_person_id=DEMO_EXTERNAL_ID,
        mdn=DEMO_MDN,
        carrier_code="104",
        timezone="US/Central",
        timezone_source="api",
        custom_fields=custom_fields,
        created_at="2017-01-15T14:30Z",
        updated_at="2021-03-03T09:12Z",
    )


def _make_person(random: Random, index: int) -> PersonRecord:
    year, month, day = random.randrange(2014, 2025), random.randrange(1, 13), random.randrange(1, 29)
    mdn, zone = _phone(index)
    external_id = _external_id(index)
    return PersonRecord(
        person_key=new_key(random),
        person_id=str(12_000_000 + index * 37),
        external_person_id=external_id,
        mdn=mdn,
        carrier_code=None if mdn is None or index % 41 == 40 else CARRIERS[index % len(CARRIERS)],
        timezone=zone,
        timezone_source="area_code" if zone else None,
        custom_fields=_custom_fields(random, index),
        created_at=f"{year}-{month:02}-{day:02}T{index % 24:02}:{index % 60:02}Z",
        updated_at=f"{year + 1}-{month:02}-{day:02}T{index % 24:02}:{index % 60:02}Z",
        extra={"sandbox_element": {"note": "no document names this"}} if index % 50 == 25 else {},
    )


def _phone(index: int) -> tuple[str | None, str | None]:
    """Give number and time zone by place; shared, missing, foreign and invalid ones among them."""
    if index in SHARED_BY:
        return SHARED_MDN, "US/Pacific"
    if index % 31 == 30:
        return None, None
    if index % 89 == 88:
        return f"+447700900{index // 89 % 1000:03}", "Europe/London"
    if index % 97 == 96:
        return f"+491760406{9000 + index // 97 % 100:04}", "Europe/Berlin"
    if index % 211 == 210:
        return INVALID_MDNS[index // 211 % len(INVALID_MDNS)], None
    if index % 101 == 100:  # shares the number of the person before, on another carrier
        index -= 1
    code, zone = AREAS[index % len(AREAS)]
    return f"+1{code}555{100 + index // len(AREAS) % 100:04}", zone


def _external_id(index: int) -> str | None:
    odd = index - FIRST_ODD_ID
    if 0 <= odd < len(ODD_EXTERNAL_IDS):
        return ODD_EXTERNAL_IDS[odd]
    if index % 23 == 22 and index % 31 != 30:
        return None
    return f"CRM-{index:06}" if index % 3 else f"EXT{600_000 + index * 7}"


def _custom_fields(random: Random, index: int) -> JsonObject:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    stores: list[Json] = [_store(each, index) for each in random.sample(STORES, index % 4)]
    return {
        "first_name": None if index % 58 == 0 else first,
        "last_name": None if index % 29 == 0 else last,
        "birthdate": _birthdate(random, index),
        "gender": _gender(index),
        "favorite_stores": stores,
        "Home_Zip": None if index % 19 == 0 else f"{random.randrange(501, 99951):05}",
        "loyalty_id": str(543_000_000 + index * 991) if index % 4 else None,
        "preferences": _preferences(index),
        "email": None if index % 13 == 0 else f"{first}.{index}@example.com".lower(),
        "visits": _visits(index),
        "newsletter": (True, False, None)[index % 3],
        "notes": ODD_NOTES[index // 5 % len(ODD_NOTES)] if index % 5 == 0 else None,
    }


def _birthdate(random: Random, index: int) -> str | None:
    if index % 17 == 0:
        return None
    day = f"{random.randrange(1930, 2007)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
    return f"{day}T00:00:00" + ("z" if index % 9 == 0 else "Z")


def _gender(index: int) -> Json:
    if index % 5 == 0:
        return None
    option = NOT_TOLD if index % 16 == 7 else GENDERS[index % 3]
    if index % 11 == 0:  # as read in older days
        return {"id": option.id, "name": option.name}
    return option.shown()


def _store(option: Option, index: int) -> Json:
    return {"id": option.id, "name": option.name} if index % 37 == 0 else option.shown()


def _preferences(index: int) -> Json:
    if index % 3:
        return None
    topics: list[Json] = ["tools", "bread", "plants"]
    if index % 60 == 0:  # a table
        return [{"topic": topic, "times": index % 5 + 1} for topic in topics]
    return {
        "channel": ("sms", "push", "e-mail")[index % 7 % 3],
        "quiet_hours": {"from": 21, "to": index % 5 + 6},
        "topics": topics[: index % 4],
        "vip": index % 8 == 0,
    }


def _visits(index: int) -> Json:
    if index % 6 == 0:
        return None
    return index % 90 / 4 if index % 10 == 3 else index % 120


def _stays(random: Random, person: PersonRecord) -> Iterator[Subscription]:
    dice = random.random()
    year = random.randrange(2015, 2024)
    joined = (
        f"{year}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}T{random.randrange(24):02}:07:41Z"
    )
    reason = OPT_OUT_REASONS[int(dice * 1000) % len(OPT_OUT_REASONS)]
    if dice < 0.6:
        yield Subscription(person, WEEKLY_DEALS, joined)
    elif dice < 0.8:
        yield Subscription(person, WEEKLY_DEALS, joined, f"{year + 1}-07-09T23:55:00.000Z", reason)
    elif dice < 0.9:
        yield Subscription(person, WEEKLY_DEALS, joined, f"{year + 1}-02-18T15:34:52+0000", reason)
        yield Subscription(person, WEEKLY_DEALS, f"{year + 2}-03-01T08:00:12Z")
    if 0.3 < dice < 0.5:
        yield Subscription(person, ORDER_UPDATES, joined)
    if dice > 0.93:
        yield Subscription(person, SPRING_SALE, joined, f"{year + 1}-05-31T23:59:59Z", "list_archived")
