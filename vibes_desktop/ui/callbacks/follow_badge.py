"""Says that the newest row is kept in sight, over the corner of the table, and ends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.buttons import pill_button
from vibes_desktop.ui.widgets.pill import Tone

MARGIN = 10
WORDS = "Newest in sight"


class FollowBadge(QObject):
    """There only while the table follows."""

    def __init__(self, table: PayloadTable) -> None:
        super().__init__(table)
        self._table = table
        self.button = pill_button(WORDS, f"{WORDS}: stop following", tone=Tone.ACCENT)
        self.button.setIcon(icon(Icon.CLOSE, Color.ACCENT))
        self.button.setParent(table)
        self.button.clicked.connect(lambda _checked=False: table.set_following(False))
        table.following_changed.connect(self._show)
        self._viewport = table.viewport()
        self._viewport.installEventFilter(self)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if watched is self._viewport and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        had_focus = self.button.hasFocus()
        self.button.setVisible(self._table.is_following)
        if had_focus:
            self._table.setFocus()
        self._place()

    def _place(self) -> None:
        size, area = self.button.sizeHint(), self._viewport.geometry()
        self.button.resize(size)
        self.button.move(area.right() - size.width() - MARGIN, area.bottom() - size.height() - MARGIN)
        self.button.raise_()
