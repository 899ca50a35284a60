"""What the page says while nothing is open: how to open something, and what was open lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path, PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.ui.icons import Icon
from vibes_desktop.ui.resources import resources_dir
from vibes_desktop.ui.theme import Color
from vibes_desktop.ui.widgets.buttons import Button, ButtonRole, button, link_button
from vibes_desktop.ui.widgets.icon_label import IconLabel
from vibes_desktop.ui.widgets.labels import TextRole, plain_label
from vibes_desktop.ui.widgets.plain import set_tooltip

WIDTH = 560
RECENT_SHOWN = 5
NAME_SHOWN = 48  # characters
SENTENCE = "Open callback payloads to read them, ask questions and compare."
WHAT = (
    "A file, a folder or an archive: JSON, one object a line, log lines, HAR or CSV, also in .gz and .zip."
    " Drop them here, or paste a payload with Ctrl+V."
)
Open = Callable[[Sequence[str]], object]


class EmptyView(QWidget):
    """A sentence, one button, an example."""

    def __init__(self, ask: Callable[[], object], open_paths: Open, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_paths
        self.open_button = button("Open…", ButtonRole.PRIMARY, on_click=ask, shortcut_hint="Ctrl+O")
        self.samples_button = link_button("Open the samples", on_click=self._open_samples)
        self.recent_buttons: list[Button] = []
        self._recent = QFrame()
        self._recent_column = QVBoxLayout(self._recent)
        self._lay_out()
        self.set_recent(())

    def set_recent(self, piles: Sequence[tuple[str, ...]]) -> None:
        """Offer what was open lately, newest first."""
        for made in self.recent_buttons:
            made.hide()
            made.deleteLater()
        self.recent_buttons = [self._recent_button(paths) for paths in piles[:RECENT_SHOWN]]
        for made in self.recent_buttons:
            self._recent_column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recent.setVisible(bool(piles))

    def offer(self, way: Button) -> None:
        """Put another way to begin behind the samples."""
        self._ways.insertWidget(self._ways.count() - 1, plain_label("or", TextRole.SMALL_MUTED))
        self._ways.insertWidget(self._ways.count() - 1, way)

    def _recent_button(self, paths: tuple[str, ...]) -> Button:
        made = link_button("", on_click=partial(self._open, paths))
        made.set_text(pile_words(paths))
        set_tooltip(made, "\n".join(paths))
        return made

    def _open_samples(self) -> None:
        self._open((str(samples_folder()),))

    def _lay_out(self) -> None:
        sentence = plain_label(SENTENCE, TextRole.STRONG, wrap=True)
        what = plain_label(WHAT, TextRole.MUTED, wrap=True)
        example = plain_label("No file at hand?", TextRole.SMALL_MUTED)
        for label in (sentence, what):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._ways = line = QHBoxLayout()
        line.setSpacing(6)
        line.addStretch(1)
        line.addWidget(example)
        line.addWidget(self.samples_button)
        line.addStretch(1)
        self._recent_column.setContentsMargins(0, 12, 0, 0)
        self._recent_column.setSpacing(4)
        self._recent_column.addWidget(
            plain_label("Opened lately", TextRole.SECTION), 0, Qt.AlignmentFlag.AlignHCenter
        )
        centre = QWidget()
        centre.setMaximumWidth(WIDTH)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(IconLabel(Icon.CALLBACKS, Color.MUTED, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(sentence)
        column.addWidget(what)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(line)
        column.addWidget(self._recent)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(centre, 8)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(across)
        whole.addStretch(3)


def pile_words(paths: Sequence[str]) -> str:
    """Name what was opened together."""
    names = [PurePath(path).name or path for path in paths]
    first = names[0] if len(names[0]) <= NAME_SHOWN else names[0][: NAME_SHOWN - 1] + "…"
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"


def samples_folder() -> Path:
    """Where the payloads lie that come with the program."""
    return resources_dir() / "samples"
