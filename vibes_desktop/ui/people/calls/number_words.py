"""Where a change of number stands, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vibes_desktop.model.number_change import NumberChange, NumberStep
from vibes_desktop.people.display import visible
from vibes_desktop.people.holders import list_words
from vibes_desktop.people.number_standing import Standing
from vibes_desktop.people.renumber import NumberResult
from vibes_desktop.ui.widgets.pill import Tone

NOT_KNOWN = "Where it stands could not be read"
MAY_YET_ARRIVE = (
    "No usable answer came to the last step, and it may yet arrive. Look again before you go on or restore."
)
_STANDINGS = {
    Standing.HAS_OLD: "The old number is still in the record; the new one is not.",
    Standing.HAS_NONE: "The old number is removed, the new one is not there yet: they have no number now.",
    Standing.HAS_NEW: "The same person has the new number.",
    Standing.HAS_OTHER: "The record has a third number, neither the old nor the new one.",
    Standing.TAKEN: "The record has no number now, and somebody else has the new one.",
    Standing.RE_KEYED: "The external ID does not find this record any more.",
    Standing.GONE: "The record is no longer there under its person key.",
}
_NOT_READ = {
    NumberStep.PLANNED: "Nothing was sent.",
    NumberStep.REMOVING: "The removal of the old number may have been sent.",
    NumberStep.REMOVED: "The old number was removed. The new one was not sent yet.",
    NumberStep.ADDING: "The old number was removed. The new one may have been sent.",
    NumberStep.RESTORING: "The old number may have been sent again.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a result."""

    tone: Tone
    title: str
    sentences: tuple[str, ...]


def told(result: NumberResult, names: Mapping[str, str]) -> Told:
    """Tell a result: its state first, then why, then what can be done."""
    if result.change.step is NumberStep.DONE:
        return _done(result, names, "The number was changed")
    if result.change.step is NumberStep.RESTORED:
        return _done(result, names, "The old number was restored")
    if result.change.step is NumberStep.UNCHANGED:
        why = (f"{result.error.title}.", result.error.advice) if result.error is not None else ()
        return Told(Tone.NEUTRAL, "The number was not changed", _said("The old number is still there.", *why))
    title = "Stopped half-way" if result.position is not None else NOT_KNOWN
    sentences = [state_words(result)]
    if result.error is not None:
        sentences += [f"{result.error.title}.", result.error.advice]
    if result.is_uncertain:
        sentences.append(MAY_YET_ARRIVE)
    if result.journal_error is not None:
        sentences.append(f"The step could not be written into the journal: {result.journal_error.title}.")
    return Told(Tone.BAD if result.error is not None else Tone.WARN, title, _said(*sentences))


def state_words(result: NumberResult) -> str:
    """Say where it stands: as read from the platform, else as the journal has it."""
    if result.position is not None:
        return _STANDINGS[result.position.standing]
    return _NOT_READ.get(result.change.step, "")


def waiting_words(change: NumberChange) -> str:
    """Say of a change that was left what the journal knows."""
    return _NOT_READ.get(change.step, "")


def _done(result: NumberResult, names: Mapping[str, str], title: str) -> Told:
    sentences = ["Read back: the same person key, under the same external ID."]
    holder = result.holder
    if holder is None or holder.trouble is not None:
        sentences.append("What they are subscribed to now could not be read.")
        return Told(Tone.WARN, title, tuple(sentences))
    now = {each.list_id for each in holder.active}
    lost = [visible(list_words(each, names)) for each in result.change.lists if each not in now]
    if lost:
        sentences.append(
            f"Opt-ins that did not carry over: {', '.join(lost)}. Opt in again where they agree."
        )
    elif result.change.lists:
        sentences.append("They read as subscribed to the same lists as before.")
    return Told(Tone.WARN if lost else Tone.OK, title, tuple(sentences))


def _said(*sentences: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in sentences if each))
