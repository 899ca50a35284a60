"""The words of the history: what happened, in a word or two, and the tone it is said in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from vibes_desktop.model.change import ChangeKind, ChangeRecord, Outcome
from vibes_desktop.people.dates import day_words
from vibes_desktop.people.display import name_of, visible
from vibes_desktop.ui.widgets.pill import Tone

FIELDS_NAMED = 6
NOT_KEPT = "no longer kept"
NEW_PERSON = "New person"


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """How an outcome is shown: on a pill, and as a title with a sentence."""

    pill: str
    tone: Tone
    title: str
    sentence: str


OUTCOMES = {
    Outcome.VERIFIED: OutcomeWords(
        "saved", Tone.OK, "Saved and verified", "Every field was read back as it was wanted."
    ),
    Outcome.DIFFERS: OutcomeWords(
        "saved, differs",
        Tone.WARN,
        "Saved, but something differs",
        "Not every field was read back as wanted.",
    ),
    Outcome.NOT_SAVED: OutcomeWords("not saved", Tone.BAD, "Not saved", "The record stayed as it was."),
    Outcome.UNKNOWN: OutcomeWords(
        "unknown", Tone.WARN, "Unknown", "The program looked again and couldn't tell whether it was saved."
    ),
    Outcome.INTENDED: OutcomeWords(
        "not finished", Tone.WARN, "Not finished", "It was written down and certainly not sent."
    ),
    Outcome.SENDING: OutcomeWords(
        "not finished", Tone.WARN, "Not finished", "It may have been sent; the answer never came."
    ),
}

_OF_KIND = {
    ChangeKind.STOP: {
        Outcome.VERIFIED: OutcomeWords(
            "stopped", Tone.OK, "Stopped and verified", "The subscription was read back as ended."
        ),
        Outcome.DIFFERS: OutcomeWords(
            "still active", Tone.WARN, "Accepted, but still active", "The subscription reads as active."
        ),
        Outcome.NOT_SAVED: OutcomeWords(
            "not stopped", Tone.BAD, "Not stopped", "The subscription stayed as it was."
        ),
    },
    ChangeKind.OPT_IN: {
        Outcome.VERIFIED: OutcomeWords(
            "accepted", Tone.OK, "Accepted and read back", "They read as asked, or as subscribed."
        ),
        Outcome.DIFFERS: OutcomeWords(
            "not seen", Tone.WARN, "Accepted, but not seen", "They read neither as asked nor as subscribed."
        ),
        Outcome.NOT_SAVED: OutcomeWords(
            "not opted in", Tone.BAD, "Not opted in", "This sent no text message."
        ),
    },
}

_KINDS = {
    ChangeKind.UPDATE: "",
    ChangeKind.ADD: "Added",
    ChangeKind.UNDO: "Undone",
    ChangeKind.STOP: "Messages stopped",
    ChangeKind.OPT_IN: "Opt-in",
}


def outcome_words(record: ChangeRecord) -> OutcomeWords:
    """Say how a change ended, in the words of its kind."""
    own = _OF_KIND.get(record.intention.kind, {})
    return own.get(record.outcome, OUTCOMES[record.outcome])


def person_words(record: ChangeRecord) -> str:
    """Name the person of a change: name, else how it was addressed."""
    before = record.intention.before
    identifier = record.person or record.intention.target
    words = (
        record.display_name
        or (name_of(before) if before is not None else None)
        or (identifier.value if identifier is not None else None)
    )
    if words:
        return visible(words)
    return NOT_KEPT if record.is_erased else NEW_PERSON


def change_words(record: ChangeRecord) -> str:
    """Say in one line what a change was about."""
    names = [visible(change.field.name) for change in record.intention.changes]
    text = ", ".join(names[:FIELDS_NAMED])
    if len(names) > FIELDS_NAMED:
        text += f" and {len(names) - FIELDS_NAMED:,} more"
    kind = _KINDS[record.intention.kind]
    return " · ".join(filter(None, (kind, text)))


def short_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """Write a moment to the minute in this computer's zone; the zone stands elsewhere."""
    local = moment.astimezone(zone)
    return f"{day_words(local.date())}, {local:%H:%M}"


def utc_time(moment: datetime) -> str:
    """Write a moment in UTC, as a tooltip shows it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
