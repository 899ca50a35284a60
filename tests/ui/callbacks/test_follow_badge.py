"""The words over a table that follows."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from vibes_desktop.ui.callbacks.follow_badge import FollowBadge
from vibes_desktop.ui.callbacks.table_view import PayloadTable
from vibes_desktop.ui.callbacks.viewer import Viewer


def test_it_is_there_while_the_table_follows(viewer: Viewer, qtbot: QtBot) -> None:
    table = PayloadTable(viewer)
    qtbot.addWidget(table)
    badge = FollowBadge(table)
    table.resize(600, 400)
    table.show()
    assert not badge.button.isVisible()
    table.set_following(True)
    assert badge.button.isVisible()
    table.resize(500, 300)
    assert table.rect().contains(badge.button.geometry())
    badge.button.click()
    assert not table.is_following
    assert not badge.button.isVisible()
