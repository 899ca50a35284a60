"""Some payloads by themselves, in a sheet: to look at, whether they answer the question or not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtWidgets import QWidget

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.columns import ABSENT_MS
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.callbacks.questions.report_sheet import ReportSheet
from vibes_desktop.ui.callbacks.questions.result_model import ResultColumn
from vibes_desktop.ui.callbacks.viewer import Rows, Viewer

READ_AT_MOST = 1_000
NOTE = "A click on a time, or Enter, shows the payload."


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of one payload."""

    row: int
    time_ms: int | None
    callback_type: str
    person: str = field(repr=False)
    list_id: str = ""
    attempt: int | None = None
    event_id: str = field(default="", repr=False)


def open_rows_sheet(viewer: Viewer, parent: QWidget, title: str, rows: Rows) -> RowsSheet:
    """Show these rows."""
    sheet = RowsSheet(viewer, parent, title, rows)
    sheet.open()
    sheet.table.setFocus()
    return sheet


class RowsSheet(ReportSheet):
    """The first so many rows, in order of time; opening one shows it in the page."""

    def __init__(self, viewer: Viewer, parent: QWidget, title: str, rows: Rows) -> None:
        super().__init__(viewer, title, (), parent, about="")
        self.set_note(NOTE)
        collection = viewer.collection
        self.work_out(
            lambda: read(collection, rows), lambda found: self._show_seen(found, len(rows)), "Reading"
        )

    def follow(self, row: Seen) -> None:
        self.viewer.show(row.row)

    def _show_seen(self, found: tuple[Seen, ...], total: int) -> None:
        words = callbacks(total)
        if len(found) < total:
            words = f"{words}; the first {len(found):,} are shown"
        self.show_rows(found, f"{words}.", self._columns())

    def _columns(self) -> list[ResultColumn[Seen]]:
        viewer = self.viewer

        def time(seen: Seen) -> str:
            return "" if seen.time_ms is None else viewer.times.moment(seen.time_ms)

        return [
            ResultColumn("Time", time, lambda seen: seen.time_ms or 0, 170, is_link=True),
            ResultColumn("Type", lambda seen: seen.callback_type, lambda seen: seen.callback_type, 180),
            ResultColumn(
                "Person", lambda seen: viewer.privacy.own(seen.person), lambda seen: seen.person, 150
            ),
            ResultColumn("List", lambda seen: seen.list_id, lambda seen: seen.list_id, 80),
            ResultColumn(
                "Attempt",
                lambda seen: "" if seen.attempt is None else f"{seen.attempt:,}",
                lambda seen: seen.attempt or 0,
                80,
                is_number=True,
            ),
            ResultColumn("Event ID", lambda seen: seen.event_id, lambda seen: seen.event_id),
        ]


def read(collection: Collection, rows: Rows) -> tuple[Seen, ...]:
    """Read what is shown of the earliest of these rows. Raises OSError."""
    times = collection.columns.of("time", rows)
    order = np.lexsort((times, times == ABSENT_MS))
    return tuple(_seen(collection, row) for row in rows[order][:READ_AT_MOST].tolist())


def _seen(collection: Collection, row: int) -> Seen:
    payload = collection.payload(row, judged=False, whole=False)
    facts, person = payload.facts, payload.facts.person
    return Seen(
        row,
        facts.event_ms,
        payload.callback_type or payload.kind.value,
        person.external_person_id or person.mdn or person.person_key or person.person_id or "",
        facts.list_id or "",
        facts.delivery_attempt,
        facts.event_id or "",
    )
