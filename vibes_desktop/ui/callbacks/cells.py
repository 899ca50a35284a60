"""What each cell of the table says, on screen and when it is copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import PurePath

from vibes_desktop.callbacks.columns import ABSENT_MS, Columns
from vibes_desktop.callbacks.query import Term
from vibes_desktop.ui.callbacks.payload.gaps import gap_words
from vibes_desktop.ui.callbacks.questions.facet_values import needs_quotes
from vibes_desktop.ui.callbacks.row_reader import RowReader
from vibes_desktop.ui.callbacks.row_state import Badge, badges
from vibes_desktop.ui.callbacks.row_texts import NO_TEXTS, RowTexts
from vibes_desktop.ui.callbacks.table_columns import TRAITS, Field
from vibes_desktop.ui.callbacks.viewer import Viewer

MOMENTS = {
    Field.TIME: "time",
    Field.RECEIVED: "received",
    Field.OPT_IN: "opt_in",
    Field.OPT_OUT: "opt_out",
}
CODED = {Field.TYPE: "type", Field.LIST: "list", Field.CAMPAIGN: "campaign", Field.REASON: "reason"}
COUNTED = {Field.ATTEMPT: "attempt", Field.ANSWERED: "answered"}
READ = frozenset((Field.PERSON, Field.EXTERNAL_ID, Field.PERSON_KEY, Field.EVENT_ID))
DAY = len("2026-01-01")


class Cells:
    """Reads the columns, and asks for the payload where they don't suffice."""

    def __init__(self, viewer: Viewer, reader: RowReader) -> None:
        self._viewer = viewer
        self._reader = reader
        self._this_year = f"{datetime.now(UTC).year}-"

    def text(self, row: int, field: Field) -> str:
        """Say what is in a cell; empty as long as it has yet to be read."""
        return self._masked(self._value(row, field, self._short_moment), row, field)

    def copied(self, row: int, field: Field, texts: RowTexts | None = None) -> str:
        """Say the same for the clipboard: times are in UTC, and what is masked stays so."""
        return self._masked(self._value(row, field, self._viewer.times.in_utc, texts), row, field, texts)

    def tooltip(self, row: int, field: Field) -> str:
        """Say more than there is room for."""
        if field in MOMENTS:
            return self._moment(row, field, self._viewer.times.in_utc)
        if field is Field.STATE:
            return "\n".join(f"{badge.text}: {badge.meaning}" for badge in self.badges(row))
        if field is Field.SOURCE:
            return self._viewer.collection.sources[self._columns.at("file", row)].name
        return self.text(row, field)

    def badges(self, row: int) -> tuple[Badge, ...]:
        """Name what is special about a row."""
        return badges(self._columns, row, self._viewer.findings_of(row))

    def term(self, row: int, field: Field) -> Term | None:
        """Make the condition that this cell's value fulfils; None where nothing is in it."""
        if field in (Field.TIME, Field.RECEIVED, Field.OPT_OUT):
            day = self._viewer.times.moment(self._columns.at(MOMENTS[field], row))[:DAY]
            return Term(TRAITS[field].asks, day) if day else None
        if field is Field.STATE:
            return next((badge.term for badge in self.badges(row)), None)
        if not TRAITS[field].asks:
            return None
        if field is Field.PERSON:
            value = _identifier(self._reader.texts(row) or NO_TEXTS)
        elif field is Field.SOURCE:
            value = self.tooltip(row, field)
        elif field is Field.FINDINGS:
            value = next(iter(self._viewer.findings_of(row)), "")
        else:
            value = self._value(row, field, self._viewer.times.in_utc)
        return exact(TRAITS[field].asks, value) if value else None

    @property
    def _columns(self) -> Columns:
        return self._viewer.collection.columns

    def _short_moment(self, milliseconds: int) -> str:
        """Write a moment without this year, which most are in; the tooltip has all of it."""
        return self._viewer.times.moment(milliseconds).removeprefix(self._this_year)

    def _value(
        self, row: int, field: Field, write: Callable[[int], str], texts: RowTexts | None = None
    ) -> str:
        if field in MOMENTS:
            return self._moment(row, field, write)
        columns = self._columns
        if field in CODED:
            return columns.word(CODED[field], row) or ""
        if field in COUNTED:
            return str(columns.at(COUNTED[field], row) or "")
        if field is Field.MOBILE:
            number = columns.at("mdn", row)
            return f"+{number}" if number > 0 else self._texts(row, texts).mobile if number else ""
        if field is Field.SOURCE:
            return PurePath(self._viewer.collection.sources[columns.at("file", row)].name).name
        if field is Field.LAG:
            return lag_words(columns.at("time", row), columns.at("received", row))
        if field is Field.LINE:
            return f"{columns.at('position', row):,}"
        if field is Field.STATE:
            return ", ".join(badge.text for badge in self.badges(row))
        if field is Field.FINDINGS:
            return finding_words(self._viewer.findings_of(row))
        return _read(field, self._texts(row, texts))

    def _texts(self, row: int, texts: RowTexts | None) -> RowTexts:
        return texts or self._reader.texts(row) or NO_TEXTS

    def _moment(self, row: int, field: Field, write: Callable[[int], str]) -> str:
        milliseconds = self._columns.at(MOMENTS[field], row)
        if milliseconds == ABSENT_MS and field is Field.TIME:
            milliseconds = self._columns.at("received", row)
        return "" if milliseconds == ABSENT_MS else write(milliseconds)

    def _masked(self, text: str, row: int, field: Field, texts: RowTexts | None = None) -> str:
        privacy = self._viewer.privacy
        if not privacy.is_masking or not text:
            return text
        if field is Field.MOBILE:
            return privacy.number(text)
        if field in (Field.EXTERNAL_ID, Field.PERSON):
            who = self._texts(row, texts)
            is_ours = field is Field.PERSON and text in (who.person_key, who.person_id)
            return text if is_ours else privacy.own(text)
        return text


def lag_words(sent: int, received: int) -> str:
    """Say how long after its event a callback was received; a clock that is wrong makes it negative."""
    if ABSENT_MS in (sent, received):
        return ""
    sign = "−" if received < sent else ""
    return f"{sign}{gap_words(received - sent)}"


def finding_words(codes: Sequence[str]) -> str:
    """Name findings for a person."""
    return ", ".join(code.replace("_", " ") for code in codes)


def exact(field: str, value: str) -> Term:
    """Ask for just this value."""
    return Term(field, value, is_quoted=needs_quotes(value))


def _read(field: Field, texts: RowTexts) -> str:
    match field:
        case Field.EXTERNAL_ID:
            return texts.external_id
        case Field.PERSON_KEY:
            return texts.person_key or texts.person_id
        case Field.EVENT_ID:
            return texts.event_id
        case _:
            return texts.name or _identifier(texts)


def _identifier(texts: RowTexts) -> str:
    return texts.external_id or texts.person_key or texts.person_id or texts.mobile
