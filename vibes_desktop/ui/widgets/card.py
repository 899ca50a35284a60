"""Cards: a titled group of things on a surface of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.widgets.labels import TextRole, plain_label

HEADER_HEIGHT = 32
PADDING = 16


class Hairline(QFrame):
    """A line of one pixel across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "hairline")
        self.setFixedHeight(1)


class Card(QFrame):
    """A group under a section title; `trailing` stands at the end of the title's line.

    A ruled card has a hairline under its title and rows from edge to edge (a form); any other pads its body.
    """

    def __init__(
        self,
        title: str = "",
        trailing: QWidget | None = None,
        *,
        ruled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self._title = plain_label(title, TextRole.SECTION)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if title or trailing is not None:
            whole.addWidget(self._header(trailing, ruled=ruled))
        if ruled:
            whole.addWidget(Hairline())
        self.body = QVBoxLayout()
        self.body.setSpacing(0 if ruled else 8)
        if not ruled:
            self.body.setContentsMargins(PADDING - 1, 0 if title else 12, PADDING - 1, 12)
        whole.addLayout(self.body)

    @property
    def title_label(self) -> QLabel:
        """The section title."""
        return self._title

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget at the end."""
        self.body.addWidget(widget, stretch)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def _header(self, trailing: QWidget | None, *, ruled: bool) -> QWidget:
        header = QWidget()
        line = QHBoxLayout(header)
        line.setContentsMargins(PADDING - 1, 0, PADDING - 1, 0)
        line.addStrut(HEADER_HEIGHT if ruled else HEADER_HEIGHT + 6)
        line.addWidget(self._title)
        line.addStretch(1)
        if trailing is not None:
            line.addWidget(trailing)
        return header
