"""What became of a change, said on the record it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from vibes_desktop.model.change import ChangeRecord, Outcome
from vibes_desktop.people.display import one_line, visible
from vibes_desktop.people.outcome import SaveResult
from vibes_desktop.people.undo import reason_not_to_undo
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.notice import Notice
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


class OutcomeNotice(Notice):
    """A notice on the record; that of an outcome offers what can be done next."""

    undo_requested = Signal(object)  # ChangeRecord
    look_requested = Signal(object)  # ChangeRecord

    def __init__(self, privacy: Privacy | None = None) -> None:
        self._privacy_of_values = privacy
        self._record: ChangeRecord | None = None
        self.undo = button("Undo", on_click=lambda: self.undo_requested.emit(self._record))
        self.look = button("Look again", on_click=lambda: self.look_requested.emit(self._record))
        super().__init__(Tone.OK, "", actions=(self.undo, self.look), closable=True, privacy=privacy)

    def tell(self, tone: Tone, title: str, *sentences: str) -> None:
        """Say something that is no outcome."""
        self._show(None)
        self.set_content(tone, title, sentences)
        self.show()

    def tell_owed(self, record: ChangeRecord, words: NoticeText) -> None:
        """Say what became of a change, in words of its own; one that is unknown can be looked up again."""
        self._show(record)
        self.set_content(words.tone, words.title, words.sentences)
        self.show()

    def tell_result(self, result: SaveResult) -> None:
        """Say what became of a change."""
        self._show(result.record)
        if self._privacy_of_values is not None:
            values = [
                one_line(value, WORDS) for each in result.differences for value in (each.wanted, each.came)
            ]
            self._privacy_of_values.know(*values)
        words = notice_of(result)
        self.set_content(words.tone, words.title, words.sentences)
        self.show()

    def _show(self, record: ChangeRecord | None) -> None:
        self._record = record
        outcome = None if record is None else record.outcome
        self.look.setVisible(outcome in {Outcome.UNKNOWN, Outcome.SENDING})
        is_done = outcome in {Outcome.VERIFIED, Outcome.DIFFERS}
        self.undo.setVisible(is_done and record is not None and reason_not_to_undo(record) is None)


def notice_of(result: SaveResult) -> NoticeText:
    """Tell a result in words."""
    sentences = [*_details(result), *_meanwhile(result)]
    if result.journal_error is not None:
        sentences.append(f"The outcome could not be written into History: {result.journal_error.title}.")
    return NoticeText(TONES[result.outcome], result.title, tuple(dict.fromkeys(sentences)))


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
    return _trouble(result)


def _trouble(result: SaveResult) -> list[str]:
    """Say why it was not saved or is not known; the detail says more than the error where it knows more."""
    error, detail = result.error, result.record.detail
    found = [] if error is None or detail == error.title else [detail]
    said = [] if error is None else [f"{error.title}.", error.done, error.advice]
    return [sentence for sentence in (*said, *found, *([detail] if error is None else [])) if sentence]


def _meanwhile(result: SaveResult) -> list[str]:
    names = ", ".join(visible(change.field.name) for change in result.changed_meanwhile)
    return [f"Changed by someone else meanwhile, and left as it is: {names}."] if names else []
