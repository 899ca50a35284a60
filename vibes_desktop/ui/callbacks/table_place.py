"""The place of the table: what stands there instead while no row answers."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from vibes_desktop.callbacks.live import CaptureSource
from vibes_desktop.ui.callbacks.viewer import Viewer
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import button
from vibes_desktop.ui.widgets.empty_state import EmptyState

NO_ANSWER = "No payload answers this question."
NO_PAYLOAD = "There is no payload in what is open."
NOTHING_YET = "Nothing was received yet."
HOW = "Give the address of the endpoint to a tunnel, a script or the sandbox. F9 shows all of it."


class TablePlace(QStackedWidget):
    """Shows the table, or says why it would be empty."""

    def __init__(self, viewer: Viewer, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._table = table
        self.all_button = button("Ask for all", on_click=lambda: viewer.ask(""))
        self.no_answer = EmptyState(NO_ANSWER, self.all_button, picture=Icon.FILTER)
        self.no_payload = EmptyState(
            NO_PAYLOAD,
            example="Lines and members that hold none are counted by reason when files are opened.",
            picture=Icon.CALLBACKS,
        )
        self.nothing_yet = EmptyState(NOTHING_YET, example=HOW, picture=Icon.CALLBACKS)
        for widget in (table, self.no_answer, self.no_payload, self.nothing_yet):
            self.addWidget(widget)
        for changed in (viewer.answered, viewer.grew, viewer.replaced, viewer.progressed, viewer.opened):
            changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        viewer = self._viewer
        is_waiting = viewer.is_opening or viewer.is_answering
        if len(viewer.rows) or (is_waiting and self.currentWidget() is self._table):
            wanted = self._table
        elif viewer.query is not None and len(viewer.collection):
            wanted = self.no_answer
        elif is_waiting:
            wanted = self._table
        else:
            is_live = any(isinstance(source, CaptureSource) for source in viewer.collection.sources)
            wanted = self.nothing_yet if is_live else self.no_payload
        if wanted is not self.currentWidget():
            had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
            self.setCurrentWidget(wanted)
            if had_focus and wanted is self._table:
                wanted.setFocus()
