"""The tab that tells how a payload came: source, times, answer, wrapping, headers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from vibes_desktop.ui.callbacks.payload.delivery import Delivery, delivery_rows
from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.times import Times
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.plain import one_line, set_tooltip
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

NAME_WIDTH = 110
NO_HEADERS = "A file holds no headers; the listener keeps those of what it receives."


class DeliveryTab(QWidget):
    """Names and values."""

    def __init__(self, privacy: Privacy, times: Times, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._privacy = privacy
        self._times = times
        self._delivery: Delivery | None = None
        self._page = ScrollPage("How the payload came")
        self._body: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        privacy.changed.connect(self._refresh)
        times.changed.connect(self._refresh)

    def set_delivery(self, delivery: Delivery | None) -> None:
        """Show another delivery."""
        if delivery != self._delivery:
            self._delivery = delivery
            self._refresh()

    def _refresh(self) -> None:
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = self._made(self._delivery) if self._delivery is not None else None
        if self._body is not None:
            self._page.add(self._body)

    def _made(self, delivery: Delivery) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, NAME_WIDTH)
        grid.setColumnStretch(1, 1)
        for name, value in delivery_rows(delivery, lambda ms: self._times.moment(ms, with_zone=True)):
            self._row(grid, name, self._privacy.text(value) if name == "Path" else value)
            if name == "Received" and delivery.received_ms is not None:
                set_tooltip(_last(grid), self._times.in_utc(delivery.received_ms))
        grid.addWidget(plain_label("Headers", TextRole.SECTION), grid.rowCount(), 0, 1, 2)
        for name, value in delivery.headers:
            self._row(grid, name, self._privacy.text(value), TextRole.MONO)
        if not delivery.headers:
            grid.addWidget(plain_label(NO_HEADERS, TextRole.SMALL_MUTED, wrap=True), grid.rowCount(), 0, 1, 2)
        return body

    def _row(self, grid: QGridLayout, name: str, value: str, role: TextRole = TextRole.BODY) -> None:
        row = grid.rowCount()
        shown = plain_label("\n".join(map(one_line, value.split("\n"))), role, wrap=True, selectable=True)
        shown.setAccessibleName(f"{name}: {value}")
        grid.addWidget(
            plain_label(one_line(name), TextRole.MUTED, wrap=True), row, 0, Qt.AlignmentFlag.AlignTop
        )
        grid.addWidget(shown, row, 1)


def _last(grid: QGridLayout) -> QWidget:
    item = grid.itemAtPosition(grid.rowCount() - 1, 1)
    widget = item.widget() if item is not None else None
    if widget is None:
        raise LookupError("the grid is empty")
    return widget
