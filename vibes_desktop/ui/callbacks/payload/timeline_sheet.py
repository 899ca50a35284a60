"""The sheet with everything about one person over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath

from PySide6.QtWidgets import QCheckBox, QWidget

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.compare import Change, Difference
from vibes_desktop.callbacks.persons import IDENTIFIERS, WITHOUT_NUMBER, Joined, person_at
from vibes_desktop.callbacks.sentences import sentence
from vibes_desktop.callbacks.timeline import Moment, moments
from vibes_desktop.model.identifier import IdentifierKind
from vibes_desktop.ui.callbacks.payload.compare_sheet import value_words
from vibes_desktop.ui.callbacks.payload.head import day_words
from vibes_desktop.ui.callbacks.payload.loading import told_in_words
from vibes_desktop.ui.callbacks.payload.rows_model import Cell, RowsModel
from vibes_desktop.ui.callbacks.payload.rows_view import RowsView
from vibes_desktop.ui.callbacks.payload.working_sheet import WorkingSheet
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

TITLES = ("Time", "Type", "What it says", "What changed", "Source")
WIDTHS = (166, 176, 0, 260, 130)
TABLE_HEIGHT = 340
MOMENTS_AT_MOST = 5_000
NAMED_AT_MOST = 6
DOUBTFUL = "Several identifiers of one kind were joined"
DOUBT = "Two people may share a number, or somebody got a new ID: see which payload holds which."


@dataclass(frozen=True, slots=True)
class _Life:
    """A person's payloads in time, and how they were joined."""

    joined: Joined
    moments: tuple[Moment, ...] = field(repr=False)


class TimelineSheet(WorkingSheet):
    """Enter on a row closes the sheet and shows that payload."""

    def __init__(self, viewer: Viewer, row: int, parent: QWidget | None = None) -> None:
        super().__init__(viewer, "Everything about one person", parent=parent)
        self._row = row
        self._life: _Life | None = None
        self.names = plain_label("", TextRole.BODY, wrap=True, selectable=True)
        self.doubt = Notice(Tone.WARN, DOUBTFUL, (DOUBT,))
        self.by_number = QCheckBox("Also join by mobile number")
        self.by_number.setChecked(True)
        self.model: RowsModel[Moment] = RowsModel(TITLES, self._cells, self)
        self.table = RowsView("The person's callbacks in time", self.model, WIDTHS)
        self.table.setMinimumHeight(TABLE_HEIGHT)
        self.doubt.hide()
        for widget in (self.names, self.doubt, self.by_number, self.table, self.detail):
            self.add(widget)
        self.add_button(button("Copy all", on_click=lambda: self.copy(self.model.text(), "timeline")))
        self.add_button(button("Show payload", shortcut_hint="Return", on_click=self.table.open_current))
        self.add_close()
        self.table.opened.connect(lambda place: self.jump(self.model.items[place].row))
        self.table.current_changed.connect(self._tell)
        self.table.copy_wanted.connect(self.copy)
        self.by_number.toggled.connect(lambda _on: self._read())
        for changed in (viewer.privacy.changed, viewer.times.changed):
            changed.connect(self._refresh)
        self._read()

    def _read(self) -> None:
        collection, row = self.viewer.collection, self._row
        by = tuple(IDENTIFIERS) if self.by_number.isChecked() else WITHOUT_NUMBER
        self.work("Reading the person's callbacks", lambda: _life(collection, row, by), self._show)

    def _show(self, life: _Life) -> None:
        self._life = life
        self.table.show_items(life.moments)
        place = next((place for place, each in enumerate(life.moments) if each.row == self._row), 0)
        self.table.go_to(place)
        self.table.setFocus()
        self.doubt.setVisible(life.joined.is_doubtful)
        self._refresh()

    def _refresh(self) -> None:
        if self._life is None:
            return
        self.names.setText(names_words(self._life.joined, self.viewer.privacy))
        total, shown = len(self._life.joined.rows), len(self._life.moments)
        self.set_title(f"Everything about one person · {total:,} callback{'' if total == 1 else 's'}")
        self.set_note(f"The first {shown:,} are shown." if shown < total else "")
        self.model.redraw()
        self._tell(self.table.currentIndex().row())

    def _tell(self, place: int) -> None:
        is_there = 0 <= place < len(self.model.items)
        cells = self._cells(self.model.items[place]) if is_there else ()
        self.show_detail("\n".join(cell.more or cell.text for cell in cells[2:4] if cell.text))

    def _cells(self, moment: Moment) -> tuple[Cell, ...]:
        payload, times, privacy = moment.payload, self.viewer.times, self.viewer.privacy
        event_ms = payload.facts.event_ms
        said = sentence(payload, times=lambda ms: day_words(ms, times), own=privacy.own)
        changes = [change_words(each, privacy) for each in moment.changed]
        unchanged = "nothing" if moment.since is not None else ""
        return (
            Cell(
                times.moment(event_ms) if event_ms is not None else "",
                is_mono=True,
                more=_utc(self, event_ms),
            ),
            Cell(payload.callback_type or payload.kind.value),
            Cell(said),
            Cell("; ".join(changes) or unchanged, more="\n".join(changes)),
            Cell(f"{PurePath(payload.source).name}, {payload.position:,}", more=payload.source),
        )


def open_timeline_sheet(viewer: Viewer, row: int, parent: QWidget) -> TimelineSheet:
    """Show everything about the person of a row."""
    sheet = TimelineSheet(viewer, row, parent)
    sheet.open()
    return sheet


def names_words(joined: Joined, privacy: Privacy) -> str:
    """Name the identifiers that stand for the person, and how often each occurs."""
    if not joined.identifiers:
        return "This payload names no person."
    shown = [
        f"{each.kind.label} {_shown(each.kind, each.value, privacy)} ({each.rows:,})"
        for each in joined.identifiers[:NAMED_AT_MOST]
    ]
    rest = len(joined.identifiers) - len(shown) + joined.more
    return " · ".join([*shown, *([f"{rest:,} more"] if rest else [])])


def change_words(found: Difference, privacy: Privacy) -> str:
    """Write one change of a person's record."""
    path = f"person.{found.path}"
    before, after = value_words(path, found.before, privacy), value_words(path, found.after, privacy)
    name = privacy.text(found.path.removeprefix("custom_fields."))
    match found.change:
        case Change.ADDED:
            return f"{name}: added {after}"
        case Change.REMOVED:
            return f"{name}: removed, was {before}"
        case _:
            return f"{name}: {before} → {after}"


def _shown(kind: IdentifierKind, value: str, privacy: Privacy) -> str:
    return value if kind in (IdentifierKind.PERSON_KEY, IdentifierKind.PERSON_ID) else privacy.own(value)


def _utc(sheet: TimelineSheet, milliseconds: int | None) -> str:
    return "" if milliseconds is None else sheet.viewer.times.in_utc(milliseconds)


def _life(collection: Collection, row: int, by: tuple[str, ...]) -> _Life:
    with told_in_words():
        joined = person_at(collection, row, by)
        return _Life(joined, tuple(islice(moments(collection, joined.rows), MOMENTS_AT_MOST)))
