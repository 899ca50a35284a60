"""What the page has in the top bar: Open…, and the other ways to open and to close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from vibes_desktop.ui.callbacks.empty_view import pile_words
from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.widgets.buttons import button, icon_button
from vibes_desktop.ui.widgets.plain import literal

MORE_WIDTH = 32


@dataclass(frozen=True, slots=True)
class OpeningActions:
    """What the bar can do; `is_filled` tells whether something is open."""

    open_files: Callable[[], object]
    open_folder: Callable[[], object]
    add_files: Callable[[], object]
    add_folder: Callable[[], object]
    paste: Callable[[], object]
    close: Callable[[], object]
    choose_column: Callable[[], object]
    can_choose_column: Callable[[], bool]
    open_pile: Callable[[Sequence[str]], object]
    recent: Callable[[], Sequence[tuple[str, ...]]]
    is_filled: Callable[[], bool]


class OpeningBar(QWidget):
    """Stands at the right of the top bar; more widgets may be put after the buttons."""

    def __init__(self, actions: OpeningActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.open_button = button("Open…", shortcut_hint="Ctrl+O", on_click=actions.open_files)
        self.more_button = icon_button(Icon.DOWN, "More ways to open, and to close", framed=True)
        self.more_button.setFixedWidth(MORE_WIDTH)
        self.menu = QMenu(self.more_button)
        self.menu.aboutToShow.connect(self._fill)
        self.more_button.setMenu(self.menu)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addWidget(self.open_button)
        self._line.addWidget(self.more_button)

    def add_widget(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._line.addWidget(widget)

    def _fill(self) -> None:
        actions, menu = self._actions, self.menu
        menu.clear()
        is_filled = actions.is_filled()
        self._item("Open files…", actions.open_files)
        self._item("Open a folder…", actions.open_folder)
        if is_filled:
            self._item("Add files…", actions.add_files)
            self._item("Add a folder…", actions.add_folder)
        self._item("Paste", actions.paste)
        if actions.can_choose_column():
            self._item("Choose the column of a CSV file…", actions.choose_column)
        recent = actions.recent()
        if recent:
            menu.addSeparator()
            for paths in recent:
                self._item(pile_words(paths), partial(actions.open_pile, paths))
        if is_filled:
            menu.addSeparator()
            self._item("Close", actions.close)

    def _item(self, text: str, run: Callable[[], object]) -> None:
        action = self.menu.addAction(literal(text))
        action.triggered.connect(lambda _checked=False: run())
