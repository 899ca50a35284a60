"""Reads what the windows show, as a screen reader would: names and values, never by acting."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_SAID = (QAccessible.Text.Name, QAccessible.Text.Value)

MANY_ROWS = 500
ROWS_IN_SIGHT = 60


def windows() -> list[QWidget]:
    """The windows in sight."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def main_window() -> QWidget:
    """The program's one window."""
    return next(each for each in windows() if each.windowType() is Qt.WindowType.Window)


def widgets_in_sight() -> list[QWidget]:
    """Everything that is visible in the windows in sight."""
    found = []
    for window in windows():
        found += [window, *(each for each in window.findChildren(QWidget) if each.isVisible())]
    return found


def texts_in_sight() -> list[str]:
    """Every name, text and value that is in sight."""
    return [text for widget in widgets_in_sight() for text in texts_of(widget)]


def texts_of(widget: QWidget) -> list[str]:
    """What a widget says: its name, its value, the rows of a list."""
    interface = interface_of(widget)
    if interface is None:
        return []
    rows = rows_of(widget) if isinstance(widget, QAbstractItemView) else []
    return [text for text in (*(interface.text(kind) for kind in _SAID), *rows) if text]


def rows_of(view: QAbstractItemView) -> list[str]:
    """The texts of a list, a table or a tree; of a long one about those in sight."""
    model, root = view.model(), QModelIndex()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(root))
    rows = range(model.rowCount(root))
    if len(rows) > MANY_ROWS:
        first = max(view.indexAt(view.viewport().rect().topLeft()).row(), 0)
        rows = rows[first : first + ROWS_IN_SIGHT]
    cells = [model.index(row, column) for row in rows for column in columns]
    role = Qt.ItemDataRole
    return [str(cell.data(role.AccessibleTextRole) or cell.data(role.DisplayRole) or "") for cell in cells]


def interface_of(widget: QWidget) -> QAccessibleInterface | None:
    """What Qt hands to a screen reader for a widget; None for one that is going away."""
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    return interface


def is_said(text: str) -> bool:
    """Tell whether a text is in sight, possibly as a part of a longer one."""
    return any(text in said for said in texts_in_sight())


def focus_name() -> str:
    """The accessible name of what has the focus."""
    widget = _focus_widget()
    return "" if widget is None else widget.accessibleName() or _text(QAccessible.Text.Name)


def focus_value() -> str:
    """What stands in the field that has the focus, or what the choice is set to."""
    return _text(QAccessible.Text.Value)


def is_checked() -> bool:
    """Tell whether the tick or radio button that has the focus is on."""
    interface = _focus()
    return interface is not None and bool(interface.state().checked)


def _text(kind: QAccessible.Text) -> str:
    interface = _focus()
    return "" if interface is None else interface.text(kind)


def _focus() -> QAccessibleInterface | None:
    widget = _focus_widget()
    return None if widget is None else interface_of(widget)


def _focus_widget() -> QWidget | None:
    popup = QApplication.activePopupWidget()
    if popup is None:
        return QApplication.focusWidget()
    inside: QWidget | None = popup.focusWidget()
    return popup if inside is None else inside
