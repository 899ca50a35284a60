"""Where files are dropped: it covers the page while they are dragged over it, and says what will happen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from vibes_desktop.ui.icons import Icon, draw_icon
from vibes_desktop.ui.theme import Color, active_theme, load_measures, text_font

MARGIN, GAP = 24, 16
PICTURE = 32
INSTEAD, BESIDE, FIRST = "Open instead of what is open", "Add to what is open", "Drop to open"


class DropTarget(QWidget):
    """One field while nothing is open, two once something is. It takes files and folders of this computer."""

    dropped = Signal(object, bool)  # the paths, and whether they are to be added

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Drop files here")
        self.setAcceptDrops(True)
        self._is_filled = False
        self._is_adding = False
        self.hide()

    @property
    def fields(self) -> tuple[tuple[str, QRect], ...]:
        """What can be dropped on, and where."""
        area = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if not self._is_filled:
            return ((FIRST, area),)
        half = (area.width() - GAP) // 2
        left = QRect(area.left(), area.top(), half, area.height())
        return ((INSTEAD, left), (BESIDE, left.translated(half + GAP, 0)))

    def appear(self, *, is_filled: bool) -> None:
        """Cover the page."""
        self._is_filled, self._is_adding = is_filled, False
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._is_adding = self._adds_at(event.position().toPoint().x())
        self.update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        paths = paths_in(event.mimeData())
        event.acceptProposedAction()
        if paths:
            self.dropped.emit(paths, self._adds_at(event.position().toPoint().x()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = active_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.color(Color.BG))
            for number, (text, area) in enumerate(self.fields):
                self._paint_field(
                    painter, text, area, is_chosen=len(self.fields) == 1 or self._is_adding == number
                )

    def _paint_field(self, painter: QPainter, text: str, area: QRect, *, is_chosen: bool) -> None:
        theme, radius = active_theme(), load_measures().dialog_radius
        role = Color.ACCENT if is_chosen else Color.MUTED
        painter.setPen(QPen(theme.color(role), load_measures().focus_ring, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color(Color.ACCENT_SOFT if is_chosen else Color.SURFACE))
        painter.drawRoundedRect(area, radius, radius)
        centre = area.center()
        draw_icon(
            painter, QRect(centre.x() - PICTURE // 2, centre.y() - PICTURE, PICTURE, PICTURE), Icon.OPEN, role
        )
        painter.setFont(text_font())
        painter.setPen(theme.color(Color.TEXT))
        below = QRect(area.left(), centre.y() + GAP // 2, area.width(), 2 * GAP)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)

    def _adds_at(self, x: int) -> bool:
        return self._is_filled and x > self.width() // 2


def paths_in(data: QMimeData) -> Sequence[str]:
    """Name the files and folders of this computer that are dragged or pasted."""
    return tuple(url.toLocalFile() for url in data.urls() if url.isLocalFile())
