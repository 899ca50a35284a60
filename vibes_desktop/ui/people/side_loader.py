"""Fills the side pane: what stands beside the record is read after the record is on screen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.heard import HearAbout
from vibes_desktop.model.person import Person
from vibes_desktop.people.beside import Subscriptions, changes_of, subscriptions_of
from vibes_desktop.people.calls import Calls
from vibes_desktop.people.session import PeopleSession, identifiers_of
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.people.record_heading import RecordHeading
from vibes_desktop.ui.people.side_pane import SidePane


class SideLoader(QObject):
    """Reads for one person at a time; a new person ends the former's reading."""

    def __init__(self, bridge: Bridge, heading: RecordHeading, pane: SidePane) -> None:
        super().__init__(pane)
        self._bridge = bridge
        self._heading = heading
        self._pane = pane
        self._names: Mapping[str, str] = {}
        self._tasks: list[Task[Any]] = []
        self._loaded: tuple[PeopleSession, Person] | None = None
        self.hear_about: HearAbout | None = None  # what the open callbacks say, once somebody hands it in

    def stop(self) -> None:
        """End what is being read, and forget the lists' names: another company has other lists."""
        self._names = {}
        self._loaded = None
        self._cancel()

    def clear(self) -> None:
        """Show nothing of the former person."""
        self._loaded = None
        self._cancel()
        self._pane.show_loading()

    def load(self, session: PeopleSession, person: Person) -> None:
        """Read everything beside the record; what is shown of the same person stays until it arrives."""
        self._cancel()
        self._loaded = (session, person)
        work = subscriptions_of(session, person, self._names)
        problem = self._show_subscriptions_problem
        self._tasks.append(self._bridge.start(work, self._show_subscriptions, problem, owner=self))
        devices, pane = Calls(session).devices(person), self._pane.devices
        self._tasks.append(self._bridge.start(devices, pane.show_devices, pane.show_problem, owner=self))
        changes = changes_of(session, person)
        shown, problem = self._pane.show_changes, self._pane.show_changes_problem
        self._tasks.append(self._bridge.start(changes, shown, problem, owner=self))
        self.hear()

    def load_again(self) -> None:
        """Read anew for the person in view."""
        if self._loaded is not None:
            self.load(*self._loaded)

    def hear(self) -> None:
        """Ask the open callbacks about the person in view; they may be others than a moment ago."""
        if self.hear_about is not None and self._loaded is not None:
            _, person = self._loaded
            work, heard = asyncio.to_thread(self.hear_about, identifiers_of(person)), self._pane.heard
            self._tasks.append(self._bridge.start(work, heard.show_heard, heard.show_problem, owner=self))

    def _show_subscriptions_problem(self, error: VibesDesktopError) -> None:
        self._heading.hide_active_lists()
        self._pane.show_subscriptions_problem(error)

    def _show_subscriptions(self, found: Subscriptions) -> None:
        self._names = found.names
        self._pane.show_subscriptions(found.entries, found.names)
        self._heading.show_active_lists(sum(each.is_active for each in found.entries))

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
