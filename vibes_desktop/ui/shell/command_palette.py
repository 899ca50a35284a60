"""The command palette: every command by a few letters of its name, and any person by what was pasted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vibes_desktop.model.masking import masked_own
from vibes_desktop.ui.shell.commands import Command, CommandRegistry
from vibes_desktop.ui.theme import Color, active_theme, load_measures, text_font
from vibes_desktop.ui.widgets.card import Hairline
from vibes_desktop.ui.widgets.key_hint import hint_text
from vibes_desktop.ui.widgets.plain import one_line
from vibes_desktop.ui.widgets.shadow import paint_shadow

WIDTH = 560
SHADOW = 16
FROM_TOP = 52
ROW_HEIGHT = 34
ROWS_SHOWN = 9
PASTED_LIMIT = 20_000  # characters; a longer text is a file, not something to look up
TITLE_SHOWN = 60
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    keys: str
    run: Callable[[], object]


class CommandPalette(QWidget):
    """A field and a list over the window; closes when something was chosen, by Esc, or when left."""

    closed = Signal()

    def __init__(
        self,
        registry: CommandRegistry,
        run: Callable[[Command], object],
        find_person: Callable[[str], object],
        page: Callable[[], str],
        is_masking: Callable[[], bool],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._registry = registry
        self._run = run
        self._find_person = find_person
        self._page = page
        self._is_masking = is_masking
        self._entries: list[_Entry] = []
        self.setAccessibleName("Commands")
        self.edit = _PaletteEdit()
        self.edit.setAccessibleName("Search people and commands")
        self.edit.setPlaceholderText("Type a command, or paste any ID, number or record")
        self.list = QListWidget()
        self.list.setAccessibleName("Commands found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()
        self.edit.textChanged.connect(self._refill)
        self.edit.moved.connect(self._move)
        self.edit.chosen.connect(self._choose_current)
        self.edit.left.connect(self.close_palette)
        self.list.itemClicked.connect(lambda _item: self._choose_current())
        self.hide()

    def open_palette(self, text: str = "") -> None:
        """Come into view with the focus, and a text to start with."""
        self.edit.setText(text)
        self._refill(text)
        self._place()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Go out of view."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_shadow(painter, self.rect(), SHADOW, load_measures().dialog_radius)

    def _build(self) -> None:
        sheet = QFrame()
        sheet.setProperty("role", "palette")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        whole.addWidget(sheet)
        self._lines = QVBoxLayout(sheet)
        self._lines.setContentsMargins(1, 4, 1, 8)
        self._lines.setSpacing(4)
        self._lines.addWidget(self.edit)
        self._lines.addWidget(Hairline())
        self._lines.addWidget(self.list)

    def _place(self) -> None:
        window = self.parentWidget()
        width = min(WIDTH, window.width() - 32) if window is not None else WIDTH
        rows = max(1, min(len(self._entries), ROWS_SHOWN))
        self.list.setFixedHeight(rows * ROW_HEIGHT + 4)
        self.setFixedWidth(width + 2 * SHADOW)
        self._lines.activate()  # or the size of the former rows would still be asked for
        self.adjustSize()
        if window is not None:
            self.move((window.width() - self.width()) // 2, FROM_TOP - SHADOW)

    def _refill(self, text: str) -> None:
        """Show what fits the text: commands, and looking the text up as a person."""
        self._entries = [
            _Entry(command.title, hint_text(command.keys) if command.shortcut else "", self._runner(command))
            for command in self._registry.matching(text, self._page())
        ]
        hides = self._is_masking() and self._is_of_a_person(text)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password if hides else QLineEdit.EchoMode.Normal)
        if text.strip() and len(text) <= PASTED_LIMIT:
            self._add_person_entry(text)
        self.list.clear()
        for number, entry in enumerate(self._entries):
            item = QListWidgetItem(entry.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title} {entry.keys}".strip())
            item.setData(KEYS_ROLE, entry.keys)
        self.list.setCurrentRow(0)
        if self.isVisible():
            self._place()

    def _add_person_entry(self, text: str) -> None:
        """Put the look-up first when the text looks like an identifier."""
        shown = masked_own(text.strip()) if self._is_masking() else one_line(text.strip())
        title = f"Find person: {shown if len(shown) <= TITLE_SHOWN else shown[:TITLE_SHOWN] + '…'}"
        entry = _Entry(title, "", lambda: self._find_person(text))
        self._entries.insert(0 if self._is_of_a_person(text) else len(self._entries), entry)

    def _is_of_a_person(self, text: str) -> bool:
        """Tell whether a text looks like an identifier: it holds a digit, or fits no command."""
        return not self._entries or any(letter.isdigit() for letter in text)

    def _runner(self, command: Command) -> Callable[[], object]:
        return lambda: self._run(command)

    def _move(self, rows: int) -> None:
        count = self.list.count()
        if count:
            row = self.list.currentRow() + rows
            self.list.setCurrentRow(row % count if abs(rows) == 1 else max(0, min(row, count - 1)))

    def _choose_current(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._entries):
            return
        entry = self._entries[row]
        self.close_palette()
        entry.run()


KEYS_ROLE = Qt.ItemDataRole.UserRole + 1


class _PaletteEdit(QLineEdit):
    """The field of the palette: its keys move in the list, and no other shortcut works meanwhile."""

    moved = Signal(int)  # rows, down is positive
    chosen = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "palette_edit")
        self.setFixedHeight(load_measures().search_height)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _LIST_KEYS:
            rows = 1 if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) else ROWS_SHOWN
            self.moved.emit(-rows if key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else rows)
        elif key in _ENTER:
            if not event.isAutoRepeat():
                self.chosen.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class _EntryDelegate(QStyledItemDelegate):
    """Paints a command with its key at the end."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = active_theme()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color(Color.ACCENT_SOFT))
        inside = area.adjusted(16, 0, -16, 0)
        keys = str(index.data(KEYS_ROLE) or "")
        painter.setFont(text_font(theme.measures.small_size))
        painter.setPen(theme.color(Color.MUTED))
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
        taken = painter.fontMetrics().horizontalAdvance(keys) + 16
        painter.setFont(text_font())
        painter.setPen(theme.color(Color.TEXT))
        title = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inside.width() - taken
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
