"""Finds what would show a value as anything but plain text."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTextEdit, QWidget

ITEMS_LOOKED_AT = 500


def rich_texts(window: QWidget) -> list[str]:
    """Tell of every label, tooltip and text of a window that Qt might read as rich text."""
    everything = [window, *window.findChildren(QWidget)]
    found: list[str] = []
    for widget in everything:
        found += _of_widget(widget)
    for action in window.findChildren(QAction):
        found += _live(action.toolTip(), f"the tooltip of the action {action.text()!r}")
    return found


def _of_widget(widget: QWidget) -> Iterator[str]:
    what = f"{type(widget).__name__} {widget.accessibleName()!r}"
    is_picture = isinstance(widget, QLabel) and not widget.text() and not widget.pixmap().isNull()
    if isinstance(widget, QLabel) and not is_picture and widget.textFormat() is not Qt.TextFormat.PlainText:
        yield f"{what} has a text format of {widget.textFormat().name}: {widget.text()!r}"
    if isinstance(widget, QTextEdit) and (widget.acceptRichText() or not widget.isReadOnly()):
        yield f"{what} takes rich text"
    for name, text in (("tooltip", widget.toolTip()), ("whatsThis", widget.whatsThis())):
        yield from _live(text, f"the {name} of {what}")
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget.model(), what)


def _of_model(model: QAbstractItemModel, what: str) -> Iterator[str]:
    for index in _indexes(model):
        yield from _live(
            str(index.data(Qt.ItemDataRole.ToolTipRole) or ""), f"the tooltip of a row of {what}"
        )


def _indexes(model: QAbstractItemModel) -> Iterator[QModelIndex]:
    rows = min(model.rowCount(), ITEMS_LOOKED_AT)
    first = [model.index(row, 0) for row in range(rows)]
    for index in first:
        column = 0
        while (cell := index.siblingAtColumn(column)).isValid():
            yield cell
            column += 1


def _live(text: str, where: str) -> Iterator[str]:
    """Tell of a text that would be read as rich and is not the rich spelling of a plain one."""
    if GuiQt.mightBeRichText(text) and any(mark in text for mark in ("<img", "<b>", "<a ", "<script")):
        yield f"{where} would be read as rich text: {text!r}"
