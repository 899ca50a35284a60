"""A side pane that becomes a drawer over the page where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import Button, button, icon_button
from vibes_desktop.ui.widgets.labels import TextRole, plain_label

SIDE_WIDTH = 330
GAP = 16
COLLAPSE_BELOW = 1_100
"""Width of the whole, under which the side pane leaves its place."""


class Drawer(QWidget):
    """A main pane with a side pane beside it, or over it once there is no room.

    In a narrow window the side pane is opened by `toggle_button` and closed by Esc, its cross,
    or a click beside it.
    """

    collapsed_changed = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        title: str,
        *,
        side_width: int = SIDE_WIDTH,
        collapse_below: int = COLLAPSE_BELOW,
        gap: int = GAP,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._side = side
        self._side_width = side_width
        self._collapse_below = collapse_below
        self._collapsed = False
        self._before: QWidget | None = None
        side.setFixedWidth(side_width)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)
        self._line.addWidget(main, 1)
        self._line.addWidget(side)
        self._overlay = _Overlay(self, title)
        self._overlay.close_requested.connect(self.close_side)
        self.toggle_button = button(title, on_click=self.toggle)
        self.toggle_button.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def collapsed(self) -> bool:
        """Whether the side pane is a drawer now."""
        return self._collapsed

    @property
    def side_open(self) -> bool:
        """Whether the drawer is out."""
        return self._collapsed and self._overlay.isVisible()

    def toggle(self) -> None:
        """Pull the drawer out, or push it in."""
        if self.side_open:
            self.close_side()
        else:
            self.open_side()

    def open_side(self) -> None:
        """Pull the drawer out and put the focus into it; nothing while the pane stands beside the page."""
        if not self._collapsed:
            return
        self._before = QApplication.focusWidget()
        self._place_overlay()
        self._overlay.show()
        self._overlay.raise_()
        self._overlay.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_side(self) -> None:
        """Push the drawer in and give the focus back."""
        if not self.side_open:
            return
        self._overlay.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_collapsed(self.width() < self._collapse_below)
        self._place_overlay()

    def _set_collapsed(self, collapsed: bool) -> None:
        if collapsed == self._collapsed:
            return
        self._collapsed = collapsed
        self._overlay.hide()
        if collapsed:
            self._line.removeWidget(self._side)
            self._overlay.take(self._side)
        else:
            self._line.addWidget(self._side)
        self._side.show()
        self.toggle_button.setVisible(collapsed)
        self.collapsed_changed.emit(collapsed)

    def _place_overlay(self) -> None:
        width = min(self._side_width + 2 * GAP, self.width())
        self._overlay.setGeometry(self.width() - width, 0, width, self.height())


class _Overlay(QFrame):
    """The drawer itself: a title, a cross, and the side pane."""

    close_requested = Signal()

    def __init__(self, owner: Drawer, title: str) -> None:
        super().__init__(owner)
        self.setProperty("role", "drawer")
        self.setAccessibleName(title)
        self.close_button: Button = icon_button(
            Icon.CLOSE, f"Close {title}", on_click=self.close_requested.emit
        )
        head = QHBoxLayout()
        head.addWidget(plain_label(title, TextRole.STRONG))
        head.addStretch(1)
        head.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, 8, GAP - 1, 8)
        self._column.addLayout(head)
        owner.installEventFilter(self)
        self.hide()

    def take(self, side: QWidget) -> None:
        """Hold the side pane from now on."""
        self._column.addWidget(side, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and self.isVisible():
            self.close_requested.emit()
        return super().eventFilter(watched, event)
