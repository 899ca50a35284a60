from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.widgets import progress_line
from vibes_desktop.ui.widgets.labels import ElidedLabel
from vibes_desktop.ui.widgets.progress_line import ProgressLine

NEVER_MS = 10_000_000


def shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, show_after: int, cancel_after: int) -> ProgressLine:
    """Return a line with other deadlines."""
    monkeypatch.setattr(progress_line, "SHOW_AFTER_MS", show_after)
    monkeypatch.setattr(progress_line, "CANCEL_AFTER_MS", cancel_after)
    line = ProgressLine()
    qtbot.addWidget(line)
    line.resize(400, line.height())
    line.show()
    return line


def parts(line: ProgressLine) -> tuple[ElidedLabel, QPushButton]:
    """Return its words and its button."""
    label, cancel = line.findChild(ElidedLabel), line.findChild(QPushButton)
    assert label is not None
    assert cancel is not None
    return label, cancel


def test_the_deadlines_are_those_of_the_look() -> None:
    assert (progress_line.SHOW_AFTER_MS, progress_line.CANCEL_AFTER_MS) == (300, 2_000)


def test_quick_work_shows_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    line = shown(qtbot, monkeypatch, NEVER_MS, NEVER_MS)
    height = line.height()
    line.start("Reading", lambda: None)
    assert not any(part.isVisible() for part in parts(line))
    line.stop()
    assert line.height() == height


def test_it_tells_whether_it_runs(qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    states = [line.running]
    line.start("Reading")
    states.append(line.running)
    line.stop()
    assert [*states, line.running] == [False, True, False]


def test_longer_work_is_told_and_can_be_cancelled(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    line = shown(qtbot, monkeypatch, 1, 2)
    label, cancel = parts(line)
    cancelled: list[int] = []
    line.start("Reading <b>the</b> person", lambda: cancelled.append(1))
    qtbot.waitUntil(cancel.isVisible)
    assert label.full_text.startswith("Reading <b>the</b> person")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert cancelled == [1]
    assert not cancel.isVisible()
    line.stop()
    assert not label.isVisible()


def test_work_that_cannot_be_cancelled_offers_no_way_out(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = shown(qtbot, monkeypatch, 2, 1)
    label, cancel = parts(line)
    line.start("Saving")
    qtbot.waitUntil(label.isVisible)
    assert not cancel.isVisible()
    line.stop()


def test_a_known_share_is_shown_as_a_bar(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    line = shown(qtbot, monkeypatch, 1, NEVER_MS)
    label, _ = parts(line)
    line.start("Exporting")
    qtbot.waitUntil(label.isVisible)
    line.set_fraction(0.25)
    bar = line.findChild(QProgressBar)
    assert bar is not None
    assert bar.isVisible()
    assert bar.value() / bar.maximum() == 0.25
    line.stop()
    assert not bar.isVisible()


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_a_fraction_is_painted_in_its_turn(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    line = shown(qtbot, monkeypatch, 0, NEVER_MS)
    bar = line.findChild(QProgressBar)
    assert bar is not None
    line.start("Reading")
    qtbot.waitUntil(parts(line)[0].isVisible)
    line.set_fraction(0.1)
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not line.grab().isNull())
    paints = Paints()
    bar.installEventFilter(paints)
    line.set_fraction(0.6)
    assert paints.count == 0
    qtbot.waitUntil(lambda: paints.count > 0)
    assert bar.value() == 600
