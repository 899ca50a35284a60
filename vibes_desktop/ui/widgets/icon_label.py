"""Icons that accompany words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QLabel, QWidget

from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.theme import Color


class IconLabel(QLabel):
    """An icon that stands for nothing by itself: it accompanies words."""

    def __init__(
        self, name: Icon, role: Color = Color.MUTED, size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon(name, role)
        self._size = size
        self.setFixedSize(size, size)
        self._render()

    def set_icon(self, name: Icon, role: Color = Color.MUTED) -> None:
        """Show another icon."""
        self._icon = icon(name, role)
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        self.setPixmap(self._icon.pixmap(QSize(self._size, self._size), self.devicePixelRatioF()))
