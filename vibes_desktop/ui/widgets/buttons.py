"""Buttons: the few kinds there are, each with its keyboard hint and its accessible name."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vibes_desktop.model.masking import HIDDEN
from vibes_desktop.ui.icons import Icon, icon
from vibes_desktop.ui.theme import Color, active_theme, load_measures, set_style_property
from vibes_desktop.ui.widgets.key_hint import KeyHint
from vibes_desktop.ui.widgets.pill import Tone
from vibes_desktop.ui.widgets.plain import literal, set_tooltip

COPIED_SHOWN_MS = 1500
HINT_GAP = 8
INSET = 14
NARROW_INSET = 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ButtonRole(StrEnum):
    """What a button is; one PRIMARY in sight at most."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    LINK = "link"
    QUIET = "quiet"
    ICON = "icon"
    PILL = "pill_button"


_FRAMELESS = (ButtonRole.LINK, ButtonRole.QUIET)


class Button(QPushButton):
    """A push button that Enter presses too, that key repeat never presses, and that shows its key."""

    def __init__(
        self,
        text: str,
        role: ButtonRole = ButtonRole.SECONDARY,
        *,
        shortcut_hint: QKeySequence | str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(literal(text), parent)
        self._role = role
        self._hint: KeyHint | None = None
        self.setProperty("role", role.value)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if shortcut_hint is not None:
            self.set_shortcut_hint(shortcut_hint)

    def set_text(self, text: str) -> None:
        """Show another text, as it is."""
        self.setText(literal(text))
        self.setAccessibleName(text)

    def set_shortcut_hint(self, keys: QKeySequence | str) -> None:
        """Show a key beside the text; the shortcut itself is made by whoever owns the command."""
        if self._hint is not None:
            self._hint.deleteLater()
        self._hint = KeyHint(keys, on_primary=self._role is ButtonRole.PRIMARY, parent=self)
        self._hint.show()
        set_style_property(self, "hinted", True)
        self.updateGeometry()
        self._place_hint()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if self._hint is not None:
            size.setWidth(size.width() + HINT_GAP + self._hint.sizeHint().width())
        return size

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() in (*_ENTER, Qt.Key.Key_Space):
            event.accept()
        elif event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._role is ButtonRole.PRIMARY and self.hasFocus() and self.isEnabled():
            self._paint_inner_ring()

    def _paint_inner_ring(self) -> None:
        """Paint the focus ring where it can be seen on the accent colour: inside, in the text's colour."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = load_measures().focus_ring
            painter.setPen(QPen(active_theme().color(Color.ON_ACCENT), ring))
            inset = ring + 1
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), 4, 4)

    def _place_hint(self) -> None:
        if self._hint is None:
            return
        size = self._hint.sizeHint()
        x = self.width() - size.width() - (NARROW_INSET if self._role in _FRAMELESS else INSET)
        self._hint.setGeometry(QRect(x, (self.height() - size.height()) // 2, size.width(), size.height()))


def button(
    text: str,
    role: ButtonRole = ButtonRole.SECONDARY,
    *,
    on_click: Callable[[], object] | None = None,
    shortcut_hint: QKeySequence | str | None = None,
    tooltip: str = "",
) -> Button:
    """Make a button with a text."""
    made = Button(text, role, shortcut_hint=shortcut_hint)
    if tooltip:
        set_tooltip(made, tooltip)
    _connect(made, on_click)
    return made


def link_button(text: str, *, on_click: Callable[[], object] | None = None, small: bool = False) -> Button:
    """Make a link: it goes somewhere, or acts in the row it stands in."""
    made = Button(text, ButtonRole.LINK)
    if small:
        made.setProperty("text_size", "small")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    _connect(made, on_click)
    return made


def icon_button(
    name: Icon, accessible_name: str, *, on_click: Callable[[], object] | None = None, framed: bool = False
) -> Button:
    """Make a button that shows an icon alone; its name is spoken, and shown as its tooltip."""
    made = Button("", ButtonRole.SECONDARY if framed else ButtonRole.ICON)
    made.setIcon(icon(name, Color.TEXT if framed else Color.MUTED))
    made.setIconSize(QSize(load_measures().icon_size, load_measures().icon_size))
    made.setAccessibleName(accessible_name)
    set_tooltip(made, accessible_name)
    _connect(made, on_click)
    return made


def pill_button(text: str, accessible_name: str, *, tone: Tone = Tone.NEUTRAL, small: bool = False) -> Button:
    """Make a pill-shaped button that opens a choice; it carries a caret to tell it from a status."""
    made = Button(text, ButtonRole.PILL)
    if tone is Tone.ACCENT or small:
        made.setProperty("tone", "accent" if tone is Tone.ACCENT else "small")
        made.setProperty("text_size", "small")
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.setIcon(icon(Icon.DOWN, Color.ACCENT if tone is Tone.ACCENT else Color.TEXT))
    made.setIconSize(QSize(10, 10))
    made.setAccessibleName(accessible_name)
    return made


class CopyButton(Button):
    """Copies a value, and says so for a moment."""

    def __init__(self, what: str, value: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", ButtonRole.ICON, parent=parent)
        self._what = what
        self._value = value
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(COPIED_SHOWN_MS)
        self._calm.timeout.connect(self._show_ready)
        self.setIconSize(QSize(14, 14))
        self._show_ready()
        self.clicked.connect(self._copy)

    def set_value(self, value: str) -> None:
        """Copy another value from now on."""
        self._value = value

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._value)
        self.setIcon(icon(Icon.CHECK, Color.OK))
        hidden = ", with personal data hidden" if HIDDEN in self._value else ""
        self._name(f"{self._what} copied{hidden}")
        self._calm.start()

    def _show_ready(self) -> None:
        self.setIcon(icon(Icon.COPY))
        self._name(f"Copy {self._what}")

    def _name(self, text: str) -> None:
        self.setAccessibleName(text)
        set_tooltip(self, text)


def _connect(made: Button, on_click: Callable[[], object] | None) -> None:
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
