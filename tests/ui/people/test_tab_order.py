from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from vibes_desktop.ui.people.tab_order import follow_layout

Shown = Callable[[QWidget], QWidget]


def edit(name: str) -> QLineEdit:
    """Make a field."""
    made = QLineEdit()
    made.setObjectName(name)
    return made


def pressed(key: Qt.Key, times: int) -> list[str]:
    """Press a key and return whom it takes the focus to."""
    names = []
    for _ in range(times):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.objectName())
    return names


def test_tab_goes_as_it_stands_on_the_screen_whatever_was_made_first(shown: Shown) -> None:
    late, early, inner, beside, hidden = (
        edit(name) for name in ("late", "early", "inner", "beside", "hidden")
    )
    root = QWidget()
    column = QVBoxLayout(root)
    line = QHBoxLayout()
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content = QWidget()
    QVBoxLayout(content).addWidget(inner)
    area.setWidget(content)
    for widget in (early, beside):
        line.addWidget(widget)
    column.addWidget(QLabel("not a stop"))
    column.addWidget(late)
    column.addWidget(hidden)
    column.addWidget(area)
    column.insertLayout(1, line)
    hidden.hide()
    follow_layout(root)
    shown(root)
    early.setFocus()
    assert pressed(Qt.Key.Key_Tab, 4) == ["beside", "late", "inner", "early"]
    hidden.show()
    assert pressed(Qt.Key.Key_Tab, 3) == ["beside", "late", "hidden"]


def test_what_gives_the_focus_to_another_is_left_to_that(shown: Shown) -> None:
    first, second, target = edit("first"), edit("second"), edit("target")
    proxy = QWidget()
    proxy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(proxy).addWidget(target)
    proxy.setFocusProxy(target)
    root = QWidget()
    column = QVBoxLayout(root)
    for widget in (second, proxy, first):
        column.addWidget(widget)
    follow_layout(root)
    shown(root)
    second.setFocus()
    assert pressed(Qt.Key.Key_Tab, 2) == ["target", "first"]
