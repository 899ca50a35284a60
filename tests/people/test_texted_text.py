"""The page as text, masked or not."""

from datetime import UTC, datetime

from vibes_desktop.model.jsonvalue import obj
from vibes_desktop.model.masking import masked_number, masked_own, masked_text
from vibes_desktop.model.person import Person
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.texted import NOT_HOW, NOT_WHEN, Event, Source, TextedPage, WayIn
from vibes_desktop.people.texted_text import NO_TIME, sentences_of, to_text, when_of

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PERSON = Person(
    obj(
        person_key="key-1",
        external_person_id="CRM-77",
        mobile_phone=obj(mdn="+12065550143"),
        custom_fields=obj(first_name="Ana", last_name="Ito"),
    )
)
PAGE = TextedPage(
    PERSON,
    NOON,
    ("They are on one list now: Deals.",),
    (
        Event(Source.PLATFORM, NOON, "They joined Deals.", NOT_HOW),
        Event(Source.CALLBACK, None, "person_added: +12065550143", NOT_WHEN),
        Event(Source.PLATFORM, None, "They left.", "", written="long ago"),
    ),
    (WayIn("Deals"),),
    ("Something.",),
)


class Shown:
    def number(self, text: str) -> str:
        return text

    def own(self, text: str) -> str:
        return text

    def text(self, text: str) -> str:
        return text


class Hidden:
    def number(self, text: str) -> str:
        return masked_number(text)

    def own(self, text: str) -> str:
        return masked_own(text)

    def text(self, text: str) -> str:
        return masked_text(text)


def when(moment: datetime) -> str:
    return f"{moment:%H:%M} UTC"


def test_every_part_is_in_the_text() -> None:
    text = to_text(PAGE, ApiVersion.V2, when, Shown())
    for part in (
        "Person: Ana Ito",
        "Mobile number: +1 206-555-0143",
        "External ID: CRM-77",
        "Person key: key-1",
        "Looked up: 12:00 UTC",
        "12:00 UTC  [Platform]  They joined Deals.",
        f"    {NOT_HOW}",
        f"{NO_TIME}  [Callback]  person_added",
        "long ago  [Platform]  They left.",
        "- Deals: the platform names no campaign",
        "- Something.",
    ):
        assert part in text
    assert text.endswith("\n")


def test_masked_it_tells_nobody_apart() -> None:
    text = to_text(PAGE, ApiVersion.V2, when, Hidden())
    for secret in ("Ana Ito", "206", "0143", "CRM-77"):
        assert secret not in text


def test_a_missing_time_is_said_once() -> None:
    event = PAGE.events[1]
    assert when_of(event, when) == NO_TIME
    assert sentences_of(event, Shown())[1] == NOT_WHEN
    assert sentences_of(PAGE.events[2], Shown())[1] == ""
