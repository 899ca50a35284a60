"""What every test of the screens shares: the theme, and the rule that no window is left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from vibes_desktop.ui.theme import ThemeName, apply, load_theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform complain about what it cannot do: it has no window manager."""
    mark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(mark)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    """Dress the application as it is at the start."""
    if qapp.property("vibes_desktop_theme") is not load_theme(ThemeName.LIGHT):
        apply(qapp, load_theme(ThemeName.LIGHT))


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication, themed: None) -> Iterator[None]:
    """Fail a test that leaves a visible window, and delete what it meant to delete."""
    before = set(QApplication.topLevelWidgets())
    yield
    _delete_deferred()
    left = [
        widget for widget in QApplication.topLevelWidgets() if widget not in before and widget.isVisible()
    ]
    for widget in left:
        widget.close()
        widget.deleteLater()
    _delete_deferred()
    assert not left, f"windows left open: {left}"


def _delete_deferred() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
