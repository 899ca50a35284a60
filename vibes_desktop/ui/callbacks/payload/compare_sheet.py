"""The sheet that lays two payloads side by side, path by path."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.compare import Change, Difference, differences
from vibes_desktop.callbacks.payload import Json, Payload
from vibes_desktop.ui.callbacks.payload.head import told_of
from vibes_desktop.ui.callbacks.payload.loading import read_payload, told_in_words
from vibes_desktop.ui.callbacks.payload.node_words import veiled
from vibes_desktop.ui.callbacks.payload.rows_model import Cell, RowsModel
from vibes_desktop.ui.callbacks.payload.rows_view import RowsView
from vibes_desktop.ui.callbacks.payload.working_sheet import WorkingSheet
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.widgets.buttons import button, link_button
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Tone

TITLES = ("Path", "", "Before", "After")
WIDTHS = (290, 92, 0, 310)
WORDS = {
    Change.ADDED: ("added", Tone.OK),
    Change.REMOVED: ("removed", Tone.BAD),
    Change.CHANGED: ("changed", Tone.WARN),
}
TABLE_HEIGHT = 340
SHOWN = 400  # characters of a value


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two payloads, and where they differ."""

    before: Payload = field(repr=False)
    after: Payload = field(repr=False)
    found: tuple[Difference, ...] = ()


class CompareSheet(WorkingSheet):
    """What differs between two rows. Enter on a path closes the sheet and leads there."""

    path_wanted = Signal(int, str)  # a row and a path in it

    def __init__(self, viewer: Viewer, before: int, after: int, parent: QWidget | None = None) -> None:
        super().__init__(viewer, "Compare two payloads", parent=parent)
        self._rows = (before, after)
        self._compared: _Compared | None = None
        self.heads = (ElidedLabel(role=TextRole.BODY), ElidedLabel(role=TextRole.BODY))
        self.model: RowsModel[Difference] = RowsModel(TITLES, self._cells, self)
        self.table = RowsView("What differs", self.model, WIDTHS)
        self.table.setMinimumHeight(TABLE_HEIGHT)
        self.summary = plain_label("", TextRole.STRONG)
        self._lay_out()
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._tell)
        self.table.copy_wanted.connect(self.copy)
        for changed in (viewer.privacy.changed, viewer.times.changed):
            changed.connect(self._refresh)
        self._compare()

    def swap(self) -> None:
        """Look at it the other way round."""
        self._rows = (self._rows[1], self._rows[0])
        self._compare()

    def copy_all(self) -> None:
        """Copy the differences as text."""
        heads = (f"Before: {self.heads[0].full_text}", f"After: {self.heads[1].full_text}")
        self.copy("\n".join((*heads, "", self.model.text())), "comparison")

    def _compare(self) -> None:
        collection, rows = self.viewer.collection, self._rows
        self.work("Comparing", lambda: _compared(collection, *rows), self._show)

    def _show(self, compared: _Compared) -> None:
        self._compared = compared
        self.table.show_items(compared.found)
        self.table.setFocus()
        self._refresh()

    def _refresh(self) -> None:
        if self._compared is None:
            return
        payloads = (self._compared.before, self._compared.after)
        for label, payload in zip(self.heads, payloads, strict=True):
            told = told_of(payload, self.viewer.privacy, self.viewer.times)
            label.set_full_text(f"{told.sentence} {told.line}")
            label.set_more(told.tooltip)
        self.summary.setText(summary_words(self._compared.found))
        self.model.redraw()
        self._tell(self.table.currentIndex().row())

    def _tell(self, place: int) -> None:
        """Write both values in full."""
        if not 0 <= place < len(self.model.items):
            self.show_detail("")
            return
        path, word, before, after = self._cells(self.model.items[place])
        values = (("Before", before.text), ("After", after.text))
        told = (f"{name}: {text}" for name, text in values if text)
        self.show_detail("\n".join((f"{path.text}, {word.text}", *told)))

    def _cells(self, found: Difference) -> tuple[Cell, ...]:
        word, tone = WORDS[found.change]
        privacy = self.viewer.privacy
        before = "" if found.change is Change.ADDED else value_words(found.path, found.before, privacy)
        after = "" if found.change is Change.REMOVED else value_words(found.path, found.after, privacy)
        path = privacy.text(found.path)
        return (
            Cell(path, is_mono=True),
            Cell(word, tone),
            Cell(before, is_mono=True),
            Cell(after, is_mono=True),
        )

    def _jump_to(self, side: int) -> None:
        self.jump(self._rows[side])

    def _open(self, row: int) -> None:
        found = self.model.items[row]
        wanted = self._rows[0 if found.change is Change.REMOVED else 1]
        self.accept()
        self.path_wanted.emit(wanted, found.path)

    def _lay_out(self) -> None:
        head = QWidget()
        grid = QGridLayout(head)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(zip(("Before", "After"), self.heads, strict=True)):
            grid.addWidget(plain_label(name, TextRole.MUTED), row, 0)
            grid.addWidget(label, row, 1)
            jump = link_button("Show", on_click=partial(self._jump_to, row))
            jump.setAccessibleName(f"Show the payload {name.lower()}")
            grid.addWidget(jump, row, 2)
        self.add(head)
        self.add(self.summary)
        self.add(self.table)
        self.add(self.detail)
        self.add_button(button("Show this place", shortcut_hint="Return", on_click=self.table.open_current))
        self.add_button(button("Swap", on_click=self.swap))
        self.add_button(button("Copy all", on_click=self.copy_all))
        self.add_close()


def open_compare_sheet(viewer: Viewer, before: int, after: int, parent: QWidget) -> CompareSheet:
    """Compare two rows over a window."""
    sheet = CompareSheet(viewer, before, after, parent)
    sheet.open()
    return sheet


def summary_words(found: tuple[Difference, ...]) -> str:
    """Say how much differs."""
    if not found:
        return "The two say the same."
    counts = {change: sum(each.change is change for each in found) for change in Change}
    words = (
        f"{counts[change]:,} {WORDS[change][0]}"
        for change in (Change.CHANGED, Change.ADDED, Change.REMOVED)
        if counts[change]
    )
    return ", ".join(words)


def value_words(path: str, value: Json, privacy: Privacy) -> str:
    """Write a value as JSON, as it may be shown."""
    if privacy.is_masking:
        keys = tuple(int(key) if key.isdecimal() else key for key in path.split("."))
        _, value = veiled(keys, value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _compared(collection: Collection, before: int, after: int) -> _Compared:
    with told_in_words():
        one, other = read_payload(collection, before), read_payload(collection, after)
    return _Compared(one, other, differences(one.value, other.value))
