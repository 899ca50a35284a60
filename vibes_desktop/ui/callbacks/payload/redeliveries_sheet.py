"""The sheet with the events that were delivered more than once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

from PySide6.QtWidgets import QWidget

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.redeliveries import Delivery, Event, events_repeated
from vibes_desktop.ui.callbacks.payload.gaps import gap_words
from vibes_desktop.ui.callbacks.payload.loading import told_in_words
from vibes_desktop.ui.callbacks.payload.rows_model import Cell, RowsModel
from vibes_desktop.ui.callbacks.payload.rows_view import RowsView
from vibes_desktop.ui.callbacks.payload.working_sheet import WorkingSheet
from vibes_desktop.ui.callbacks.viewer import Rows, Viewer
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Tone

TITLES = ("Event ID", "Type", "Deliveries", "Attempts", "First to last", "Bodies")
WIDTHS = (230, 0, 90, 130, 130, 140)
DELIVERY_TITLES = ("Received", "Attempt", "After the one before", "Body", "Source")
DELIVERY_WIDTHS = (190, 80, 160, 150, 0)
EVENTS_AT_MOST = 10_000
ATTEMPTS_NAMED = 6
TABLE_HEIGHT, DELIVERIES_HEIGHT = 260, 150
NOTHING = "No event was delivered more than once, as far as these payloads tell."


@dataclass(frozen=True, slots=True)
class Group:
    """An event that came again, with its ID as it stands in the payload."""

    event_id: str
    callback_type: str
    event: Event


@dataclass(frozen=True, slots=True)
class _Found:
    groups: tuple[Group, ...] = field(repr=False)
    of: int


class RedeliveriesSheet(WorkingSheet):
    """Events above, the deliveries of the chosen one below. Enter on one shows its payload."""

    def __init__(self, viewer: Viewer, parent: QWidget | None = None) -> None:
        is_asked = viewer.query is not None
        scope = "those of the current question" if is_asked else ""
        super().__init__(viewer, "Events delivered more than once", subtitle=scope, parent=parent)
        self.model: RowsModel[Group] = RowsModel(TITLES, _group_cells, self)
        self.table = RowsView("Events delivered more than once", self.model, WIDTHS)
        self.deliveries_model: RowsModel[Delivery] = RowsModel(DELIVERY_TITLES, self._cells, self)
        self.deliveries = RowsView("Deliveries of the event", self.deliveries_model, DELIVERY_WIDTHS)
        self.nothing = plain_label(NOTHING, TextRole.MUTED, wrap=True)
        self.table.setMinimumHeight(TABLE_HEIGHT)
        self.deliveries.setMinimumHeight(DELIVERIES_HEIGHT)
        self.nothing.hide()
        for widget in (
            self.nothing,
            self.table,
            plain_label("Deliveries", TextRole.SECTION),
            self.deliveries,
        ):
            self.add(widget)
        self.add_button(button("Copy all", on_click=lambda: self.copy(self.model.text(), "list")))
        self.add_button(button("Show payload", shortcut_hint="Return", on_click=self.deliveries.open_current))
        self.add_close()
        self._connect()
        collection, rows = viewer.collection, viewer.rows if is_asked else None
        self.work("Comparing the bodies", lambda: _found(collection, rows), self._show)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._show_deliveries)
        self.table.opened.connect(lambda place: self.jump(self.model.items[place].event.deliveries[0].row))
        self.deliveries.opened.connect(lambda place: self.jump(self.deliveries_model.items[place].row))
        for table in (self.table, self.deliveries):
            table.copy_wanted.connect(self.copy)
        self.viewer.times.changed.connect(self.deliveries_model.redraw)

    def _show(self, found: _Found) -> None:
        self.table.show_items(found.groups)
        self.nothing.setVisible(not found.groups)
        self.table.setFocus()
        words = f"{found.of:,} event{'' if found.of == 1 else 's'}"
        shown = f"; the first {len(found.groups):,} are shown" if len(found.groups) < found.of else ""
        self.set_note(f"{words}{shown}")

    def _show_deliveries(self, place: int) -> None:
        is_there = 0 <= place < len(self.model.items)
        self.deliveries.show_items(self.model.items[place].event.deliveries if is_there else ())

    def _cells(self, delivery: Delivery) -> tuple[Cell, ...]:
        collection, times = self.viewer.collection, self.viewer.times
        received = delivery.received_ms
        source = collection.sources[collection.columns.at("file", delivery.row)].name
        position = collection.columns.at("position", delivery.row)
        return (
            Cell(times.moment(received), is_mono=True, more=times.in_utc(received))
            if received is not None
            else Cell("not told"),
            Cell(str(delivery.attempt) if delivery.attempt is not None else "not told"),
            Cell(gap_words(delivery.gap_ms) if delivery.gap_ms is not None else ""),
            _body_cell(is_conflicting=delivery.is_conflicting),
            Cell(f"{PurePath(source).name}, {position:,}", more=source),
        )


def open_redeliveries_sheet(viewer: Viewer, parent: QWidget) -> RedeliveriesSheet:
    """Show the events that were delivered more than once."""
    sheet = RedeliveriesSheet(viewer, parent)
    sheet.open()
    return sheet


def attempts_words(event: Event) -> str:
    """Name the attempts in their order."""
    told = [str(each.attempt) if each.attempt is not None else "?" for each in event.deliveries]
    more = ["…"] if len(told) > ATTEMPTS_NAMED else []
    return ", ".join([*told[:ATTEMPTS_NAMED], *more])


def _group_cells(group: Group) -> tuple[Cell, ...]:
    event = group.event
    return (
        Cell(group.event_id, is_mono=True),
        Cell(group.callback_type),
        Cell(f"{len(event.deliveries):,}"),
        Cell(attempts_words(event), None if event.has_steady_attempts else Tone.WARN),
        Cell(gap_words(event.span_ms) if event.span_ms is not None else "not told"),
        _body_cell(is_conflicting=event.is_conflicting),
    )


def _body_cell(*, is_conflicting: bool) -> Cell:
    return Cell("differs: conflict", Tone.BAD) if is_conflicting else Cell("the same", Tone.NEUTRAL)


def _found(collection: Collection, rows: Rows | None) -> _Found:
    with told_in_words():
        events = events_repeated(collection.columns, collection.repeats(), rows)
        groups = tuple(_group(collection, event) for event in events[:EVENTS_AT_MOST])
    return _Found(groups, len(events))


def _group(collection: Collection, event: Event) -> Group:
    payload = collection.payload(event.deliveries[0].row, judged=False)
    return Group(payload.facts.event_id or "", payload.callback_type or "", event)
