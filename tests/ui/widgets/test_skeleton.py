from __future__ import annotations

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.theme import Color, active_theme
from vibes_desktop.ui.widgets.skeleton import Skeleton


def test_it_has_the_size_of_the_rows_to_come_and_stands_still(qtbot: QtBot) -> None:
    skeleton = Skeleton(3)
    qtbot.addWidget(skeleton)
    skeleton.resize(600, skeleton.sizeHint().height())
    skeleton.show()
    assert skeleton.height() == 3 * 38
    picture = skeleton.grab().toImage()
    assert picture.pixelColor(400, 19) == active_theme().color(Color.SUNKEN)
    assert picture == skeleton.grab().toImage()
    assert skeleton.accessibleName() == "Loading"
