"""With personal data hidden, the history tells who did what, and not to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from vibes_desktop.model.change import ChangeRecord
from vibes_desktop.model.profile import Profile, ProfileId
from vibes_desktop.storage.journal import Journal
from vibes_desktop.ui.bridge import Bridge
from vibes_desktop.ui.history.actions import HistoryActions, Resolved
from vibes_desktop.ui.history.page import HistoryPage
from vibes_desktop.ui.privacy import Privacy

if TYPE_CHECKING:
    from tests.ui.history.conftest import Write

DEMO = ProfileId("demo")
CANARIES = ("Canaryson", "Millar", "EXT1", "2065550143")
WAIT_MS = 20_000


@pytest.fixture
def privacy() -> Privacy:
    """The switch."""
    return Privacy(is_masking=True)


@pytest.fixture
def page(
    bridge: Bridge,
    journal: Journal,
    profiles: tuple[Profile, ...],
    privacy: Privacy,
    write: Write,
    qtbot: QtBot,
) -> Iterator[HistoryPage]:
    async def resolve(_record: ChangeRecord) -> Resolved:
        raise NotImplementedError

    write("Ann", reason="called from +1 206 555 0143", after="Canaryson", detail="Ann Millar was changed")
    actions = HistoryActions(lambda _: None, lambda _: None, resolve)
    made = HistoryPage(bridge, journal, actions, privacy=privacy)
    made.set_profiles(profiles, DEMO)
    qtbot.addWidget(made)
    made.resize(1400, 700)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.detail.record is not None, timeout=WAIT_MS)
    yield made
    qtbot.waitUntil(lambda: not bridge.running)


def texts_of(page: HistoryPage) -> list[str]:
    """Collect what the page shows."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was shown before is gone
    found = []
    for widget in page.findChildren(QWidget):
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel):
            found.append(widget.text())
        elif isinstance(widget, QLineEdit):
            found.append(widget.displayText())
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    model = page.model
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(6)]
    return found + [str(cell.data(role)) for cell in cells for role in (0, 3)]


def leaks(page: HistoryPage) -> list[str]:
    """Find what tells whom it is about."""
    return [text for text in texts_of(page) for canary in CANARIES if canary in text.replace(" ", "")]


def test_the_page_tells_nobody_until_it_may(page: HistoryPage, privacy: Privacy) -> None:
    page.filter_bar.text.setText("")
    assert leaks(page) == []
    privacy.set_masking(False)
    assert leaks(page)
    privacy.set_masking(True)
    assert leaks(page) == []


def test_what_is_typed_to_filter_by_is_hidden(page: HistoryPage, bridge: Bridge, qtbot: QtBot) -> None:
    page.filter_bar.text.setText("Canaryson")
    qtbot.waitUntil(lambda: not page.filter_bar._calm.isActive() and not bridge.running, timeout=WAIT_MS)
    assert leaks(page) == []
    assert page.model.rowCount() == 1


def test_an_export_is_masked_and_says_so(
    page: HistoryPage, bridge: Bridge, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "out.json"
    page.exporter.write(target, page.model.ids)
    qtbot.waitUntil(lambda: not bridge.running and page.notice.isVisible(), timeout=WAIT_MS)
    assert "with personal data hidden" in page.notice.text
    text = target.read_text()
    assert json.loads(text)
    assert not [canary for canary in CANARIES if canary in text]
