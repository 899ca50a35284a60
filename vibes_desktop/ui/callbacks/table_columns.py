"""The columns of the table: what each is called, how wide, what it sorts and asks by; and which are shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MIN_WIDTH, MAX_WIDTH = 40, 1200


class Field(StrEnum):
    """What a column shows; the names are kept in the settings."""

    TIME = "time"
    RECEIVED = "received"
    LAG = "lag"
    TYPE = "type"
    PERSON = "person"
    EXTERNAL_ID = "external_id"
    PERSON_KEY = "person_key"
    MOBILE = "mobile"
    LIST = "list"
    CAMPAIGN = "campaign"
    REASON = "reason"
    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"
    ATTEMPT = "attempt"
    ANSWERED = "answered"
    EVENT_ID = "event_id"
    FINDINGS = "findings"
    SOURCE = "source"
    LINE = "line"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Traits:
    """How a column looks. `order` names the column of Columns to sort by; `asks` the query's field."""

    title: str
    width: int
    order: str
    asks: str = ""
    is_mono: bool = False
    is_number: bool = False
    ends_matter: bool = False  # a long value is shortened in its middle
    ideal: int = 0  # the width it takes where there is room


TRAITS = {
    Field.TIME: Traits("Time", 117, "time", "date", is_mono=True),
    Field.RECEIVED: Traits("Received", 118, "received", "received", is_mono=True),
    Field.LAG: Traits("Lag", 96, "lag", is_number=True),
    Field.TYPE: Traits("Type", 113, "type", "type", ends_matter=True, ideal=170),
    Field.PERSON: Traits("Person", 103, "external", "person", is_mono=True, ideal=132),
    Field.EXTERNAL_ID: Traits("External ID", 112, "external", "person", is_mono=True),
    Field.PERSON_KEY: Traits("Person key or ID", 136, "key", "person", is_mono=True),
    Field.MOBILE: Traits("Mobile", 103, "mdn", "mdn", is_mono=True),
    Field.LIST: Traits("List", 46, "list", "list", is_mono=True),
    Field.CAMPAIGN: Traits("Campaign", 88, "campaign", "campaign", is_mono=True),
    Field.REASON: Traits("Reason", 102, "reason", "reason", ideal=136),
    Field.OPT_IN: Traits("Opt-in", 118, "opt_in", is_mono=True),
    Field.OPT_OUT: Traits("Opt-out", 118, "opt_out", "optout", is_mono=True),
    Field.ATTEMPT: Traits("Attempt", 72, "attempt", "attempt", is_number=True),
    Field.ANSWERED: Traits("Answered", 80, "answered", "answered", is_number=True),
    Field.EVENT_ID: Traits("Event ID", 128, "event", "event", is_mono=True),
    Field.FINDINGS: Traits("Findings", 152, "findings", "finding"),
    Field.SOURCE: Traits("Source", 152, "file", "source", ends_matter=True),
    Field.LINE: Traits("Line", 80, "position", is_number=True),
    Field.STATE: Traits("State", 97, "state", "is"),
}
MOMENTS = (Field.TIME, Field.RECEIVED, Field.OPT_IN, Field.OPT_OUT)
WIDTH_OF_BOTH = 228  # of a moment that is written in two zones
SHOWN_AT_FIRST = (Field.TIME, Field.TYPE, Field.PERSON, Field.MOBILE, Field.LIST, Field.REASON, Field.STATE)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns in their order, those shown, and the widths in pixels that somebody chose."""

    order: tuple[Field, ...] = (*SHOWN_AT_FIRST, *(field for field in Field if field not in SHOWN_AT_FIRST))
    shown: frozenset[Field] = frozenset(SHOWN_AT_FIRST)
    widths: tuple[tuple[Field, int], ...] = ()

    @property
    def visible(self) -> tuple[Field, ...]:
        """The columns that are shown, left to right."""
        return tuple(field for field in self.order if field in self.shown)

    def width(self, field: Field) -> int:
        """Tell how wide a column is."""
        return dict(self.widths).get(field, TRAITS[field].width)


def written(layout: Layout) -> bytes:
    """Write a layout down, to be remembered."""
    widths = dict(layout.widths)
    columns = [[field.value, widths.get(field, 0), field in layout.shown] for field in layout.order]
    return json.dumps(columns).encode()


def layout_from(data: bytes | None) -> Layout:
    """Read a layout; columns it doesn't know come last, and what makes no sense gives the first layout."""
    try:
        columns = [(Field(name), int(width), bool(shown)) for name, width, shown in json.loads(data or b"[]")]
    except (ValueError, TypeError):
        return Layout()
    if not any(shown for _, _, shown in columns):
        return Layout()
    order = tuple(dict.fromkeys(field for field, _, _ in columns))
    return Layout(
        with_all(order),
        frozenset(field for field, _, shown in columns if shown),
        tuple((field, min(max(width, MIN_WIDTH), MAX_WIDTH)) for field, width, _ in columns if width > 0),
    )


def with_all(order: Sequence[Field]) -> tuple[Field, ...]:
    """Put the columns that are missing at the end."""
    return (*order, *(field for field in Field if field not in order))
