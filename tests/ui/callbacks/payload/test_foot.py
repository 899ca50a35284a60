"""The gravest findings."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.callbacks.payload import Finding, Severity
from vibes_desktop.ui.callbacks.payload.foot import PayloadFoot
from vibes_desktop.ui.privacy import Privacy

FINDINGS = (
    Finding(Severity.INFO, "deprecated_field", "event_type", "event_type is deprecated"),
    Finding(Severity.WARNING, "redelivery", "event_id", "same body as attempt 1"),
    Finding(Severity.ERROR, "conflict", "event_id", "another body, for +13125550143"),
)


@pytest.fixture
def privacy() -> Privacy:
    return Privacy()


@pytest.fixture
def foot(privacy: Privacy, qtbot: QtBot) -> PayloadFoot:
    made = PayloadFoot(privacy)
    made.resize(600, 120)
    qtbot.addWidget(made)
    return made


def texts(foot: PayloadFoot) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in foot.findChildren(QLabel) if label.isVisibleTo(foot)]


def test_two_are_shown_and_the_rest_is_counted(foot: PayloadFoot, qtbot: QtBot) -> None:
    foot.set_findings(FINDINGS)
    foot.show()
    assert texts(foot)[0] == "conflict"
    assert "redelivery" in texts(foot)
    assert "deprecated" not in texts(foot)
    assert foot.more.text() == "1 more"
    with qtbot.waitSignal(foot.all_wanted):
        foot.more.click()


def test_it_takes_no_room_when_there_is_nothing_to_say(foot: PayloadFoot) -> None:
    foot.set_findings(FINDINGS[:1])
    assert not foot.isHidden()
    assert foot.more.isHidden()
    foot.set_findings(())
    assert foot.isHidden()


def test_numbers_in_it_are_hidden(foot: PayloadFoot, privacy: Privacy) -> None:
    foot.set_findings(FINDINGS)
    foot.show()
    assert "another body, for +13125550143" in texts(foot)
    privacy.set_masking(True)
    assert not [text for text in texts(foot) if "5550143" in text]
