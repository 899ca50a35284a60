"""The rail at the left: which page is shown, and the way to the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon, draw_icon
from vibes_desktop.ui.shell.page import Page, PageId
from vibes_desktop.ui.theme import Color, active_theme, load_measures, text_font
from vibes_desktop.ui.widgets.key_hint import hint_text
from vibes_desktop.ui.widgets.plain import set_tooltip

BUTTON_HEIGHT = 56
ICON_SIZE = 20
ICON_TOP = 8
TEXT_TOP = 32
TEXT_HEIGHT = 16
TEXT_MARGIN = 3
BAR_WIDTH = 3


class Rail(QFrame):
    """One button per page; the last one stands at the bottom. Arrow keys move and choose."""

    chosen = Signal(object)  # the PageId the person chose

    def __init__(self, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName("Pages")
        self.setFixedWidth(load_measures().rail_width)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[PageId, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 1, 8)
        column.setSpacing(0)
        for number, page in enumerate(pages, start=1):
            if page is pages[-1]:
                column.addStretch(1)
            column.addWidget(self._button(page, f"Ctrl+{number}"))

    def shows(self, page_id: PageId) -> bool:
        """Tell whether a page is marked as the one in view."""
        return self._buttons[page_id].isChecked()

    def set_current(self, page_id: PageId) -> None:
        """Mark the page that is shown."""
        self._buttons[page_id].setChecked(True)

    def _button(self, page: Page, keys: str) -> RailButton:
        made = RailButton(page.title, page.icon)
        set_tooltip(made, f"{page.title} ({hint_text(keys)})")
        page_id = page.page_id
        made.clicked.connect(lambda: self.chosen.emit(page_id))
        made.toggled.connect(lambda on: self._toggled(made, page_id, on=on))
        self._group.addButton(made)
        self._buttons[page_id] = made
        return made

    def _toggled(self, made: RailButton, page_id: PageId, *, on: bool) -> None:
        """Follow the arrow keys, which move the focus and the mark in one step."""
        if on and made.hasFocus():
            self.chosen.emit(page_id)


class RailButton(QToolButton):
    """An icon over a word, with a bar at the left while its page is shown."""

    def __init__(self, title: str, name: Icon) -> None:
        super().__init__()
        self._name = name
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(load_measures().rail_width - 1, BUTTON_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(load_measures().rail_width - 1, BUTTON_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme, ring = active_theme(), load_measures().focus_ring
            self._paint_ground(painter)
            role = Color.ACCENT if self.isChecked() else Color.MUTED
            place = QRect((self.width() - ICON_SIZE) // 2, ICON_TOP, ICON_SIZE, ICON_SIZE)
            draw_icon(painter, place, self._name, role)
            painter.setFont(self._fitting_font())
            painter.setPen(theme.color(role))
            words = QRect(0, TEXT_TOP, self.width(), TEXT_HEIGHT)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
            if self.hasFocus():
                painter.setPen(QPen(theme.color(Color.ACCENT), ring, j=Qt.PenJoinStyle.MiterJoin))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_ground(self, painter: QPainter) -> None:
        theme = active_theme()
        if self.isChecked():
            painter.fillRect(self.rect(), theme.color(Color.ACCENT_SOFT))
            painter.fillRect(QRect(0, 0, BAR_WIDTH, self.height()), theme.color(Color.ACCENT))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color(Color.SUNKEN))

    def _fitting_font(self) -> QFont:
        """Return the small font, drawn narrower where the system's font is too wide for the rail."""
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        font = text_font(load_measures().small_size, weight)
        room = self.width() - 2 * TEXT_MARGIN
        needed = QFontMetrics(font).horizontalAdvance(self.text())
        if needed > room:
            font.setStretch(100 * room // needed)
        return font
