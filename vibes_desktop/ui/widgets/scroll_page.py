"""A page that scrolls up and down, and never sideways."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget


class ScrollPage(QScrollArea):
    """A column of widgets in a scroll area; the focus is always scrolled into view."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setProperty("role", "scrolled")
        outer = QVBoxLayout(self.content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        outer.addLayout(self.column)
        outer.addStretch(1)
        self.setWidget(self.content)
        self.viewport().setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end of the column."""
        self.column.addWidget(widget)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what Tab has reached from outside, which Qt does not; a click stays in place."""
        if before is None or now is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if self.isAncestorOf(now):
            self.ensureWidgetVisible(now)
            self._show_whole(now)

    def _show_whole(self, widget: QWidget) -> None:
        """Bring all of a widget into view where it fits: of a text Qt shows but the line with the cursor."""
        room, bar = self.viewport().height(), self.verticalScrollBar()
        if widget.height() <= room:
            top = widget.mapTo(self.content, QPoint(0, 0)).y()
            bar.setValue(min(max(bar.value(), top + widget.height() - room), top))
