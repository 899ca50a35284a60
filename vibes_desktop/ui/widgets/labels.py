"""Labels: text in one of the few looks there are, always plain."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from vibes_desktop.ui.theme import set_style_property
from vibes_desktop.ui.widgets.plain import one_line, set_tooltip


class TextRole(StrEnum):
    """What a text is; font and colour follow."""

    BODY = "body"
    STRONG = "strong"
    MUTED = "muted"
    SMALL = "small"
    SMALL_MUTED = "small_muted"
    SMALL_BAD = "small_bad"
    TITLE = "title"
    SECTION = "section"
    MONO = "mono"
    MONO_MUTED = "mono_muted"
    STRUCK = "struck"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"


def plain_label(
    text: str, role: TextRole = TextRole.BODY, *, wrap: bool = False, selectable: bool = False
) -> QLabel:
    """Make a label that shows `text` as it is."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    set_text_role(label, role)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setCursor(Qt.CursorShape.IBeamCursor)
    return label


def set_text_role(label: QLabel, role: TextRole) -> None:
    """Change the look of a label."""
    set_style_property(label, "role", role.value)


class ElidedLabel(QLabel):
    """One line that is shortened with `…` when there is no room; its tooltip then tells all."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._full = ""
        self._more = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_text_role(self, role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_full_text(text)

    @property
    def full_text(self) -> str:
        """The text as it was given."""
        return self._full

    def set_full_text(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def set_more(self, text: str) -> None:
        """Say more in the tooltip, such as a time in UTC."""
        self._more = text
        self._elide()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(one_line(self._full)) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        width = min(self.sizeHint().width(), self.fontMetrics().horizontalAdvance("MM…"))
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
            self._elide()

    def _elide(self) -> None:
        whole = one_line(self._full)
        shown = self.fontMetrics().elidedText(whole, self._mode, self.width()) if self.width() > 0 else whole
        if shown != self.text():
            self.setText(shown)
        set_tooltip(self, "\n".join(filter(None, (self._full if shown != whole else "", self._more))))
