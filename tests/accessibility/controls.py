"""Looks at a window through Qt's accessibility interface: its controls, their names, and what Tab reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QButtonGroup, QWidget

from tests.journey.driver import Driver
from tests.journey.eyes import interface_of

MAX_TABS = 400


@dataclass(frozen=True)
class Control:
    """Something that can have the focus."""

    widget: QWidget
    name: str
    role: QAccessible.Role

    def __str__(self) -> str:
        return f"{self.role.name} {self.name!r} ({type(self.widget).__name__})"


def controls_in(window: QWidget) -> list[Control]:
    """Every visible, enabled control of a window that can have the focus, as a screen reader finds them.

    A text that the mouse can select is no control, nor is the inside of one that hands its focus on.
    """
    root = interface_of(window)
    return [] if root is None else list(_controls(root))


def rows_without_words(window: QWidget) -> list[str]:
    """The rows of lists, tables and menus in sight that say nothing."""
    root = interface_of(window)
    return [] if root is None else list(_silent_rows(root))


def nameless(controls: list[Control]) -> list[str]:
    """The controls that a screen reader could not name."""
    return [str(each) for each in controls if not _label_of(each).strip()]


def tab_complaints(driver: Driver, window: QWidget) -> list[str]:
    """Go once around by Tab; tell what was missed, reached twice, or reached out of sight."""
    reached: list[QWidget] = []
    complaints: list[str] = []
    driver.press("Tab")
    start = QApplication.focusWidget()
    while True:
        widget = QApplication.focusWidget()
        if widget is None:
            return ["Tab leaves the window without a focus"]
        reached.append(widget)
        if not _is_in_sight(widget):
            complaints.append(f"out of sight when Tab reaches it: {_described(widget)}")
        driver.press("Tab")
        if QApplication.focusWidget() is start:
            break
        if len(reached) > MAX_TABS:
            last = ", ".join(_described(each) for each in reached[-4:])
            return [f"Tab never comes back to {_described(start)}; it goes on with {last}"]
    return complaints + list(_missed_and_repeated(controls_in(window), reached))


def _is_in_sight(widget: QWidget) -> bool:
    """Tell whether the middle of a widget can be seen: of one that scrolls, what it shows covers itself."""
    shown = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    return shown.visibleRegion().contains(shown.rect().center())


def _missed_and_repeated(controls: list[Control], reached: list[QWidget]) -> Iterator[str]:
    expected = [each.widget for each in controls]
    for widget in reached:
        if reached.count(widget) > 1:
            yield f"reached twice: {_described(widget)}"
        if widget not in expected:
            yield f"reached, and no control: {_described(widget)}"
    for control in controls:
        group = _group_of(control.widget)
        stops = [each for each in reached if each is control.widget or each in group]
        if not stops:
            yield f"never reached: {control}"
        elif len(set(stops)) > 1:
            yield f"more than one stop in a group: {control}"


def _group_of(widget: QWidget) -> list[QWidget]:
    """The buttons of which one is chosen: one of them is a stop, the arrow keys lead to the others."""
    if not isinstance(widget, QAbstractButton) or not widget.isCheckable():
        return []
    group: QButtonGroup | None = widget.group()
    if group is not None:
        return list(group.buttons()) if group.exclusive() else []
    parent = widget.parentWidget()
    if not widget.autoExclusive() or parent is None:
        return []
    around = parent.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [each for each in around if each.autoExclusive()]


def _label_of(control: Control) -> str:
    """What tells a control from the others.

    On Linux Qt gives a choice's value for its name, so that its own name has to come as its description.
    """
    if control.role is not QAccessible.Role.ComboBox:
        return control.name
    interface = interface_of(control.widget)
    return "" if interface is None else interface.text(QAccessible.Text.Description)


def _controls(interface: QAccessibleInterface) -> Iterator[Control]:
    state = interface.state()
    widget: object = interface.object()
    if isinstance(widget, QWidget):
        if not widget.isVisible() or state.invisible:
            return
        is_control = interface.role() is not QAccessible.Role.StaticText and widget.focusProxy() is None
        if state.focusable and is_control and not state.disabled and not widget.isWindow():
            yield Control(widget, interface.text(QAccessible.Text.Name), interface.role())
    for child in _children(interface):
        yield from _controls(child)


def _silent_rows(interface: QAccessibleInterface) -> Iterator[str]:
    for child in _children(interface):
        widget = child.object()
        if isinstance(widget, QWidget):
            if widget.isVisible():
                yield from _silent_rows(child)
        elif child.role() in _ROWS and not child.text(QAccessible.Text.Name).strip():
            yield f"a row of {interface.text(QAccessible.Text.Name)!r} says nothing"


def _children(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child.isValid():
            yield child


def _described(widget: QWidget | None) -> str:
    interface = None if widget is None else interface_of(widget)
    if widget is None or interface is None:
        return "nothing"
    return str(Control(widget, interface.text(QAccessible.Text.Name), interface.role()))


_ROWS = frozenset({QAccessible.Role.ListItem, QAccessible.Role.TreeItem, QAccessible.Role.MenuItem})
