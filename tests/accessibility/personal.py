"""Finds what a window tells of a person: in what it paints, in what it says, and in what it would copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QBuffer, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tests.journey import eyes
from vibes_desktop.ui.people.calls.number_sheet import HINT
from vibes_desktop.ui.people.search_bar import PLACEHOLDER
from vibes_desktop.ui.people.start_view import EXAMPLE

SAID = (
    QAccessible.Text.Name,
    QAccessible.Text.Value,
    QAccessible.Text.Description,
    QAccessible.Text.Help,
)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
ROWS_LOOKED_AT = 200
EXAMPLES = (EXAMPLE, PLACEHOLDER, HINT)
PAINTED = re.compile(r"<text\b[^>]*>([^<]*)</text>")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \-.()/\u00a0\u2011]+(?=\d)")


def told_of(canaries: tuple[str, ...]) -> list[str]:
    """Tell where anything in sight holds a canary: numbers in whatever spelling, the rest in any case."""
    wanted = [canary.casefold() for canary in canaries]
    complaints = []
    for where, text in dict.fromkeys(_everything()):
        if text in EXAMPLES:
            continue
        plain = BETWEEN_DIGITS.sub("", text.replace("(", "").replace(")", "")).casefold()
        complaints += [f"{where}: {canary!r} in {text[:200]!r}" for canary in wanted if canary in plain]
    return complaints


def painted(window: QWidget) -> list[str]:
    """The texts that a window paints, piece by piece."""
    buffer = QBuffer()
    paper = QSvgGenerator()
    paper.setOutputDevice(buffer)
    paper.setSize(window.size())
    window.render(paper, QPoint())
    return [unescape(text) for text in PAINTED.findall(bytes(buffer.data().data()).decode())]


def _everything() -> Iterator[tuple[str, str]]:
    for window in eyes.windows():
        yield "title", window.windowTitle()
        for text in painted(window):
            yield f"painted in {type(window).__name__}", text
        yield from _actions(window)
    for widget in eyes.widgets_in_sight():
        for text in _of_widget(widget):
            yield f"{type(widget).__name__} {widget.accessibleName()[:40]!r}", text


def _of_widget(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    interface = eyes.interface_of(widget)
    if interface is not None:
        yield from _said(interface)
    if isinstance(widget, QLineEdit):
        yield from (widget.displayText(), widget.placeholderText())
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox | QTabBar):
        entries = [*range(widget.count())]
        yield from (
            getattr(widget, "itemText" if isinstance(widget, QComboBox) else "tabText")(n) for n in entries
        )
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model(), QModelIndex())


def _said(interface: QAccessibleInterface) -> Iterator[str]:
    for kind in SAID:
        yield interface.text(kind)
    texts = interface.textInterface()
    if texts is not None:
        yield texts.text(0, texts.characterCount())


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), ROWS_LOOKED_AT)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(index.data(role)) for role in ROLES if index.data(role) is not None)
        yield from _cells(model, model.index(row, 0, parent))


def _actions(window: QWidget) -> Iterator[tuple[str, str]]:
    for action in window.findChildren(QAction):
        for text in (action.text(), action.toolTip(), action.statusTip()):
            yield "action", text
