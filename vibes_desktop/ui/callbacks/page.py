"""The Callbacks page: a question over the table of payloads, and the payload that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QDragEnterEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vibes_desktop.ui.callbacks.drop_target import DropTarget, paths_in
from vibes_desktop.ui.callbacks.empty_view import EmptyView
from vibes_desktop.ui.callbacks.listening.flow import ListeningFlow
from vibes_desktop.ui.callbacks.opening_bar import OpeningBar
from vibes_desktop.ui.callbacks.opening_flow import OpeningFlow
from vibes_desktop.ui.callbacks.page_commands import opening_commands, table_commands
from vibes_desktop.ui.callbacks.payload.commands import payload_commands
from vibes_desktop.ui.callbacks.payload.pane import PayloadPane
from vibes_desktop.ui.callbacks.questions.commands import question_commands
from vibes_desktop.ui.callbacks.questions.facets import FacetPane
from vibes_desktop.ui.callbacks.questions.histogram import HistogramView
from vibes_desktop.ui.callbacks.questions.query_box import QueryBox
from vibes_desktop.ui.callbacks.recent_piles import RecentPiles
from vibes_desktop.ui.callbacks.table_desk import TableDesk
from vibes_desktop.ui.callbacks.table_place import TablePlace
from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.callbacks.viewer_body import GAP, SPLITTER, Parts, ViewerBody
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.shell.commands import Command
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.shell.window_state import StateStore
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.notice import Notice
from vibes_desktop.ui.widgets.pill import Tone

SIDE_MARGIN, TOP_MARGIN = 16, 12
FOR_CELLS = (*(f"payload.copy_{form}" for form in ("json", "exact", "curl", "link")), "listen.deliver")


class CallbacksPage(Page):
    """Puts the parts together; each listens to the viewer, none to another."""

    def __init__(
        self, viewer: Viewer, payload: PayloadPane, memory: StateStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(PageId.CALLBACKS, "Callbacks", Icon.CALLBACKS, parent)
        self.viewer = viewer
        self._memory = memory
        self._commands: tuple[Command, ...] = ()
        self._listening: ListeningFlow | None = None
        self.query_box = QueryBox(viewer)
        self.histogram = HistogramView(viewer)
        self.facets = FacetPane(viewer)
        self.table = PayloadTable(viewer)
        self.payload = payload
        self.notice = Notice(Tone.NEUTRAL, "", closable=True)
        self.notice.hide()
        self.recent = RecentPiles(memory)
        self.opening = OpeningFlow(viewer, self.recent, self.notice, self)
        self.opening.link_pasted.connect(payload.deeds.follow_link)
        self.bar = OpeningBar(self.opening.actions())
        self.empty = EmptyView(self.opening.ask_for_files, self.opening.open)
        self.table_desk = TableDesk(viewer, self.table, memory, self._for_cells)
        self.table_desk.copied.connect(payload.say)
        self._lay_out()
        self.drop_target = DropTarget(self)
        self.setAcceptDrops(True)
        self.drop_target.dropped.connect(lambda paths, add: self.opening.open(paths, add=add))
        viewer.replaced.connect(self._show_body)
        self._show_body()

    def initial_focus(self) -> QWidget:
        if self._stack.currentWidget() is self.empty:
            return self.empty.open_button
        return self.table if len(self.viewer.rows) else self.query_box

    def commands(self) -> Sequence[Command]:
        if not self._commands:
            self._commands = (
                *opening_commands(self.opening, self),
                *table_commands(self.table_desk, self.table, self),
                *payload_commands(self.payload),
                *question_commands(self.viewer, self),
                *(self._listening.commands() if self._listening is not None else ()),
            )
        return self._commands

    def add_listening(self, flow: ListeningFlow) -> None:
        """Let callbacks be received; before the page's commands are read."""
        self._listening = flow
        self.bar.add_widget(flow.button)
        self._column.insertWidget(0, flow.notices)
        self.empty.offer(link_button("Listen for callbacks", on_click=flow.button.main.click))

    def show_question(self, question: str) -> None:
        """Ask, for what is open now or is opened next."""
        self.viewer.ask(question)
        if not self.viewer.collection.sources:
            self.notice.set_content(
                Tone.NEUTRAL, "No callbacks are open", ("Open some: the question is asked of them then.",)
            )
            self.notice.show()

    def bar_widget(self) -> QWidget:
        return self.bar

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()):
            self.drop_target.appear(is_filled=self.opening.is_filled)
            event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drop_target.setGeometry(self.rect())

    def _for_cells(self) -> Sequence[Command]:
        """Give what can be done with a payload, for the menu of a cell."""
        return [command for command in self.commands() if command.id in FOR_CELLS]

    def _show_body(self) -> None:
        is_empty = not self.viewer.collection.sources
        self._stack.setCurrentWidget(self.empty if is_empty else self._body)
        if is_empty:
            self.empty.set_recent(self.recent.piles)

    def _lay_out(self) -> None:
        place = TablePlace(self.viewer, self.table)
        parts = Parts(self.query_box, self.histogram, self.facets, self.table, place, self.payload)
        self._body = ViewerBody(parts, self._memory.get(f"splitter/{SPLITTER}"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._body)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_MARGIN, TOP_MARGIN, SIDE_MARGIN, TOP_MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
