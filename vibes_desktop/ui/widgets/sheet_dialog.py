"""Sheets: the program's dialogs, with a head, a body that scrolls, and a foot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vibes_desktop.model.profile import Safety
from vibes_desktop.ui.theme import Color, active_theme, load_measures
from vibes_desktop.ui.widgets.buttons import Button
from vibes_desktop.ui.widgets.card import Hairline
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import SafetyPill
from vibes_desktop.ui.widgets.scroll_page import ScrollPage

WIDTH = 860
PADDING = 24
HEAD_HEIGHT = 60
FOOT_HEIGHT = 54
SCREEN_MARGIN = 48
BACKDROP_ALPHA = 96
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SheetDialog(QDialog):
    """A modal sheet over its window, which is dimmed. The level's colour and word are on it when given."""

    def __init__(
        self,
        title: str,
        *,
        safety: Safety | None = None,
        subtitle: str = "",
        width: int = WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._safety = safety
        self._width = width
        self._backdrop: _Backdrop | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self._rounded = QGuiApplication.platformName() != "xcb"
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._rounded)
        self._title = ElidedLabel(title, TextRole.TITLE)
        self._page = ScrollPage(title)
        self.body: QVBoxLayout = self._page.column
        self.body.setContentsMargins(PADDING, 16, PADDING, 16)
        self._note = plain_label("", TextRole.SMALL_MUTED, wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._build(subtitle)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end of the body."""
        self.body.addWidget(widget)

    def set_note(self, text: str) -> None:
        """Say something small at the left of the foot."""
        self._note.setText(text)

    def set_foot(self, widget: QWidget) -> None:
        """Put a widget into the foot, between the note and the buttons."""
        self._foot_line.insertWidget(1, widget)

    def add_button(self, made: Button, *, key: QKeySequence | str | None = None) -> Button:
        """Add a button at the right of the foot; `key` presses it while it is enabled, never by repeat."""
        self._buttons.addWidget(made)
        if key is not None:
            for sequence in _with_keypad(QKeySequence(key)):
                shortcut = QShortcut(sequence, self)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(made.click)
        return made

    def set_default(self, made: Button) -> None:
        """Let a button have the focus when the sheet opens, and Enter."""
        made.setDefault(True)
        made.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.set_full_text(title)
        self.setWindowTitle(title)

    def sizeHint(self) -> QSize:
        content = self.body.sizeHint().height()
        if self.body.hasHeightForWidth():
            content = self.body.heightForWidth(self._width - 2)
        height = content + HEAD_HEIGHT + FOOT_HEIGHT + load_measures().frame_edge + 4
        return QSize(self._width, height).boundedTo(self._room())

    def fit(self) -> None:
        """Take the height that the content needs now, as far as the window has room."""
        self.resize(self.sizeHint())
        self._centre()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        self._dim_parent()
        self.raise_()
        self.activateWindow()

    def done(self, result: int) -> None:
        if self._backdrop is not None:
            self._backdrop.hide()
            self._backdrop.deleteLater()
            self._backdrop = None
        super().done(result)
        owner = self.parentWidget()
        if owner is not None:  # where no window manager does it
            owner.window().activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() in (*_ENTER, Qt.Key.Key_Escape):
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        window = self.windowHandle()
        if event.position().y() < HEAD_HEIGHT and window is not None:
            window.startSystemMove()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._rounded:
            self.setMask(QRegion(self._outline().toFillPolygon().toPolygon()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = active_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            outline = self._outline()
            painter.fillPath(outline, QBrush(theme.color(Color.SURFACE)))
            if self._safety is not None:
                painter.setClipPath(outline)
                painter.fillRect(0, 0, self.width(), theme.measures.frame_edge + 1, theme.frame(self._safety))
                painter.setClipping(False)
            painter.setPen(QPen(theme.color(Color.LINE), 1))
            painter.drawPath(outline)

    def _build(self, subtitle: str) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, load_measures().frame_edge, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self._head(subtitle))
        whole.addWidget(Hairline())
        whole.addWidget(self._page, 1)
        whole.addWidget(self._foot())

    def _head(self, subtitle: str) -> QWidget:
        head = QWidget()
        head.setFixedHeight(HEAD_HEIGHT)
        line = QHBoxLayout(head)
        line.setContentsMargins(PADDING - 1, 0, PADDING - 1, 0)
        line.setSpacing(12)
        line.addWidget(self._title)
        if self._safety is not None:
            line.addWidget(SafetyPill(self._safety))
        line.addWidget(ElidedLabel(subtitle, TextRole.MUTED))
        line.addStretch(1)
        return head

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "sheet_footer")
        foot.setFixedHeight(FOOT_HEIGHT)
        self._foot_line = QHBoxLayout(foot)
        self._foot_line.setContentsMargins(PADDING - 1, 0, PADDING - 1, 0)
        self._foot_line.setSpacing(12)
        self._foot_line.addWidget(self._note, 1)
        self._foot_line.addLayout(self._buttons)
        return foot

    def _outline(self) -> QPainterPath:
        path = QPainterPath()
        radius = load_measures().dialog_radius
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return path

    def _room(self) -> QSize:
        """Return how large the sheet may be: its window's size, or the screen's, less a margin."""
        owner = self.parentWidget()
        room = owner.window().size() if owner is not None else self.screen().availableSize()
        return room - QSize(SCREEN_MARGIN, SCREEN_MARGIN)

    def _centre(self) -> None:
        owner = self.parentWidget()
        if owner is None:
            return
        middle = owner.window().geometry().center()
        self.move(middle.x() - self.width() // 2, middle.y() - self.height() // 2)

    def _dim_parent(self) -> None:
        owner = self.parentWidget()
        if owner is not None and self._backdrop is None:
            self._backdrop = _Backdrop(owner.window())


class _Backdrop(QWidget):
    """A veil over a window, while a sheet is open in front of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        veil = active_theme().color(Color.TEXT if not active_theme().dark else Color.SUNKEN)
        veil.setAlpha(BACKDROP_ALPHA)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), veil)


def _with_keypad(sequence: QKeySequence) -> list[QKeySequence]:
    """Return a sequence, and the same with the keypad's Enter where it ends in Return."""
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    if not text.endswith("Return"):
        return [sequence]
    return [sequence, QKeySequence(text.removesuffix("Return") + "Enter")]
