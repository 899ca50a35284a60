"""The History page: every change made here, found again, looked at, undone, exported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vibes_desktop.model.change import ChangeId
from vibes_desktop.model.errors import VibesDesktopError
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.bridge import Bridge, Task
from vibes_desktop.ui.history.actions import HistoryActions, Profiles, Resolved, person_of
from vibes_desktop.ui.history.detail_pane import DetailPane
from vibes_desktop.ui.history.exporter import Exporter, changes_words
from vibes_desktop.ui.history.filter_bar import FilterBar
from vibes_desktop.ui.history.reading import Found, HistoryReader, Question
from vibes_desktop.ui.history.table_model import HistoryModel
from vibes_desktop.ui.history.table_view import HistoryTable
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.card import Card
from vibes_desktop.ui.widgets.drawer import Drawer
from vibes_desktop.ui.widgets.empty_state import EmptyState
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.progress_line import ProgressLine

MARGIN = 24
DETAIL_WIDTH = 372


class HistoryPage(Page):
    """Reads the journal in the background whenever it comes into view, or is told to."""

    def __init__(
        self,
        bridge: Bridge,
        journal: Journal,
        actions: HistoryActions,
        parent: QWidget | None = None,
        privacy: Privacy | None = None,
    ) -> None:
        super().__init__(PageId.HISTORY, "History", Icon.HISTORY, parent)
        self._bridge = bridge
        self._privacy = privacy or Privacy(self)
        self._reader = HistoryReader(journal)
        self._actions = actions
        self._profiles = Profiles()
        self._finding: Task[Found] | None = None
        self._wanted: ChangeId | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    def set_profiles(self, profiles: Sequence[Profile], current: ProfileId | None) -> None:
        """Take over which profiles there are, and which one is in use."""
        self._profiles = Profiles.of(profiles, current)
        self._show_current()
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the journal again; the change that is looked at stays."""
        self.model.mark_stale()
        self._find()

    def show_record(self, change_id: ChangeId) -> None:
        """Show one change, whatever was filtered."""
        self._wanted = change_id
        self.filter_bar.clear()

    def activate(self) -> None:
        self.refresh()

    def initial_focus(self) -> QWidget:
        return self.table if self.model.ids else self.filter_bar.text

    def commands(self) -> Sequence[Command]:
        page = PageId.HISTORY
        export, undo = self.export_button, self.detail.undo_button
        return (
            Command("history.filter", "Filter the history", self._go_to_filter, "Ctrl+F", page=page),
            Command("history.refresh", "Read the history again", self.refresh, "F5", page=page),
            Command("history.export", "Export the history", export.click, "Ctrl+E", export.isEnabled, page),
            Command("history.undo", "Undo the change in view", undo.click, "", undo.isEnabled, page),
        )

    def _make_parts(self) -> None:
        self.model = HistoryModel(self._fetch, self, self._privacy)
        self.table = HistoryTable(self.model)
        self.filter_bar = FilterBar(privacy=self._privacy)
        self.detail = DetailPane(
            on_undo=self._undo,
            on_resolve=self._resolve,
            on_open=self._open_person,
            privacy=self._privacy,
        )
        self.export_button = button(
            "Export…", shortcut_hint="Ctrl+E", on_click=lambda: self.exporter.ask(self.model.ids)
        )
        self.notice = Notice(Tone.NEUTRAL, "", closable=True, privacy=self._privacy)
        self.notice.hide()
        self.progress = ProgressLine()
        self.reading = ProgressLine()
        self.exporter = Exporter(
            self._bridge,
            self._reader,
            self.notice,
            self.progress,
            self.export_button.setDisabled,
            self,
            self._privacy,
        )
        self._count = plain_label("", TextRole.MUTED)
        self._clear_button = button("Clear the filter", on_click=self.filter_bar.clear)
        self._nothing = EmptyState(
            "No change was made here yet.",
            example="Every change you save on the People page is kept here with what was before, so that it"
            " can be undone.",
            picture=Icon.HISTORY,
        )
        self._no_match = EmptyState("No change matches the filter.", self._clear_button, picture=Icon.FILTER)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._filled = _in_card(self.table)
        for widget in (self._filled, self._nothing, self._no_match):
            self._stack.addWidget(widget)
        self.drawer = Drawer(self._stack, self.detail, "Details", side_width=DETAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self.filter_bar)
        column.addWidget(self.notice)
        column.addWidget(self.drawer, 1)

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(plain_label("History", TextRole.TITLE))
        line.addWidget(self._count)
        line.addWidget(self.reading)
        line.addWidget(self.progress, 1)
        line.addWidget(self.drawer.toggle_button)
        line.addWidget(self.export_button)
        return line

    def _connect(self) -> None:
        self.filter_bar.changed.connect(self._find)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self.drawer.open_side)
        self.model.dataChanged.connect(self._show_current)

    def _go_to_filter(self) -> None:
        self.filter_bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_bar.text.selectAll()

    # Finding

    def _question(self) -> Question:
        profile = None if self.filter_bar.is_all_profiles else self._profiles.current
        return Question(profile, self.filter_bar.chosen)

    def _find(self) -> None:
        self._stop_finding()
        work = self._reader.find(self._question())
        self._finding = self._bridge.start(
            work, self._show_found, self._not_found, title="Reading the history", owner=self
        )
        self.reading.start("Reading the history", self._stop_finding)

    def _stop_finding(self) -> None:
        self.reading.stop()
        if self._finding is not None:
            self._finding.cancel()

    def _not_found(self, error: VibesDesktopError) -> None:
        self.reading.stop()
        self.notice.show_problem(error)

    def _show_found(self, found: Found) -> None:
        self.reading.stop()
        self.model.set_ids(found.ids)
        count = len(found.ids)
        self._count.setText(changes_words(count))
        self.export_button.setEnabled(count > 0 and not self.exporter.is_busy)
        empty = self._no_match if found.is_filtered else self._nothing
        self._stack.setCurrentWidget(self._filled if count else empty)
        row = self.model.row_of(self._wanted) if self._wanted is not None else None
        self._wanted = None
        if row is not None:
            self.table.go_to(row)
        elif self.table.current_row < 0 and count:
            self.table.go_to(0)
        self._show_current()

    def _fetch(self, ids: tuple[ChangeId, ...]) -> None:
        self._bridge.start(
            self._reader.rows(ids), self.model.put, self._not_found, title="Reading the history", owner=self
        )

    def _show_current(self) -> None:
        record = self.model.record(self.table.current_row)
        if record is not None:
            self.detail.show_record(record, self._profiles)
        elif self.table.current_row < 0:
            self.detail.show_nothing()

    # Acting

    def _undo(self) -> None:
        if self.detail.record is not None:
            self._actions.undo(self.detail.record)

    def _open_person(self) -> None:
        person = person_of(self.detail.record) if self.detail.record is not None else None
        if person is not None:
            self._actions.open_person(person)

    def _resolve(self) -> None:
        if self.detail.record is None:
            return
        self.detail.resolve_button.setEnabled(False)
        task = self._bridge.start(
            self._actions.resolve(self.detail.record),
            self._resolved,
            self._not_resolved,
            title="Looking again",
            owner=self,
        )
        self.progress.start("Looking again", lambda: self._give_up(task))

    def _resolved(self, result: Resolved) -> None:
        self.progress.stop()
        self.detail.resolve_button.setEnabled(True)
        self.model.put([result.record])
        self.notice.set_content(Tone.NEUTRAL, "Looked again", (result.words,))
        self.notice.show()
        self._find()

    def _not_resolved(self, error: VibesDesktopError) -> None:
        self.progress.stop()
        self.detail.resolve_button.setEnabled(True)
        self.notice.show_problem(error)

    def _give_up(self, task: Task[Resolved]) -> None:
        task.cancel()
        self.progress.stop()
        self.detail.resolve_button.setEnabled(True)


def _in_card(table: QWidget) -> Card:
    card = Card()
    card.body.setContentsMargins(0, 4, 0, 4)
    card.add(table, 1)
    return card
