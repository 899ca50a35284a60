from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vibes_desktop.model.profile import ProfileId, Safety
from vibes_desktop.ui.shell.profile_badge import ProfileBadge
from vibes_desktop.ui.shell.top_bar import ProfileActions, TopBar


def test_a_long_name_is_shortened_and_told_in_full(qtbot: QtBot) -> None:
    bar = TopBar(ProfileActions(lambda _id: None, *[lambda: None] * 3), lambda: None)
    qtbot.addWidget(bar)
    bar.resize(960, 44)
    bar.show()
    name = "A & B <i>company</i> with a very long name indeed"
    bar.set_profile(ProfileBadge(ProfileId("p"), name, "EU", 2, Safety.PRODUCTION, locked=True))
    assert bar.switcher.text() == "A && B <i>company</i> with a ver… · EU · API 2"
    assert name in bar.switcher.accessibleName()
    assert "&lt;i&gt;" in bar.switcher.toolTip()
    assert bar.rect().contains(bar.search.mapTo(bar, bar.search.rect().bottomRight()) + QPoint(0, 0))


def test_the_search_words_open_the_palette(qtbot: QtBot) -> None:
    opened: list[int] = []
    bar = TopBar(ProfileActions(lambda _id: None, *[lambda: None] * 3), lambda: opened.append(1))
    qtbot.addWidget(bar)
    bar.show()
    QTest.mouseClick(bar.search, Qt.MouseButton.LeftButton)
    QTest.keyClick(bar.search, Qt.Key.Key_Return)
    assert opened == [1, 1]
