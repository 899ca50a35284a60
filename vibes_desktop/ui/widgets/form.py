"""Forms: rows of a label, a field and an action, ruled by hairlines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QElapsedTimer, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vibes_desktop.ui.theme import Color, active_theme, load_measures, set_style_property
from vibes_desktop.ui.widgets.labels import ElidedLabel, TextRole, plain_label
from vibes_desktop.ui.widgets.pill import Tone

LABEL_WIDTH = 170
TRAILING_WIDTH = 76
ROWS_AT_ONCE = 40
SLICE_MS = 5  # of making; laying out what was made costs several times that
SIDE_MARGIN = 15  # with the card's border 16


class FormRow(QWidget):
    """A label, a field, and room for an action at the end; tinted once it is changed."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        trailing: QWidget | None = None,
        *,
        mono_label: bool = False,
        reserve_trailing: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._changed = False
        self._error: QLabel | None = None
        self._trailing: QWidget | None = None
        self.setMinimumHeight(load_measures().form_row)
        self._label = ElidedLabel(label, TextRole.MONO if mono_label else TextRole.BODY)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SIDE_MARGIN, 5, SIDE_MARGIN, 5)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(4)
        self._grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, 0, 1)
        self._grid.setColumnStretch(1, 1)
        if reserve_trailing:
            self._grid.setColumnMinimumWidth(2, TRAILING_WIDTH)
        self.set_trailing(trailing)

    @property
    def label(self) -> str:
        """The text of the label."""
        return self._label.full_text

    @property
    def changed(self) -> bool:
        """Whether the row is tinted."""
        return self._changed

    def set_changed(self, changed: bool) -> None:
        """Tint the row, or take the tint off."""
        if changed != self._changed:
            self._changed = changed
            parent = self.parentWidget()
            (parent or self).update()

    def set_trailing(self, widget: QWidget | None) -> None:
        """Put an action at the end of the row, in place of the one before."""
        if self._trailing is not None:
            self._grid.removeWidget(self._trailing)
            self._trailing.hide()
            self._trailing.deleteLater()
        self._trailing = widget
        if widget is not None:
            self._grid.addWidget(widget, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def set_error(self, text: str, tone: Tone = Tone.BAD) -> None:
        """Say under the field what is wrong with it, or what to mind; empty for nothing."""
        if self._error is None:
            if not text:
                return
            self._error = plain_label("", TextRole.SMALL, wrap=True)
            self._grid.addWidget(self._error, 1, 1)
        set_style_property(self._error, "tone", tone.value)
        self._error.setText(text)
        self._error.setVisible(bool(text))


class FormGrid(QWidget):
    """Rows under each other; paints their tints and hairlines itself, which is cheap with hundreds."""

    filled = Signal()  # every row that `fill` was given is there

    def __init__(self, *, round_bottom: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FormRow] = []
        self._round_bottom = round_bottom
        self._waiting: Iterator[Callable[[], FormRow]] = iter(())
        self._slice = QTimer(self, interval=0)
        self._slice.timeout.connect(self._add_slice)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """All rows, hidden ones too, in order."""
        return tuple(self._rows)

    def add_row(self, row: FormRow) -> FormRow:
        """Add a row at the end."""
        self._rows.append(row)
        self._layout.addWidget(row)
        return row

    def fill(self, makers: Sequence[Callable[[], FormRow]], *, at_once: int = ROWS_AT_ONCE) -> None:
        """Put rows in place of those there: the first now, the others in slices that leave the window alive.

        500 rows cost about 200 ms when they are made in one go.
        """
        self.clear()
        for maker in makers[:at_once]:
            self.add_row(maker())
        self._waiting = iter(makers[at_once:])
        self._slice.start()

    def finish(self) -> None:
        """Make the rows that still wait, now."""
        for maker in self._waiting:
            self.add_row(maker())

    def remove_row(self, row: FormRow) -> None:
        """Take a row out and delete it."""
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()

    def clear(self) -> None:
        """Take all rows out, waiting ones too."""
        self._slice.stop()
        self._waiting = iter(())
        for row in self.rows:
            self.remove_row(row)

    def _add_slice(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for maker in self._waiting:
            self.add_row(maker())
            if clock.elapsed() >= SLICE_MS:
                return
        self._slice.stop()
        self.filled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = [row for row in self._rows if not row.isHidden()]
        if not shown:
            return
        theme = active_theme()
        tint, line = theme.color(Color.CHANGED), theme.color(Color.LINE)
        with QPainter(self) as painter:
            for row in shown:
                if row.geometry().intersects(event.rect()):
                    self._paint_row(painter, row, tint, line, last=row is shown[-1])

    def _paint_row(self, painter: QPainter, row: FormRow, tint: QColor, line: QColor, *, last: bool) -> None:
        area = row.geometry()
        if row.changed:
            painter.fillPath(_tinted(area, rounded=last and self._round_bottom), tint)
        if not last:
            painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), line)


def _tinted(area: QRect, *, rounded: bool) -> QPainterPath:
    """Return a row's area; with the bottom corners of the card it ends."""
    path = QPainterPath()
    if not rounded:
        path.addRect(QRectF(area))
        return path
    radius = load_measures().card_radius - 1
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(QRectF(area), radius, radius)
    path.addRect(QRectF(area.left(), area.top(), area.width(), area.height() - radius))
    return path


def value_row(label: str, value: QWidget, *trailing: QWidget) -> FormRow:
    """Make a row that shows a value to read, with small buttons right behind it."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    line.addWidget(value)
    for widget in trailing:
        line.addWidget(widget)
    line.addStretch(1)
    return FormRow(label, holder)
