"""The words and tone for what became of a change."""

from __future__ import annotations

from dataclasses import dataclass

from vibes_desktop.model.change import Outcome
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.ui.widgets.pill import Tone

WORDS = 60  # characters of a value
TONES = {
    Outcome.VERIFIED: Tone.OK,
    Outcome.DIFFERS: Tone.WARN,
    Outcome.NOT_SAVED: Tone.BAD,
    Outcome.UNKNOWN: Tone.BAD,
    Outcome.SENDING: Tone.BAD,
    Outcome.INTENDED: Tone.BAD,
}


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What a notice says."""

    tone: Tone
    title: str
    sentences: tuple[str, ...]


def notice_of(result: SaveResult) -> NoticeText:
    """Tell a result in words."""
    sentences = [*_details(result), *_meanwhile(result)]
    if result.journal_error is not None:
        sentences.append(f"The outcome could not be written into History: {result.journal_error.title}.")
    return NoticeText(TONES[result.outcome], result.title, tuple(sentences))


def _details(result: SaveResult) -> list[str]:
    changes = result.record.intention.changes
    if result.outcome is Outcome.VERIFIED:
        names = ", ".join(visible(change.field.name) for change in changes)
        return [f"Read back and compared: {names}."]
    if result.outcome is Outcome.DIFFERS:
        return [
            f"{visible(each.field.name)}: sent “{one_line(each.wanted, WORDS)}”, "
            f"the platform shows “{one_line(each.came, WORDS)}”."
            for each in result.differences
        ] or ["Look at the record: it shows what the platform holds now."]
    error = result.error
    words = [] if error is None else [f"{error.title}.", error.done, error.advice]
    return [*words, result.record.detail] if result.record.detail else words


def _meanwhile(result: SaveResult) -> list[str]:
    names = ", ".join(visible(change.field.name) for change in result.changed_meanwhile)
    return [f"Changed by someone else meanwhile, and left as it is: {names}."] if names else []
