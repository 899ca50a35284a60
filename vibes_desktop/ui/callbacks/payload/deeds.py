"""What can be done with the payload that is looked at, and with those that are selected."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vibes_desktop.callbacks.links import find_link
from vibes_desktop.callbacks.timeline import previous_of
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.ui.callbacks.payload.compare_sheet import CompareSheet, open_compare_sheet
from vibes_desktop.ui.callbacks.payload.copying import Copied, CopyAs, copied
from vibes_desktop.ui.callbacks.payload.redeliveries_sheet import RedeliveriesSheet, open_redeliveries_sheet
from vibes_desktop.ui.callbacks.payload.timeline_sheet import TimelineSheet, open_timeline_sheet
from vibes_desktop.ui.callbacks.viewer import Viewer

NO_PREVIOUS = "No earlier payload of this person and type is open"
NO_LINK = "No link to a payload of the open files was copied"
LINK_CHARACTERS = 10_000
PUT_ASIDE = "Put aside: look at another payload, and compare"


class Host(Protocol):
    """What a deed needs of the pane."""

    def say(self, text: str) -> None:
        """Say a word about what was just done."""

    def copy(self, text: str, what: str) -> None:
        """Copy a text, and say so."""

    def show_problem(self, error: VibesDesktopError) -> None:
        """Say what went wrong."""

    def show_path(self, row: int, path: str) -> None:
        """Look at a place in a row."""


class PayloadDeeds(QObject):
    """Acts on the viewer's payloads; each deed ends in a sheet over `owner`, in a copy, or in a word."""

    def __init__(self, viewer: Viewer, host: Host, owner: QWidget) -> None:
        super().__init__(owner)
        self._viewer = viewer
        self._pane = host
        self._owner = owner
        self._aside: int | None = None
        viewer.replaced.connect(self._forget)

    @property
    def has_two(self) -> bool:
        """Tell whether just two rows are selected."""
        pair = 2
        return len(self._viewer.selected) == pair

    @property
    def has_aside(self) -> bool:
        """Tell whether another payload was put aside for comparing."""
        return self._aside is not None and self._viewer.current not in (None, self._aside)

    def open_timeline(self) -> TimelineSheet | None:
        """Show everything about the payload's person."""
        row = self._viewer.current
        return open_timeline_sheet(self._viewer, row, self._owner) if row is not None else None

    def open_redeliveries(self) -> RedeliveriesSheet:
        """Show the events that came more than once."""
        return open_redeliveries_sheet(self._viewer, self._owner)

    def compare(self, before: int, after: int) -> CompareSheet:
        """Lay two rows side by side."""
        sheet = open_compare_sheet(self._viewer, before, after, self._owner)
        sheet.path_wanted.connect(self._pane.show_path)
        return sheet

    def compare_with_previous(self) -> None:
        """Compare with the same person's previous payload of the same type."""
        row = self._viewer.current
        if row is None:
            return
        self._viewer.bridge.start(
            asyncio.to_thread(previous_of, self._viewer.collection, row),
            partial(self._compare_from, row),
            self._pane.show_problem,
            title="Looking for the previous payload",
            owner=self,
        )

    def compare_selected(self) -> None:
        """Compare the two rows that are selected, in the order shown."""
        before, after = self._viewer.selected.tolist()
        self.compare(before, after)

    def put_aside(self) -> None:
        """Keep this row in mind, to compare another with it."""
        self._aside = self._viewer.current
        self._pane.say(PUT_ASIDE)

    def compare_with_aside(self) -> None:
        """Compare the row that was put aside with this one."""
        if self._aside is not None and self._viewer.current is not None:
            self.compare(self._aside, self._viewer.current)

    def copy_as(self, form: CopyAs) -> None:
        """Copy the selected payloads, or the one that is looked at, in a form."""
        rows = self._chosen()
        if not rows:
            return
        work = asyncio.to_thread(
            copied, self._viewer.collection, rows, form, is_masking=self._viewer.privacy.is_masking
        )
        self._viewer.bridge.start(
            work, self._copied, self._pane.show_problem, title="Copying payloads", owner=self
        )

    def follow_link(self) -> None:
        """Look at the row whose link is on the clipboard."""
        link = QGuiApplication.clipboard().text()
        self._viewer.bridge.start(
            asyncio.to_thread(find_link, self._viewer.collection, link[:LINK_CHARACTERS]),
            self._go_to,
            self._pane.show_problem,
            title="Looking for the row of a link",
            owner=self,
        )

    def _go_to(self, row: int | None) -> None:
        if row is None:
            self._pane.say(NO_LINK)
        else:
            self._viewer.show(row)

    def _chosen(self) -> tuple[int, ...]:
        """Give the selected rows where the current one is among them, else that one alone."""
        selected, current = self._viewer.selected, self._viewer.current
        if current is None or (len(selected) > 1 and bool((selected == current).any())):
            return tuple(selected.tolist())
        return (current,)

    def _copied(self, found: Copied) -> None:
        self._pane.copy(found.text, found.what)

    def _compare_from(self, row: int, previous: int | None) -> None:
        if previous is None:
            self._pane.say(NO_PREVIOUS)
        else:
            self.compare(previous, row)

    def _forget(self) -> None:
        self._aside = None
