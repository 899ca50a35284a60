"""The editor of a multiple choice: the chosen values as chips, and a list to tick more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from vibes_desktop.model.jsonvalue import Json, JsonArray
from vibes_desktop.people.display import one_line as value_in_one_line
from vibes_desktop.people.edit import Unfinished
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.editors import Editor, is_same_option
from vibes_desktop.ui.people.field_view import Shown, is_set
from vibes_desktop.ui.people.popup_frame import GAP, PopupFrame
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill
from vibes_desktop.ui.widgets.plain import one_line, set_tooltip

ROWS_SHOWN = 10
LIST_WIDTH = 220
SPACING = 6
NONE_CHOSEN = "none"
_TICKABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
_OPEN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4)


class MultipleChoiceEditor(Editor):
    """Any number of several values; tells of each tick at once."""

    def __init__(self, name: str, options: Sequence[tuple[str, Json]]) -> None:
        super().__init__(name)
        self._options = list(options)
        self._chosen: list[Json] = []
        self._is_read_only = False
        self.chips = _Chips(name, self.open_list)
        self.hold(self.chips)

    def show_value(self, value: Shown) -> None:
        """Show the chosen values; an empty choice as `none`, null and absent as `not set`."""
        is_array = isinstance(value, JsonArray)
        self._chosen = list(value.items) if isinstance(value, JsonArray) else []
        texts = [value_in_one_line(item) for item in self._chosen]
        self.chips.show_texts(texts, empty=NONE_CHOSEN if is_array else self.empty_words(value))

    def can_show(self, value: Shown) -> bool:
        """Take arrays of the options alone."""
        if not isinstance(value, JsonArray):
            return not is_set(value) or isinstance(value, Unfinished)
        return all(any(is_same_option(option, item) for _, option in self._options) for item in value.items)

    def set_read_only(self, is_read_only: bool) -> None:
        """Keep the list of options closed."""
        self._is_read_only = is_read_only

    def open_list(self) -> None:
        """Open the list of all options, to be ticked by Space or a click."""
        if self._is_read_only:
            return
        field = self.parentWidget() or self
        options = OptionList([(words, self._is_chosen(option)) for words, option in self._options])
        options.setAccessibleName(f"Options of {self.name}")
        options.setFixedWidth(max(field.width() - 2 * GAP - 2, LIST_WIDTH))
        options.itemChanged.connect(lambda item: self._tick(options.row(item), item.checkState()))
        popup = PopupFrame(self, options)
        options.closed.connect(popup.close)
        popup.open_at(field)

    def _is_chosen(self, option: Json) -> bool:
        return any(is_same_option(option, item) for item in self._chosen)

    def _tick(self, index: int, state: Qt.CheckState) -> None:
        option = self._options[index][1]
        kept = [item for item in self._chosen if not is_same_option(option, item)]
        self.edited.emit(JsonArray((*kept, option) if state is Qt.CheckState.Checked else tuple(kept)))


class _Chips(QWidget):
    """A focusable line of chips; opens the list by Space, Down, Enter or a click.

    Chips that don't fit are counted in the last one.
    """

    def __init__(self, name: str, open_list: Callable[[], None]) -> None:
        super().__init__()
        self._open_list = open_list
        self._name = name
        self._chips: list[QLabel] = []
        self._more = Pill()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACING)
        self._line.addWidget(self._more)
        self._line.addStretch(1)
        self._caret = IconLabel(Icon.DOWN, Color.MUTED, 12)
        self._line.addWidget(self._caret)

    def show_texts(self, texts: Sequence[str], *, empty: str) -> None:
        for old in self._chips:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = [Pill(one_line(text)) for text in texts] or [plain_label(empty, TextRole.MUTED)]
        for i, chip in enumerate(self._chips):
            self._line.insertWidget(i, chip)
        self.setAccessibleName(f"{self._name}: {', '.join(texts) or empty}")
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN_KEYS and not event.isAutoRepeat() and not event.modifiers():
            self._open_list()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._open_list()

    def _fit(self) -> None:
        """Show as many chips as there is room for, and count the others."""
        count = self._fitting()
        for i, chip in enumerate(self._chips):
            chip.setVisible(i < count)
        left_out = len(self._chips) - count
        self._more.setVisible(left_out > 0)
        if left_out:
            self._more.setText(f"+{left_out:,}")
        set_tooltip(self, ", ".join(chip.text() for chip in self._chips) if left_out else "")

    def _fitting(self) -> int:
        room = self.width() - self._caret.width() - SPACING
        widths = [chip.sizeHint().width() + SPACING for chip in self._chips]
        if sum(widths) <= room:
            return len(widths)
        room -= self._more.fontMetrics().horizontalAdvance("+000") + 14 + SPACING
        count = 0
        while count < len(widths) and widths[count] <= room:
            room -= widths[count]
            count += 1
        return count


class OptionList(QListWidget):
    """The options with their ticks; Space ticks, Enter closes the list."""

    closed = Signal()

    def __init__(self, options: Sequence[tuple[str, bool]]) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        for words, is_chosen in options:
            item = QListWidgetItem(one_line(words), self)
            item.setFlags(_TICKABLE)
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        self.setCurrentRow(0)
        self.ensurePolished()
        rows = max(1, min(self.count(), ROWS_SHOWN))
        self.setFixedHeight(self.sizeHintForRow(0) * rows + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Leave Tab to the frame, which closes."""
        return False
