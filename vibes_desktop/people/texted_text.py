"""The page “Why was this person texted?” as plain text, for a file or a ticket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from vibes_desktop.model.phone import show
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.people.display import heading, visible
from vibes_desktop.people.texted import NOT_WHEN, Event, TextedPage

NO_TIME = "no time given"
TITLE = "Why was this person texted?"
When = Callable[[datetime], str]


class Mask(Protocol):
    """What hides personal data while it is to be hidden."""

    def number(self, text: str) -> str:
        """Give a number as it may be shown."""

    def own(self, text: str) -> str:
        """Give a value of a person's own as it may be shown."""

    def text(self, text: str) -> str:
        """Give a sentence as it may be shown."""


def identity_of(page: TextedPage, version: ApiVersion, mask: Mask) -> list[tuple[str, str]]:
    """Say whom the page is about: labels and values."""
    person = page.person
    found = [("Person", mask.own(heading(person, version)))]
    if person.mdn:
        found.append(("Mobile number", mask.number(visible(show(person.mdn, version).text))))
    if person.external_person_id:
        found.append(("External ID", mask.own(visible(person.external_person_id))))
    if person.person_key:
        found.append(("Person key", visible(person.person_key)))
    return found


def when_of(event: Event, when: When) -> str:
    """Say when something was, in the reader's zone; as it was written where that can't be read."""
    if event.written:
        return visible(event.written)
    return NO_TIME if event.at is None else when(event.at)


def sentences_of(event: Event, mask: Mask) -> tuple[str, str]:
    """Say what happened, and what nobody says of it."""
    gap = event.gap.removeprefix(NOT_WHEN).strip() if event.at is None else event.gap
    return mask.text(event.words), gap or (NOT_WHEN if event.at is None and not event.written else "")


def to_text(page: TextedPage, version: ApiVersion, when: When, mask: Mask) -> str:
    """Write the page; lines end in line feeds."""
    return "\n".join(_lines(page, version, when, mask)) + "\n"


def _lines(page: TextedPage, version: ApiVersion, when: When, mask: Mask) -> Iterator[str]:
    yield TITLE
    yield "=" * len(TITLE)
    yield ""
    for label, value in identity_of(page, version, mask):
        yield f"{label}: {value}"
    yield f"Looked up: {when(page.made_at)}"
    yield from ("", *(mask.text(each) for each in page.answer))
    yield from _section("What happened, in order of time")
    for event in page.events:
        words, gap = sentences_of(event, mask)
        yield f"{when_of(event, when)}  [{event.source.value}]  {words}"
        if gap:
            yield f"    {gap}"
    if page.ways_in:
        yield from _section("How people get onto these lists now")
        yield from (f"- {mask.text(each.words)}" for each in page.ways_in)
    yield from _section("What is not known")
    yield from (f"- {each}" for each in page.gaps)


def _section(title: str) -> Iterator[str]:
    yield from ("", title, "-" * len(title))
