"""The collection that is received into: which, how much, how long it is kept, and clearing it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.storage.captures_folder import CollectionInfo, Retention
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.callbacks.listening.desk import Facts, ListeningDesk
from vibes_desktop.ui.callbacks.listening.lines import line_of
from vibes_desktop.ui.callbacks.listening.words import LOW_DISK, MB, low_words, size_words
from vibes_desktop.ui.callbacks.questions.bar_words import callbacks
from vibes_desktop.ui.widgets.buttons import ButtonRole, button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.fields import ComboBox, NumberBox, line_edit
from vibes_desktop.ui.widgets.form import FormGrid, FormRow
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import one_line

DEFAULT_DAYS, DEFAULT_MB = 90, 1_000
MAX_DAYS, MAX_MB = 3_650, 1_000_000
READ_ONLY = "This collection is only shown"
LIMITS_NOTE = "What is over these limits is deleted for good: at once, and from then on."
MEASURE_MS = 300


class CollectionCard(Card):
    """What is cleared can be brought back until another one is chosen, or the program ends."""

    def __init__(self, bridge: Bridge, desk: ListeningDesk) -> None:
        super().__init__("Collection", ruled=True)
        self._bridge = bridge
        self._desk = desk
        self._infos: Sequence[CollectionInfo] = ()
        self._facts: Facts | None = None
        self._shown: tuple[Path | None, bool] | None = None
        self._measure_soon = QTimer(self, interval=MEASURE_MS, singleShot=True)
        self._measure_soon.timeout.connect(self._measure)
        self.choice = ComboBox("Collection that is received into")
        self.name = line_edit("Name of a new collection", placeholder="Name of a new one")
        self.begin = button("Begin a new one", on_click=self._create)
        self.stored = ElidedLabel("")
        self.clear = button("Clear", ButtonRole.DANGER, on_click=self._clear)
        self.undo = button("Bring it back", on_click=desk.take_back_clearing)
        self.forget = button("Delete for good", ButtonRole.DANGER, on_click=desk.forget_cleared)
        self.cleared = ElidedLabel("", TextRole.MUTED)
        self.compact = button("Give unused space back", on_click=lambda: desk.compact(self.measure))
        self.by_age = QCheckBox("older than")
        self.days = NumberBox("Days to keep", 1, MAX_DAYS, unit="days")
        self.by_size = QCheckBox("the oldest above")
        self.megabytes = NumberBox("Megabytes to keep", 1, MAX_MB, unit="MB")
        self.keep = button("Keep to this", on_click=self._keep)
        self.notice = Notice(Tone.WARN, "")
        self.notice.hide()
        self.days.setValue(DEFAULT_DAYS)
        self.megabytes.setValue(DEFAULT_MB)
        grid = FormGrid()
        grid.add_row(FormRow("Received into", self.choice, reserve_trailing=False))
        name = line_of(self.name, self.begin, stretched=self.name)
        self.name_row = grid.add_row(FormRow("", name, reserve_trailing=False))
        grid.add_row(FormRow("Stored", self.stored, reserve_trailing=False))
        grid.add_row(FormRow("", line_of(self.compact, self.clear), reserve_trailing=False))
        cleared = line_of(self.cleared, self.forget, self.undo, stretched=self.cleared)
        self._cleared_row = grid.add_row(FormRow("Cleared", cleared, reserve_trailing=False))
        by_age = line_of(self.by_age, self.days)
        grid.add_row(FormRow("Delete what is", by_age, reserve_trailing=False))
        by_size = line_of(self.by_size, self.megabytes, self.keep)
        kept_row = grid.add_row(FormRow("", by_size, reserve_trailing=False))
        kept_row.set_error(LIMITS_NOTE, Tone.NEUTRAL)
        self._notice_row = grid.add_row(FormRow("", self.notice, reserve_trailing=False))
        self.add(grid)
        for row in (self._cleared_row, self._notice_row):
            row.hide()
        self._connect()
        self.follow()

    def refresh(self) -> None:
        """Read which collections there are, and measure the one that is open."""
        work = asyncio.to_thread(self._desk.folder.collections)
        self._bridge.start(work, self._show_collections, self._fail, title="Listing collections", owner=self)
        self.measure()

    def measure(self) -> None:
        """Measure the collection that is open, soon: rows may come fast."""
        if not self._measure_soon.isActive():
            self._measure_soon.start()

    def follow(self) -> None:
        """Read everything again once another collection is open, or listening has begun or ended."""
        now = (self._desk.path, self._desk.is_listening)
        if now != self._shown:
            self._shown = now
            self.refresh()

    def _measure(self) -> None:
        self._desk.ask_facts(self._show_facts)

    def _connect(self) -> None:
        self.choice.activated.connect(self._choose)
        self.name.returnPressed.connect(self._create)
        self._desk.changed.connect(self.follow)
        self._desk.arrived.connect(self.measure)
        self._desk.rewritten.connect(self.measure)
        for box, number in ((self.by_age, self.days), (self.by_size, self.megabytes)):
            box.setAccessibleName(f"Delete what is {box.text()}")
            box.toggled.connect(self._show_unkept)
            number.valueChanged.connect(self._show_unkept)

    def _show_collections(self, infos: Sequence[CollectionInfo]) -> None:
        self._infos = infos
        self.choice.clear()
        for info in infos:
            self.choice.addItem(one_line(info.name))
        paths = [info.path for info in infos]
        if self._facts is not None and self._facts.path in paths:
            self.choice.setCurrentIndex(paths.index(self._facts.path))
        self.choice.setEnabled(bool(infos))

    def _show_facts(self, facts: Facts) -> None:
        former, self._facts = self._facts, facts
        words = f"{callbacks(facts.captures)} · {size_words(facts.space.used)} on disk"
        self.stored.set_full_text(f"{words} · {size_words(facts.space.free)} free")
        self.cleared.set_full_text(f"{callbacks(facts.cleared)} hidden, and still on the disk")
        self._cleared_row.setVisible(facts.cleared > 0)
        if former is None or (former.path, former.retention) != (facts.path, facts.retention):
            self._show_retention(facts.retention)
        self._show_unkept()
        is_ours = facts.read_only is None
        for widget in (self.compact, self.by_age, self.days, self.by_size, self.megabytes):
            widget.setEnabled(is_ours)
        self.clear.setEnabled(is_ours and facts.captures > 0)
        self._notice_row.setVisible(facts.space.is_low or not is_ours)
        self.notice.setVisible(facts.space.is_low or not is_ours)
        if facts.read_only is not None:
            self.notice.set_content(Tone.WARN, READ_ONLY, [facts.read_only.title, facts.read_only.advice])
        elif facts.space.is_low:
            self.notice.set_content(Tone.WARN, LOW_DISK, [low_words(facts.space)])
        self._show_collections(self._infos)

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._infos):
            self._desk.show_collection(self._infos[number].path)

    def _create(self) -> None:
        def create() -> CollectionInfo:
            store = self._desk.folder.create(self.name.text())
            path = store.path
            store.close()
            return CollectionInfo(path, self.name.text(), None)

        def created(info: CollectionInfo) -> None:
            self.name_row.set_error("")
            self.name.clear()
            self._desk.show_collection(info.path)

        def failed(error: VibesDesktopError) -> None:
            self.name_row.set_error(f"{error.title}. {error.advice}")

        work = asyncio.to_thread(create)
        self._bridge.start(work, created, failed, title="Beginning a collection", owner=self)

    def _clear(self) -> None:
        self._desk.clear()

    def _show_retention(self, retention: Retention) -> None:
        self.by_age.setChecked(retention.days is not None)
        self.by_size.setChecked(retention.wire_bytes is not None)
        if retention.days is not None:
            self.days.setValue(retention.days)
        if retention.wire_bytes is not None:
            self.megabytes.setValue(max(retention.wire_bytes // MB, 1))

    @property
    def _wanted(self) -> Retention:
        days = self.days.value() if self.by_age.isChecked() else None
        return Retention(days, self.megabytes.value() * MB if self.by_size.isChecked() else None)

    def _show_unkept(self) -> None:
        """Offer to keep limits that are not kept yet: deleting is never the work of a tick alone."""
        facts = self._facts
        is_ours = facts is not None and facts.read_only is None
        self.keep.setEnabled(is_ours and facts is not None and facts.retention != self._wanted)

    def _keep(self) -> None:
        self._desk.keep(self._wanted)

    def _fail(self, error: VibesDesktopError) -> None:
        self.notice.show_problem(error)
        self._notice_row.show()
