from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.shell.status_bar import StatusBar, StatusSlot
from vibes_desktop.ui.widgets.labels import ElidedLabel


def test_long_texts_are_shortened_inside_the_bar(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    for slot in StatusSlot:
        bar.set_text(slot, f"<b>{slot.value}</b> " * 20)
    bar.resize(600, 26)
    bar.show()
    QApplication.processEvents()
    labels = [label for label in bar.findChildren(ElidedLabel) if label.isVisible()]
    assert len(labels) == 3
    for label in labels:
        assert bar.rect().contains(label.geometry())
        assert label.text().endswith("…")


def test_a_text_can_have_more_to_say(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(900, 26)
    bar.show()
    bar.set_text(StatusSlot.SECRETS, "Secrets: GNOME keyring", tooltip="<b>Secret</b> Service")
    label = next(label for label in bar.findChildren(ElidedLabel) if label.isVisible())
    bar.resize(800, 26)
    assert "&lt;b&gt;Secret" in label.toolTip()
    bar.set_text(StatusSlot.SECRETS, "Secrets: memory")
    assert label.toolTip() == ""
