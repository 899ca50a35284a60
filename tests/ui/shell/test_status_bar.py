from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.privacy import Privacy
from vibes_desktop.ui.shell.status_bar import MaskSwitch, StatusBar, StatusSlot, ZoneSwitch, switch_commands
from vibes_desktop.ui.times import Times, Zone
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
    assert len(labels) == len(StatusSlot)
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


def test_places_are_left_out_and_come_back(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.set_text(StatusSlot.ACTIVITY, "Read 2 s ago")
    bar.hide_slots([StatusSlot.ACTIVITY])
    assert not any(label.isVisible() for label in bar.findChildren(ElidedLabel))
    bar.set_text(StatusSlot.ACTIVITY, "Read 3 s ago")
    assert not any(label.isVisible() for label in bar.findChildren(ElidedLabel))
    bar.hide_slots([])
    assert any(label.isVisible() for label in bar.findChildren(ElidedLabel))


def test_the_zone_of_all_times_is_chosen_here(qtbot: QtBot) -> None:
    times = Times()
    switch = ZoneSwitch(times)
    qtbot.addWidget(switch)
    assert switch.accessibleName() == "Times: local"
    utc = next(action for action in switch.menu().actions() if action.text() == "UTC")
    utc.trigger()
    assert times.zone is Zone.UTC
    assert switch.accessibleName() == "Times: UTC"
    assert utc.isChecked()


def test_personal_data_are_hidden_and_shown(qtbot: QtBot) -> None:
    privacy = Privacy()
    switch = MaskSwitch(privacy)
    qtbot.addWidget(switch)
    assert switch.text() == "Mask personal data: off"
    switch.click()
    assert privacy.is_masking
    assert switch.text() == "Mask personal data: on"
    switch.click()
    assert not privacy.is_masking


def test_the_switches_stand_at_the_right_end(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.add_switches(Privacy(), Times())
    bar.resize(900, 26)
    bar.show()
    QApplication.processEvents()
    zone, mask = bar.findChildren(ZoneSwitch)[0], bar.findChildren(MaskSwitch)[0]
    assert zone.x() < mask.x()
    assert mask.geometry().right() > 900 - 20


def test_the_switches_have_commands(qtbot: QtBot) -> None:
    privacy, times = Privacy(), Times()
    commands = {command.id: command for command in switch_commands(privacy, times)}
    assert commands["mask"].shortcut == "Ctrl+Shift+M"
    commands["mask"].run()
    assert privacy.is_masking
    commands["times.UTC"].run()
    assert times.zone is Zone.UTC
    assert not switch_commands(Privacy(is_locked=True), times)[0].enabled()
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.add_switches(Privacy(is_masking=True, is_locked=True), times)
    (switch,) = bar.findChildren(MaskSwitch)
    assert not switch.isEnabled()
    assert "organisation" in switch.toolTip()
