"""How the parts of the page share its room: side by side, or one after the other where it is short."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.widgets.buttons import link_button
from vibes_desktop.ui.widgets.card import Card

GAP = 10
SPLITTER = "callbacks"
WIDTHS = (176, 716, 352)  # facets, table, payload
FACETS_FROM = 960  # pixels of the whole
PAYLOAD_FROM = 680
HISTOGRAM_FROM = 440  # pixels of height


@dataclass(frozen=True, slots=True)
class Parts:
    """What is laid out."""

    query_box: QWidget
    histogram: QWidget
    facets: QWidget
    table: PayloadTable
    table_place: QWidget  # the table, and what stands in its place
    payload: QWidget


class ViewerBody(QWidget):
    """Facets go first where room is short, then the payload, which Enter on a row brings back."""

    def __init__(self, parts: Parts, state: bytes | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._is_payload_wanted = False
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.back_button = link_button("Back to the table", on_click=self.show_table)
        self._table_card = _in_card(parts.table_place)
        self._lay_out(state)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.show_table)
        parts.table.opened.connect(self.show_payload)
        self._fit()

    @property
    def is_narrow(self) -> bool:
        """Tell whether table and payload take turns."""
        return self.width() < PAYLOAD_FROM

    def show_payload(self) -> None:
        """Read the current row's payload: in the place of the table where there is no room for both."""
        self._is_payload_wanted = True
        self._fit()
        if self.is_narrow:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_table(self) -> None:
        """Go back to the table."""
        self._is_payload_wanted = False
        self._fit()
        self._parts.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        parts, is_one = self._parts, self.is_narrow
        is_reading = is_one and self._is_payload_wanted
        was_without_facets = parts.facets.isHidden()
        parts.facets.setVisible(self.width() >= FACETS_FROM)
        parts.payload.setVisible(is_reading or not is_one)
        self._table_card.setVisible(not is_reading)
        self.back_button.setVisible(is_reading)
        self._escape.setEnabled(is_reading)
        parts.histogram.setVisible(self.height() >= HISTOGRAM_FROM)
        if was_without_facets and not parts.facets.isHidden() and not all(self.splitter.sizes()):
            self.splitter.setSizes(list(WIDTHS))

    def _lay_out(self, state: bytes | None) -> None:
        splitter, parts = self.splitter, self._parts
        splitter.setObjectName(SPLITTER)
        splitter.setHandleWidth(GAP)
        for widget in (parts.facets, self._table_card, parts.payload):
            splitter.addWidget(widget)
        splitter.setSizes(list(WIDTHS))
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setStretchFactor(2, 0)
        for place in (1, 2):
            splitter.setCollapsible(place, False)
        if state is not None:
            splitter.restoreState(QByteArray(state))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(parts.query_box)
        column.addWidget(parts.histogram)
        column.addWidget(self.back_button)
        column.addWidget(splitter, 1)


def _in_card(table: QWidget) -> Card:
    card = Card()
    card.body.setContentsMargins(0, 4, 0, 6)
    card.add(table, 1)
    return card
