"""The editor of a multiple choice: the chosen values as chips, and a list to tick more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from vibes_desktop.model.jsonvalue import Json, JsonArray
from vibes_desktop.people.display import NOT_SET
from vibes_desktop.people.display import one_line as value_in_one_line
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.people.editors import Editor, Shown, is_same_option
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Pill
from vibes_desktop.ui.widgets.plain import one_line

ROWS_SHOWN = 10
_TICKABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
_OPEN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4)


class MultipleChoiceEditor(Editor):
    """Any number of several values; tells of each tick at once."""

    def __init__(self, name: str, options: Sequence[tuple[str, Json]]) -> None:
        super().__init__(name)
        self._options = list(options)
        self._chosen: list[Json] = []
        self.chips = _Chips(name, self.open_list)
        self.hold(self.chips)

    def show_value(self, value: Shown) -> None:
        """Show the chosen values; null and absent as `not set`."""
        is_array = isinstance(value, JsonArray)
        self._chosen = list(value.items) if isinstance(value, JsonArray) else []
        for item in self._chosen:
            if not any(is_same_option(option, item) for _, option in self._options):
                self._options.append((value_in_one_line(item), item))
        texts = [value_in_one_line(item) for item in self._chosen]
        self.chips.show_texts(texts, empty="none" if is_array else NOT_SET)

    def open_list(self) -> None:
        """Open the list of all options, to be ticked by Space or a click."""
        popup = _OptionList(self, [(words, self._is_chosen(option)) for words, option in self._options])
        popup.setAccessibleName(f"Options of {self.name}")
        popup.itemChanged.connect(lambda item: self._tick(popup.row(item), item.checkState()))
        popup.open_below(self.parentWidget() or self)

    def _is_chosen(self, option: Json) -> bool:
        return any(is_same_option(option, item) for item in self._chosen)

    def _tick(self, index: int, state: Qt.CheckState) -> None:
        option = self._options[index][1]
        kept = [item for item in self._chosen if not is_same_option(option, item)]
        self.edited.emit(JsonArray((*kept, option) if state is Qt.CheckState.Checked else tuple(kept)))


class _Chips(QWidget):
    """A focusable line of chips; opens the list by Space, Down, Enter or a click."""

    def __init__(self, name: str, open_list: Callable[[], None]) -> None:
        super().__init__()
        self._open_list = open_list
        self._name = name
        self._chips: Sequence[QLabel] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        self._line.addStretch(1)
        self._line.addWidget(IconLabel(Icon.DOWN, Color.MUTED, 12))

    def show_texts(self, texts: Sequence[str], *, empty: str) -> None:
        for old in self._chips:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = [Pill(one_line(text)) for text in texts] or [plain_label(empty, TextRole.MUTED)]
        for i, chip in enumerate(self._chips):
            self._line.insertWidget(i, chip)
        self.setAccessibleName(f"{self._name}: {', '.join(texts) or empty}")

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN_KEYS and not event.isAutoRepeat() and not event.modifiers():
            self._open_list()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._open_list()


class _OptionList(QListWidget):
    """The list with its ticks; Enter, Escape and a click beside it close it."""

    def __init__(self, owner: QWidget, options: Sequence[tuple[str, bool]]) -> None:
        super().__init__(owner)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setUniformItemSizes(True)
        for words, is_chosen in options:
            item = QListWidgetItem(one_line(words), self)
            item.setFlags(_TICKABLE)
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        self.setCurrentRow(0)

    def open_below(self, field: QWidget) -> None:
        height = self.sizeHintForRow(0) * max(1, min(self.count(), ROWS_SHOWN)) + 8
        place = field.mapToGlobal(QPoint(0, field.height()))
        self.setGeometry(place.x(), place.y(), max(field.width(), 220), height)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)
