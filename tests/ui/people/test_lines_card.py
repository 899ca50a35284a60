"""Lines that come and go."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vibes_desktop.ui.people.lines_card import LinesCard
from vibes_desktop.ui.widgets.labels import plain_label


def test_what_is_shown_takes_the_place_of_what_was(qtbot: QtBot) -> None:
    card = LinesCard("Things")
    qtbot.addWidget(card)
    card.show()
    card.add_line(plain_label("left"), plain_label("right"))
    done: list[str] = []
    card.add_link("More", lambda: done.append("more")).click()
    assert done == ["more"]
    card.show_words("None.")
    qtbot.waitUntil(lambda: [each.text() for each in card.findChildren(QLabel)] == ["Things", "None."])
    card.clear()
    qtbot.waitUntil(lambda: [each.text() for each in card.findChildren(QLabel)] == ["Things"])
