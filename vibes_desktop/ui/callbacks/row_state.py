"""What is special about a row, in a word and an icon each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vibes_desktop.callbacks.columns import KINDS, Columns, Mark
from vibes_desktop.callbacks.payload import Kind
from vibes_desktop.callbacks.query import Term
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.pill import Tone

REDELIVERED, CONFLICTING = "redelivery", "conflict"  # codes of findings
KIND_WORDS = {
    Kind.PERSON: "a person",
    Kind.REGISTRATION: "a registration",
    Kind.SUBSCRIPTION: "a subscription",
    Kind.VIBES_CONNECT: "Vibes Connect",
    Kind.OTHER: "no callback",
}
NO_RETRY_FROM, NO_RETRY_BEFORE = 400, 500  # an answer after which the platform gives up (callbacks.md §1)


@dataclass(frozen=True, slots=True)
class Badge:
    """One state of a row: what it says, and the condition that finds all rows like it."""

    text: str
    tone: Tone
    icon: Icon
    term: Term
    meaning: str


UNREADABLE = Badge(
    "unreadable", Tone.BAD, Icon.ERROR, Term("is", "unreadable"), "Nothing could be read; the text is kept."
)
CONFLICT = Badge(
    "conflict",
    Tone.BAD,
    Icon.ERROR,
    Term("is", "conflicting"),
    "This event ID came before with another body.",
)
REDELIVERY = Badge(
    "redelivered",
    Tone.WARN,
    Icon.REFRESH,
    Term("is", "redelivered"),
    "This event came before with the same body.",
)
CUT_OFF = Badge(
    "cut off", Tone.WARN, Icon.WARNING, Term("is", "cut_off"), "The text ends early; nothing was added."
)
REPAIRED = Badge(
    "repaired",
    Tone.NEUTRAL,
    Icon.EDIT,
    Term("is", "repaired"),
    "It was mended to be read: a strict receiver would not have accepted it.",
)


def badges(columns: Columns, row: int, findings: Sequence[str] = ()) -> tuple[Badge, ...]:
    """Name the states of a row, the gravest first; `findings` are the codes of what was found in it."""
    found = []
    kind, mark = KINDS[columns.at("kind", row)], columns.at("mark", row)
    if kind is Kind.UNREADABLE:
        found.append(UNREADABLE)
    if CONFLICTING in findings:
        found.append(CONFLICT)
    answered = columns.at("answered", row)
    if NO_RETRY_FROM <= answered < NO_RETRY_BEFORE:
        found.append(_refused(answered))
    if mark & Mark.CUT_OFF:
        found.append(CUT_OFF)
    attempt = columns.at("attempt", row)
    if attempt > 1:
        found.append(_attempt(attempt))
    elif REDELIVERED in findings:
        found.append(REDELIVERY)
    if mark & Mark.REPAIRED:
        found.append(REPAIRED)
    if kind in KIND_WORDS:
        found.append(_kind(kind))
    return tuple(found)


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd …"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _attempt(attempt: int) -> Badge:
    meaning = f"The platform says that it delivers this event for the {ordinal(attempt)} time."
    return Badge(
        f"{ordinal(attempt)} attempt", Tone.WARN, Icon.REFRESH, Term("attempt", str(attempt)), meaning
    )


def _refused(answered: int) -> Badge:
    meaning = f"The receiver answered {answered}: the platform did not deliver it again."
    return Badge(f"answered {answered}", Tone.BAD, Icon.ERROR, Term("answered", str(answered)), meaning)


def _kind(kind: Kind) -> Badge:
    meaning = "Not a callback, and recognised for what it is."
    return Badge(KIND_WORDS[kind], Tone.NEUTRAL, Icon.INFO, Term("kind", kind.value), meaning)
